import type { OpenAPIObject } from '@nestjs/swagger';

/** The part of JSON Schema that our contracts come out as. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '019b0000-0000-7000-8000-000000000000',
  date: '2026-11-25',
  'date-time': '2026-12-01T00:00:00.000Z',
  email: 'someone@example.org',
  uri: 'https://example.org/page',
};

/** Resolves references into the description's own components. */
export function resolved(description: OpenAPIObject, schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name && (description.components?.schemas?.[name] as JsonSchema | undefined);
  return found ? resolved(description, found) : schema;
}

/** A plain value that fits a schema, with all of its fields. */
export function exampleOf(description: OpenAPIObject, given: JsonSchema): unknown {
  const schema = resolved(description, given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const alternative = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (alternative?.[0]) return exampleOf(description, alternative[0]);
  const type = typeof schema.type === 'object' ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [
          name,
          exampleOf(description, property),
        ]),
      );
    case 'array':
      return schema.items ? [exampleOf(description, schema.items)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'string':
      return FORMATS[schema.format ?? ''] ?? 'text'.padEnd(schema.minLength ?? 0, 'x');
    default:
      return null;
  }
}
