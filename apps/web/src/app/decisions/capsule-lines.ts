/** One leaf of a capsule: where it stands and what it says. */
export interface CapsuleLine {
  readonly path: string;
  readonly text: string;
}

/** A capsule as lines to read, in its own order: nothing is left out, for the hash covers all of it. */
export function capsuleLines(value: unknown, path = ''): readonly CapsuleLine[] {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      return [{ path, text: value.map(textOf).join(', ') }];
    }
    return value.flatMap((item, at) => capsuleLines(item, `${path} ${at + 1}`.trim()));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      capsuleLines(item, path ? `${path} · ${key}` : key),
    );
  }
  return [{ path, text: textOf(value) }];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '–' : JSON.stringify(value);
}
