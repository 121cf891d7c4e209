import { signal, type Signal } from '@angular/core';
import { ApiProblem, problemText } from '../platform/index.ts';

/** Commands of one part of a page: one at a time, with what went wrong in words. */
export interface Attempts {
  readonly busy: Signal<boolean>;
  /** Why the last one failed, for an alert; null when all is well. */
  readonly trouble: Signal<string | null>;
  /** Says why something cannot even be sent. */
  refuse(text: string): void;
  /** Forgets what went wrong. */
  clear(): void;
  /** Carries a command out unless another is under way; true when it went through. */
  run(command: () => Promise<unknown>): Promise<boolean>;
}

/** Makes {@link Attempts}; call it where things may be injected. */
export function attempts(): Attempts {
  const describe = problemText();
  const busy = signal(false);
  const trouble = signal<string | null>(null);
  return {
    busy: busy.asReadonly(),
    trouble: trouble.asReadonly(),
    refuse: (text) => trouble.set(text),
    clear: () => trouble.set(null),
    run: async (command) => {
      if (busy()) return false;
      busy.set(true);
      trouble.set(null);
      try {
        await command();
        return true;
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        trouble.set(error.details.problems?.[0]?.message ?? describe(error.details));
        return false;
      } finally {
        busy.set(false);
      }
    },
  };
}
