import { problemSchema, type ProblemDetails } from '@plumbline/contracts';
import type { ZodType } from 'zod';

/** The body of an answer, which must be what the contract says. */
export const answerOf = <T>(schema: ZodType<T>, { body }: { body: unknown }): T =>
  schema.parse(body);

/** The body of a refusal. */
export const problemOf = (answer: { body: unknown }): ProblemDetails =>
  answerOf(problemSchema, answer);
