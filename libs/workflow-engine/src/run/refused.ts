import type { Refusal } from './run.ts';

/** A refusal on its way out of a move: `move` catches it and returns it as a value. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Omit<Refusal, 'refused'>) {
    super(refusal.message);
    this.refusal = { refused: true, ...refusal };
  }
}

/** Stops the move with a refusal. */
export function refuse(
  code: Refusal['code'],
  message: string,
  detail: Pick<Refusal, 'rule' | 'problems' | 'unmet'> = {},
): never {
  throw new Refused({ code, message, ...detail });
}
