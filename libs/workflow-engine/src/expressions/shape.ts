/**
 * Shapes of data, written once and used twice: to check untrusted values and to write JSON Schema.
 * A shape carries the type that it describes, so that the compiler refuses one that has fallen
 * behind the type.
 */
export interface Shape<T> extends Checker {
  /** Never set: makes a shape fit its type exactly. */
  readonly describes?: (value: T) => T;
}

/** A shape without its type. */
export interface Checker {
  readonly check: (value: unknown, spot: Spot) => void;
  readonly json: (defs: Defs) => JsonSchema;
}

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Named parts of a schema that is being written. */
export type Defs = Map<string, JsonSchema | null>;

/** Where a value stands and who wants to know what is wrong with it. */
export interface Spot {
  readonly path: readonly (string | number)[];
  readonly report: (path: readonly (string | number)[], message: string) => void;
}

const inside = (spot: Spot, key: string | number): Spot => ({ ...spot, path: [...spot.path, key] });
const say = (spot: Spot, message: string): void => spot.report(spot.path, message);

/** Names that objects have by nature: nothing of a definition may be called so. */
export const inheritedNames: readonly string[] = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'toLocaleString', 'valueOf'],
  ...['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
  ...['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'],
];
const inherited: ReadonlySet<string> = new Set(inheritedNames);

/** Length as JSON Schema counts it: in characters, not in halves of surrogate pairs. */
function isLonger(value: string, most: number): boolean {
  if (value.length <= most) return false;
  return value.length > most * 2 || Array.from(value).length > most;
}

/** Text of at most so many characters. */
export function text(most: number): Shape<string> {
  return {
    check: (value, spot) => {
      if (typeof value !== 'string') say(spot, 'This must be text.');
      else if (isLonger(value, most)) say(spot, `This may be ${most} characters long. Shorten it.`);
    },
    json: () => ({ type: 'string', maxLength: most }),
  };
}

/** The name of something: short text that no object has by nature. */
export function name(most = 80): Shape<string> {
  const short = text(most);
  return {
    check: (value, spot) => {
      if (typeof value === 'string' && inherited.has(value)) {
        say(spot, `Nothing can be called “${value}”. Choose another name.`);
      } else short.check(value, spot);
    },
    json: (defs) => {
      defs.set('inheritedName', { enum: inheritedNames });
      return { ...short.json(defs), not: { $ref: '#/$defs/inheritedName' } };
    },
  };
}

/** A finite number within bounds. */
export function number(least: number, most: number, whole = false): Shape<number> {
  return {
    check: (value, spot) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) say(spot, 'This must be a number.');
      else if (whole && !Number.isInteger(value)) say(spot, 'This must be a whole number.');
      else if (value < least || value > most) {
        say(spot, `This must be between ${least} and ${most}.`);
      }
    },
    json: () => ({ type: whole ? 'integer' : 'number', minimum: least, maximum: most }),
  };
}

/** Yes or no. */
export const yesNo: Shape<boolean> = {
  check: (value, spot) => {
    if (typeof value !== 'boolean') say(spot, 'This must be true or false.');
  },
  json: () => ({ type: 'boolean' }),
};

/** One of these words. */
export function oneOf<const Words extends readonly string[]>(
  ...words: Words
): Shape<Words[number]> {
  return {
    check: (value, spot) => {
      if (typeof value !== 'string' || !words.includes(value)) {
        say(spot, `This must be one of ${words.join(', ')}.${guess(value, words)}`);
      }
    },
    json: () => ({ enum: words }),
  };
}

/** Any of several plain shapes that a kind of value tells apart: text, number, yes or no, a list. */
export function either<T>(wanted: string, ...shapes: readonly Checker[]): Shape<T> {
  return {
    check: (value, spot) => {
      const fits = shapes.some((shape) => {
        let wrong = false;
        shape.check(value, { ...spot, report: () => (wrong = true) });
        return !wrong;
      });
      if (!fits) say(spot, `This must be ${wanted}.`);
    },
    json: (defs) => ({ anyOf: shapes.map((shape) => shape.json(defs)) }),
  };
}

/** A list; `by` names the field by which people find an item in a path. */
export function list<T>(
  item: Shape<T>,
  { most, least = 0, by }: { readonly most: number; readonly least?: number; readonly by?: string },
): Shape<readonly T[]> {
  return {
    check: (value, spot) => {
      if (!Array.isArray(value)) {
        say(spot, 'This must be a list.');
        return;
      }
      // What is too long is not looked at any further, so that nothing takes long.
      if (value.length > most) {
        say(spot, `This may have ${most} items and has ${value.length}. Split the workflow.`);
        return;
      }
      if (value.length < least) say(spot, `This needs ${least} or more.`);
      value.forEach((one: unknown, at) => item.check(one, inside(spot, keyOf(one, by) ?? at)));
    },
    json: (defs) => ({
      ...{ type: 'array', items: item.json(defs), maxItems: most },
      ...(least > 0 && { minItems: least }),
    }),
  };
}

function keyOf(item: unknown, by: string | undefined): string | undefined {
  if (by === undefined || !isObject(item) || !Object.hasOwn(item, by)) return undefined;
  const key = item[by];
  return typeof key === 'string' && key !== '' && key.length <= 80 ? key : undefined;
}

