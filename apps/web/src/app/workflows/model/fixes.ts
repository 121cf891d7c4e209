import type { DefinitionProblem, FactDeclaration, Step } from '@plumbline/workflow-engine';
import { addStep } from './add-step.ts';
import { type Command, type Design, stepOf, withStep } from './design.ts';
import { setFact } from './facts.ts';
import { moveToStage } from './reshape.ts';
import type { StarterWords } from './verbs.ts';
import { leadsTo, withTargets } from './ways.ts';

/** A change that mends a problem without asking what was meant; said as `fix.<key>`. */
export interface Fix {
  readonly key: 'addEnd' | 'dropWays' | 'stage' | 'declare' | 'dropSendBack';
  readonly values: Readonly<Record<string, string>>;
  readonly command: Command;
}

/**
 * The fix of a problem at a step (or at none) for which the check brings none of its own, but the
 * designer knows one: how steps are added here, and which facts there are outside.
 */
export function fixOf(
  design: Design,
  { code, message }: DefinitionProblem,
  id: string | null,
  words: StarterWords,
  outside: readonly FactDeclaration[],
): Fix | null {
  const step = id === null ? undefined : stepOf(design, id);
  switch (code) {
    case 'no-end': {
      const last = design.definition.steps.findLast((one) => 'next' in one);
      if (step || !last) return null;
      const command = addStep('end', { after: last.id }, words);
      return { key: 'addEnd', command, values: { step: last.name } };
    }
    case 'undeclared-fact': {
      const known = outside.find(({ name }) => message.includes(`“${name}”`));
      if (!known) return null;
      return { key: 'declare', command: setFact(null, known), values: { fact: known.name } };
    }
    case 'unknown-step':
      return step
        ? { key: 'dropWays', command: changed(step, knownWays(design)), values: {} }
        : null;
    case 'unknown-stage': {
      const [stage] = design.definition.stages;
      if (!stage || !step) return null;
      const command = moveToStage([step.id], stage.key);
      return { key: 'stage', command, values: { stage: stage.name } };
    }
    case 'bad-send-back':
      if (!step) return null;
      return { key: 'dropSendBack', command: changed(step, earlierOnly(design)), values: {} };
    default:
      return null;
  }
}

const changed =
  (step: Step, change: (step: Step) => Step): Command =>
  (design) => ({
    design: withStep(design, change(step)),
    said: { key: 'changed', values: { name: step.name } },
    select: step.id,
  });

const knownWays =
  (design: Design) =>
  (step: Step): Step =>
    withTargets(step, ({ to }) => (stepOf(design, to) ? to : null));

const earlierOnly =
  (design: Design) =>
  (step: Step): Step =>
    withTargets(step, ({ kind, to }) =>
      kind === 'send-back' && !leadsTo(design, to, step.id) ? null : to,
    );
