import { outsideFacts } from '@plumbline/frameworks';
import {
  type DecisionTable,
  type DefinitionProblem,
  factsIn,
  type Step,
} from '@plumbline/workflow-engine';
import { addStep } from './add-step.ts';
import { connect } from './connect.ts';
import { type Command, type Design, nameOf, stepOf, withStep } from './design.ts';
import { setFact } from './facts.ts';
import { removeSteps } from './remove-step.ts';
import { moveToStage, setProperty } from './reshape.ts';
import type { StarterWords } from './verbs.ts';
import { leadsTo, withTargets } from './ways.ts';

/** A change that mends a problem without asking what was meant; said as `fix.<key>`. */
export interface Fix {
  readonly key:
    | 'addEnd'
    | 'leadToEnd'
    | 'dropWays'
    | 'dropStep'
    | 'dropDeadWays'
    | 'stage'
    | 'declare'
    | 'dropSendBack'
    | 'inputs'
    | 'keep';
  readonly values: Readonly<Record<string, string>>;
  readonly command: Command;
}

/** The fix of a problem at a step (or at none), when there is one that is safe to make. */
export function fixOf(
  design: Design,
  { code, message }: DefinitionProblem,
  id: string | null,
  words: StarterWords,
): Fix | null {
  const step = id === null ? undefined : stepOf(design, id);
  const fix = (key: Fix['key'], command: Command, values: Fix['values'] = {}): Fix => ({
    ...{ key, command, values: { step: step?.name ?? '', ...values } },
  });
  const ends = design.definition.steps.filter(({ type }) => type === 'end');
  const [end] = ends;
  if (code === 'no-end' && !step) {
    const last = design.definition.steps.findLast((one) => 'next' in one);
    return last
      ? fix('addEnd', addStep('end', { after: last.id }, words), { step: last.name })
      : null;
  }
  if (code === 'undeclared-fact') {
    const known = outsideFacts.find(({ name }) => message.includes(`“${name}”`));
    return known ? fix('declare', setFact(null, known), { fact: known.name }) : null;
  }
  if (!step) return null;
  switch (code) {
    case 'no-way-on':
      if (end && ends.length === 1) {
        return fix('leadToEnd', connect(step.id, end.id, words, 'next'), {
          end: nameOf(design, end.id),
        });
      }
      return fix('addEnd', addStep('end', { after: step.id }, words));
    case 'unknown-step':
      return fix('dropWays', changed(step, knownWays(design)));
    case 'never-chosen':
      return 'next' in step ? fix('dropDeadWays', changed(step, livingWays)) : null;
    case 'unreachable-step':
      return fix('dropStep', removeSteps([step.id]));
    case 'unknown-stage': {
      const [stage] = design.definition.stages;
      return stage ? fix('stage', moveToStage([step.id], stage.key), { stage: stage.name }) : null;
    }
    case 'bad-send-back':
      return fix('dropSendBack', changed(step, earlierOnly(design)));
    case 'cannot-skip':
      return fix('keep', setProperty(step.id, 'when', undefined));
    case 'bad-table':
      return inputsFix(step, fix);
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

/** Without the ways after the one that is always taken. */
function livingWays(step: Step): Step {
  if (!('next' in step)) return step;
  const at = step.next.findIndex(({ when }) => !when);
  return at < 0 ? step : { ...step, next: step.next.slice(0, at + 1) };
}

const earlierOnly =
  (design: Design) =>
  (step: Step): Step =>
    withTargets(step, ({ kind, to }) =>
      kind === 'send-back' && !leadsTo(design, to, step.id) ? null : to,
    );

/** The inputs of a table made to be what its rows look at. */
function inputsFix(
  step: Step,
  fix: (key: Fix['key'], command: Command, values?: Fix['values']) => Fix,
): Fix | null {
  const table = step.type === 'table' ? step.table : null;
  const inputs = table && readBy(table);
  if (!table || !inputs || inputs.join() === table.inputs.join()) return null;
  return fix('inputs', setProperty(step.id, 'table', { ...table, inputs }));
}

function readBy({ inputs, rules }: DecisionTable): readonly string[] | null {
  const read = new Set<string>();
  try {
    for (const { when } of rules) if (when) for (const name of factsIn(when).read) read.add(name);
  } catch {
    return null; // A condition that is still being written.
  }
  return [
    ...inputs.filter((name) => read.has(name)),
    ...[...read].filter((name) => !inputs.includes(name)),
  ];
}
