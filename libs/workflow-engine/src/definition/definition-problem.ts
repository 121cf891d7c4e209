/** What is wrong with a definition, and where. A definition with an error cannot be published. */
export interface DefinitionProblem {
  /** Stable, for tests and for the designer's help: `unknown-step`, `unreachable-step` … */
  readonly code: DefinitionProblemCode;
  readonly severity: 'error' | 'warning';
  /** A path such as `steps.triage.next.0.when`, the steps by id. */
  readonly place: string;
  /** Plain words for the author: what is wrong and what to do. */
  readonly message: string;
  /** Steps that lead to the problem, when it is one of the flow. */
  readonly trace?: readonly string[];
  /** A change that mends it, where one can be made without asking what was meant. */
  readonly fix?: DefinitionFix;
}

/** A change that mends a problem: what it does in words, and as JSON Patch (RFC 6902) to carry out. */
export interface DefinitionFix {
  readonly words: string;
  readonly changes: readonly DefinitionChange[];
}

/** One operation of a JSON Patch; `path` is a JSON Pointer. A `test` that fails stops the fix. */
export type DefinitionChange =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export type DefinitionProblemCode =
  // The document
  | 'bad-shape'
  // The graph
  | 'bad-name'
  | 'duplicate-name'
  | 'unknown-step'
  | 'unknown-stage'
  | 'unreachable-step'
  | 'no-way-on'
  | 'no-default'
  | 'never-chosen'
  | 'no-outcome'
  | 'cannot-skip'
  | 'no-end'
  | 'block-structure'
  | 'bad-send-back'
  | 'automatic-loop'
  | 'unknown-workflow'
  | 'recursive-workflow'
  // Rules and facts
  | 'expression'
  | 'undeclared-fact'
  | 'bad-type'
  | 'wrong-source'
  | 'read-before-written'
  | 'bad-form'
  | 'bad-table'
  | 'bad-separation'
  | 'bad-quorum'
  | 'bad-escalation'
  | 'bad-number'
  | 'bad-each'
  | 'bad-undo'
  | 'bad-signal'
  | 'bad-deadline'
  // People
  | 'nobody-holds-role'
  | 'too-few-people'
  | 'cannot-keep-apart'
  | 'incomplete-table'
  | 'may-be-unknown'
  // Soundness
  | 'cannot-complete'
  | 'left-behind'
  | 'two-at-once'
  | 'too-large';
