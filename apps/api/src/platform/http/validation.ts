import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Invalid, NotFound, type FieldProblem } from '../problems.ts';
import { refuseUnreadable } from './readable-input.ts';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

const fieldOf = ({ path = [] }: Issue): string =>
  path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** Schema issues as problems by field, in the order of the input. */
export const problemsOf = (issues: readonly Issue[]): FieldProblem[] =>
  issues.map((issue) => ({ field: fieldOf(issue), message: issue.message }));

/** Checks every parameter that carries a schema. A malformed id is answered like an unknown one. */
export class ContractPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new Invalid(
          'Some of what you sent cannot be used. See the problems by field.',
          problemsOf(issues),
        ),
    });
  }

  override async transform<T>(
    value: T,
    metadata: Parameters<StandardSchemaValidationPipe['transform']>[1],
  ): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof Invalid && metadata.type === 'param') throw new NotFound();
      throw error;
    }
  }
}

/** Parses `value` by a schema outside of HTTP parameters (multipart fields, queue payloads). */
export function validateBody<T>(
  schema: {
    safeParse: (
      value: unknown,
    ) => { success: true; data: T } | { success: false; error: { issues: Issue[] } };
  },
  value: unknown,
): T {
  refuseUnreadable(value);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Invalid(
    'Some of what you sent cannot be used. See the problems by field.',
    problemsOf(parsed.error.issues),
  );
}
