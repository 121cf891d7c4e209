/** What the inspector can edit: a property of an object, by the kind of its control. */
export type Property = Leaf | ListProperty | RecordProperty | VariantProperty;

interface Common {
  readonly key: string;
  /** Key of its label `prop.<label>`; the property's key when left out. */
  readonly label?: string;
  /** May be left out of the document. */
  readonly optional?: boolean;
}

/** One value. */
export interface Leaf extends Common {
  readonly kind:
    | 'text'
    | 'longtext'
    | 'number'
    | 'yes'
    | 'cel'
    | 'condition'
    | 'role'
    | 'roles'
    | 'fact'
    | 'facts'
    | 'step'
    | 'steps'
    | 'stage'
    | 'workflow'
    | 'texts'
    | 'due'
    | 'choice';
  /** For `choice`: the values, said as `choice.<value>`. */
  readonly options?: readonly string[];
  /** For `fact` and `facts`: only facts of these kinds. */
  readonly of?: readonly string[];
}

/** A list of objects. */
export interface ListProperty extends Common {
  readonly kind: 'list';
  readonly item: readonly Property[];
  readonly make: (taken: readonly Readonly<Record<string, unknown>>[], here: string) => object;
  /** The property that names an item in the places of problems, instead of its number. */
  readonly by?: string;
}

/** An object, there or not. */
export interface RecordProperty extends Common {
  readonly kind: 'record';
  readonly of: readonly Property[];
  readonly make: () => object;
}

/** An object that has one of several shapes. */
export interface VariantProperty extends Common {
  readonly kind: 'variant';
  readonly variants: readonly Variant[];
}

export interface Variant {
  /** Said as `choice.<name>`. */
  readonly name: string;
  readonly is: (value: Readonly<Record<string, unknown>>) => boolean;
  /** The object in this shape, keeping what it can. */
  readonly make: (value: Readonly<Record<string, unknown>>) => object;
  readonly of: readonly Property[];
}

/** The properties of an object, whatever it is, to look at by key. */
export const bag = (value: object): Readonly<Record<string, unknown>> => ({ ...value });

/** Whether it is an object with properties. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
