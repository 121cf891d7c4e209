/** A value that has no canonical JSON: undefined, a non-finite number, a lone surrogate, a class … */
export class NotCanonical extends Error {}

/**
 * The one JSON text of a value (RFC 8785): members sorted by UTF-16 code units, no white space,
 * ECMAScript numbers. Refuses, with NotCanonical and the path, whatever JSON cannot hold exactly.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', new Set());
}

function write(value: unknown, path: string, open: Set<object>): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new NotCanonical(`${path} is not a finite number`);
      return JSON.stringify(value);
    case 'string':
      if (/\p{Surrogate}/u.test(value))
        throw new NotCanonical(`${path} is not well-formed Unicode`);
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : writeContainer(value, path, open);
    default:
      throw new NotCanonical(`${path} is ${typeof value}`);
  }
}

function writeContainer(value: object, path: string, open: Set<object>): string {
  if (open.has(value)) throw new NotCanonical(`${path} contains itself`);
  open.add(value);
  const written = Array.isArray(value)
    ? writeArray(value, path, open)
    : writeObject(value, path, open);
  open.delete(value);
  return written;
}

function writeArray(value: readonly unknown[], path: string, open: Set<object>): string {
  // Array.from, because `map` would skip holes and hide them.
  return `[${Array.from(value, (item, at) => write(item, `${path}[${at}]`, open)).join(',')}]`;
}

function writeObject(value: object, path: string, open: Set<object>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new NotCanonical(`${path} is not a plain object`);
  }
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members
    .map(([key, member]) => {
      const at = `${path}.${key}`;
      return `${write(key, at, open)}:${write(member, at, open)}`;
    })
    .join(',')}}`;
}
