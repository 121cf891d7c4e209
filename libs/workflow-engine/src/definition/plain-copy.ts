/** How big and how deep a document may be. A definition of 300 rich steps stays far below. */
const maxDepth = 70;
const maxValues = 200_000;
const maxCharacters = 5_000_000;

/** What a document cannot be, in words; the copy stops at the first. */
export class NotPlain extends Error {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

/**
 * A copy of plain data: null, yes or no, finite numbers, texts, lists and objects of these. Fields
 * that are `undefined` are left out. The copy shares nothing with the value and its objects have no
 * prototype, so that no name in it can reach code. Throws {@link NotPlain} for anything else, for
 * what goes round in a circle and for what is too big or too deep.
 */
export function plainCopy(value: unknown): unknown {
  let values = 0;
  let characters = 0;
  const path: (string | number)[] = [];
  const fail = (message: string): never => {
    throw new NotPlain([...path], message);
  };
  const count = (text: string): void => {
    characters += text.length;
    if (characters > maxCharacters) fail('The document is too long. Split the workflow.');
  };
  const inside = (key: string | number, inner: unknown): unknown => {
    path.push(key);
    const copied = copy(inner);
    path.pop();
    return copied;
  };
  const copyObject = (from: object): unknown => {
    if (!isPlain(from)) fail('This is not plain data.');
    const into = Object.create(null) as Record<string, unknown>;
    for (const key of Object.keys(from)) {
      count(key);
      const field = Object.getOwnPropertyDescriptor(from, key);
      if (!field || !('value' in field)) return inside(key, () => undefined);
      if (field.value !== undefined) into[key] = inside(key, field.value);
    }
    return into;
  };
  const copy = (from: unknown): unknown => {
    values += 1;
    if (values > maxValues) fail('The document has too many parts. Split the workflow.');
    if (path.length > maxDepth) fail('This is nested too deep. Make it flatter.');
    switch (typeof from) {
      case 'string':
        count(from);
        return from;
      case 'boolean':
        return from;
      case 'number':
        return Number.isFinite(from) ? from : fail('This number is not finite.');
      case 'object':
        if (from === null) return null;
        if (!Array.isArray(from)) return copyObject(from);
        if (from.length > maxValues) fail('This list is too long. Split the workflow.');
        return Array.from(from, (item: unknown, at) => inside(at, item));
      default:
        return fail('This is not plain data.');
    }
  };
  return copy(value);
}

/** Whether an object was written with braces, here or in another realm such as a worker's. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return prototype === null;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf');
}
