/** What is wrong with an expression: its text, its size, a name, a type, what it asks for, or rows that clash. */
export type ExpressionProblemCode =
  'syntax' | 'limit' | 'unknown-fact' | 'unknown-option' | 'type' | 'not-allowed' | 'conflict';

/** A problem of an expression, in plain words for the person who wrote it. */
export interface ExpressionProblem {
  readonly code: ExpressionProblemCode;
  readonly message: string;
}

/** An expression that cannot be compiled or evaluated. Unknown facts are never a failure. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  readonly code: ExpressionProblemCode;

  constructor(code: ExpressionProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
