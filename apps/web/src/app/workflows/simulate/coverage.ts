import type { StepId } from '@plumbline/workflow-engine';
import type { CasesResult } from './results.ts';

/** How much of a workflow the cases cover, counted apart: steps that are reached, and ways that are taken. */
export interface Covered {
  readonly steps: { readonly covered: number; readonly total: number };
  /** Ways on, outcomes, branches, boundaries, rows and what is skipped. */
  readonly branches: { readonly covered: number; readonly total: number };
  /** What no case does, in words. */
  readonly uncovered: readonly { readonly step: StepId; readonly text: string }[];
  /** By step: whether it is reached, and how many of its branches are missing. */
  readonly byStep: ReadonlyMap<StepId, { readonly reached: boolean; readonly missing: number }>;
}

/** Counts what the cases covered. */
export function coveredBy({ coverage }: Pick<CasesResult, 'coverage'>): Covered {
  const count = (of: typeof coverage): Covered['steps'] => ({
    covered: of.filter(({ by }) => by.length > 0).length,
    total: of.length,
  });
  const byStep = new Map<StepId, { reached: boolean; missing: number }>();
  for (const { step, kind, by } of coverage) {
    const now = byStep.get(step) ?? { reached: false, missing: 0 };
    if (kind === 'step') byStep.set(step, { ...now, reached: by.length > 0 });
    else if (by.length === 0) byStep.set(step, { ...now, missing: now.missing + 1 });
    else byStep.set(step, now);
  }
  return {
    steps: count(coverage.filter(({ kind }) => kind === 'step')),
    branches: count(coverage.filter(({ kind }) => kind !== 'step')),
    uncovered: coverage
      .filter(({ by }) => by.length === 0)
      .map(({ step, text }) => ({ step, text })),
    byStep,
  };
}