/** An object whose keys are names chosen by the author. */
export function record<T>(of: Shape<T>, most: number): Shape<Readonly<Record<string, T>>> {
  const key = name();
  return {
    check: (value, spot) => {
      if (!isObject(value)) {
        say(spot, 'This must be an object.');
        return;
      }
      const entries = Object.entries(value);
      if (entries.length > most) {
        say(spot, `This may have ${most} entries.`);
        return;
      }
      for (const [one, inner] of entries) {
        key.check(one, inside(spot, one));
        of.check(inner, inside(spot, one));
      }
    },
    json: (defs) => ({
      ...{ type: 'object', propertyNames: key.json(defs), maxProperties: most },
      additionalProperties: of.json(defs),
    }),
  };
}

/** A field that may be left out. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}

/** Marks a field that may be left out. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { optional: shape };
}

/** The shapes of all fields of an object, none left out and none too many. */
export type Fields<T> = {
  readonly [Key in keyof T]-?: Partial<Pick<T, Key>> extends Pick<T, Key>
    ? Optional<Exclude<T[Key], undefined>>
    : Shape<T[Key]>;
};

/** An object with these fields and no others. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const all: readonly (readonly [string, { readonly optional: Checker } | Checker])[] =
    Object.entries(fields);
  const shapes = new Map(
    all.map(([key, field]) => [key, 'optional' in field ? field.optional : field]),
  );
  const required = all.filter(([, field]) => !('optional' in field)).map(([key]) => key);
  return {
    check: (value, spot) => {
      if (!isObject(value)) {
        say(spot, 'This must be an object.');
        return;
      }
      for (const key of required) {
        if (!Object.hasOwn(value, key)) say(inside(spot, key), `“${key}” is missing. Add it.`);
      }
      for (const [key, inner] of Object.entries(value)) {
        const shape = shapes.get(key);
        if (shape) shape.check(inner, inside(spot, key));
        else {
          const words = `There is no “${key.slice(0, 80)}” here. Remove it.`;
          say(inside(spot, key.slice(0, 80)), words + guess(key, [...shapes.keys()]));
        }
      }
    },
    json: (defs) => ({
      type: 'object',
      properties: Object.fromEntries([...shapes].map(([key, shape]) => [key, shape.json(defs)])),
      ...{ required, additionalProperties: false },
    }),
  };
}

type Kind<T> = T extends { readonly type: infer Type extends string } ? Type : never;
type OfKind<T, Wanted> = T extends { readonly type: infer Type }
  ? Wanted extends Type
    ? T
    : never
  : never;

/** Objects told apart by their `type` (or by the field `tag`). */
export function byType<T extends { readonly type: string }>(variants: {
  readonly [Type in Kind<T>]: Shape<OfKind<T, Type>>;
}): Shape<T> {
  return byTag('type', variants);
}

/** Objects told apart by the words in one of their fields. */
export function byTag<T>(tag: string, variants: Readonly<Record<string, Checker>>): Shape<T> {
  const shapes = new Map(Object.entries(variants));
  return {
    check: (value, spot) => {
      if (!isObject(value)) {
        say(spot, 'This must be an object.');
        return;
      }
      const word = Object.hasOwn(value, tag) ? value[tag] : undefined;
      const shape = typeof word === 'string' ? shapes.get(word) : undefined;
      if (shape) shape.check(value, spot);
      else {
        const words = [...shapes.keys()];
        say(inside(spot, tag), `“${tag}” must be one of ${words.join(', ')}.${guess(word, words)}`);
      }
    },
    json: (defs) => ({ oneOf: [...new Set(shapes.values())].map((shape) => shape.json(defs)) }),
  };
}

/** Objects told apart by which of these fields they have. */
export function byField<T>(variants: Readonly<Record<string, Checker>>): Shape<T> {
  const shapes = Object.entries(variants);
  return {
    check: (value, spot) => {
      if (!isObject(value)) {
        say(spot, 'This must be an object.');
        return;
      }
      const found = shapes.find(([key]) => Object.hasOwn(value, key));
      if (found) found[1].check(value, spot);
      else say(spot, `This needs one of ${shapes.map(([key]) => key).join(', ')}.`);
    },
    json: (defs) => ({ oneOf: [...new Set(shapes.map(([, shape]) => shape.json(defs)))] }),
  };
}

/** A part with a name of its own in the schema; it may contain itself. */
export function named<T>(title: string, shape: () => Shape<T>): Shape<T> {
  let built: Shape<T> | undefined;
  const get = (): Shape<T> => (built ??= shape());
  return {
    check: (value, spot) => get().check(value, spot),
    json: (defs) => {
      if (!defs.has(title)) {
        defs.set(title, null);
        defs.set(title, get().json(defs));
      }
      return { $ref: `#/$defs/${title}` };
    },
  };
}

/** Whether a value is an object with keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** “ Did you mean …?” when what is written is one slip away from a word that is known. */
function guess(written: unknown, words: readonly string[]): string {
  if (typeof written !== 'string' || written.length > 40) return '';
  const near = words.find((word) => isNear(written.toLowerCase(), word.toLowerCase()));
  return near === undefined ? '' : ` Did you mean “${near}”?`;
}

/** Whether two words differ by one letter added, left out, changed or swapped with the next. */
function isNear(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1 || left.length < 3) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [rest, other] = [left.slice(start), right.slice(start)];
  return (
    rest.slice(1) === other.slice(1) ||
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  );
}
