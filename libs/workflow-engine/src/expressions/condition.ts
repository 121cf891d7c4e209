/** A fact's type, as checked when a definition is published. */
export type FactType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number' }
  | { readonly kind: 'text' }
  | { readonly kind: 'date' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'choices'; readonly options: readonly string[] }
  | { readonly kind: 'person' }
  | { readonly kind: 'people' }
  | { readonly kind: 'evidence' }
  | { readonly kind: 'list'; readonly of: Readonly<Record<string, FactType>> };

/** One declared fact: its name, type and where its value comes from. */
export interface FactDeclaration {
  readonly name: string;
  readonly type: FactType;
  /**
   * `subject` and `organisation` are read fresh at every command and cannot be set by a step.
   * `form`, `table` and `calculated` are set by a step of this definition. `run` is handed in when
   * the run starts, or set by a sub-workflow, an outcome or a performer; a `run` fact of the name
   * `today` is the date in the organisation's time zone.
   */
  readonly source: 'subject' | 'organisation' | 'form' | 'table' | 'calculated' | 'run';
  readonly description?: string;
}

/** What a fact can hold; `null` and absent both mean "not known". */
export type FactValue =
  | null
  | boolean
  | number
  | string
  | readonly string[]
  | readonly Readonly<Record<string, FactValue>>[];

export type Facts = Readonly<Record<string, FactValue>>;

/** A condition as people edit it: a tree over declared facts, compiled to CEL. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | {
      readonly fact: string;
      readonly is:
        | 'equal'
        | 'not-equal'
        | 'in'
        | 'not-in'
        | 'includes'
        | 'at-least'
        | 'at-most'
        | 'above'
        | 'below'
        | 'known'
        | 'unknown'
        | 'empty'
        | 'not-empty';
      readonly value?: string | number | boolean | readonly (string | number)[];
    }
  /** The advanced form: CEL text, type-checked against the same dictionary. */
  | { readonly cel: string };

/** A value calculated from facts: CEL text, type-checked against the declared fact it sets. */
export interface Expression {
  readonly cel: string;
}
