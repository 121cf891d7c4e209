import { computed, signal, type Signal, type WritableSignal } from '@angular/core';
import { form, type FieldTree } from '@angular/forms/signals';
import type { FormProblem } from '@plumbline/ui';
import type { ZodType } from 'zod';
import { ApiProblem } from '../http/problem.ts';
import { problemText } from '../problem-text.ts';

/** A form that one contract checks: here before it is sent, and by the API when it arrives. */
export interface ContractForm<M> {
  /** For `[formField]`. */
  readonly fields: FieldTree<M>;
  /** What to put right, for the error summary; filled by an attempt to send. */
  readonly problems: Signal<readonly FormProblem[]>;
  readonly busy: Signal<boolean>;
  /** The message at a field, by its path in the contract (`firstMember.email`), which is also its id. */
  errorOf(path: string): string | null;
  /** Checks and sends; bind it to the form's `submit`. */
  submit(event?: Event): Promise<void>;
}

/**
 * Makes the form of `model`. `toInput` turns what the controls hold into what the contract takes;
 * `send` gets the checked input. A refusal is shown like a mistake: beside its field or on top.
 */
export function contractForm<M, T>(
  model: WritableSignal<M>,
  {
    schema,
    toInput = (value) => value,
    send,
  }: {
    readonly schema: ZodType<T>;
    readonly toInput?: (value: M) => unknown;
    readonly send: (input: T) => Promise<unknown>;
  },
): ContractForm<M> {
  const describe = problemText();
  const problems = signal<readonly FormProblem[]>([]);
  const busy = signal(false);
  const messages = computed(() => new Map(problems().map((it) => [it.field, it.message])));

  return {
    fields: form(model),
    problems,
    busy: busy.asReadonly(),
    errorOf: (path) => messages().get(path) ?? null,
    submit: async (event) => {
      event?.preventDefault();
      if (busy()) return;
      const parsed = schema.safeParse(toInput(model()));
      if (!parsed.success) {
        problems.set(
          parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
        );
        return;
      }
      busy.set(true);
      try {
        await send(parsed.data);
        problems.set([]);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        const { details } = error;
        problems.set(details.problems ?? [{ field: '', message: describe(details) }]);
      } finally {
        busy.set(false);
      }
    },
  };
}
