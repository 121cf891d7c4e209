import type { Step } from '@plumbline/workflow-engine';
import { addStep } from './add-step.ts';
import { type Command, type Design, refused, stepOf, withStep } from './design.ts';
import type { StarterWords } from './verbs.ts';

/** Starting points that an empty workflow offers. */
export const PATTERNS = ['ask-decide', 'two-deciders', 'side-by-side'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** Whether there is so little in the design that patterns help. */
export const isEmpty = ({ definition: { steps } }: Design): boolean =>
  steps.filter(({ type }) => type !== 'end').length === 0;

/** Puts the steps of a pattern before the ending of an empty workflow. */
export function usePattern(pattern: Pattern, name: string, words: StarterWords): Command {
  return (design) => {
    const end = design.definition.steps.find(({ type }) => type === 'end');
    if (!end || !isEmpty(design)) return refused(design, 'nothing');
    let made = design;
    const add = (verb: 'form' | 'approval' | 'parallel'): string => {
      const edit = addStep(verb, { before: end.id }, words)(made);
      made = edit.design;
      return edit.select ?? '';
    };
    const first = add('form');
    if (pattern === 'side-by-side') add('parallel');
    const decision = add('approval');
    made = sentBackTo(made, decision, first);
    if (pattern === 'two-deciders') {
      const step = stepOf(made, decision);
      if (step?.type === 'approval') {
        const seats = [
          { role: step.role, count: 1 },
          { role: 'client.top_management', count: 1 },
        ];
        const both: Step = { ...step, quorum: { seats, needs: 'all' } };
        made = withStep(made, both);
      }
    }
    return { design: made, said: { key: 'patternUsed', values: { name } }, select: first };
  };
}

function sentBackTo(design: Design, decision: string, first: string): Design {
  const step = stepOf(design, decision);
  if (step?.type !== 'approval') return design;
  const outcomes = step.outcomes.map((outcome) =>
    outcome.effect === 'ask-for-changes' ? { ...outcome, to: first } : outcome,
  );
  return withStep(design, { ...step, outcomes });
}
