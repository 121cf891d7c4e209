import type { OpenAPIObject } from '@nestjs/swagger';

/** One operation of the API, as its description tells it. */
export interface Operation {
  /** `GET /api/organisations/{organisation}/runs/{id}`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly inOrganisation: boolean;
  /** Names of the path's parameters apart from the organisation. */
  readonly ids: readonly string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation of the description, in its order. */
export function operationsOf(description: OpenAPIObject): Operation[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      key: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      inOrganisation: path.includes('{organisation}'),
      ids: [...path.matchAll(/\{(\w+)\}/g)]
        .map(([, name]) => name!)
        .filter((name) => name !== 'organisation'),
    })),
  );
}

/** The noun before the first id of an address: `runs` of `…/runs/{id}/cancel`. */
export function nounOf({ path }: Operation): string | null {
  return /\/([\w-]+)\/\{(?!organisation)\w+\}/.exec(path)?.[1] ?? null;
}
