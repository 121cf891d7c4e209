import type { FactDeclaration, FactType } from '../expressions/condition.ts';
import type { Step, StepId, WorkflowDefinition } from '../definition/definition.ts';
import { alike, differingParts, paired } from './difference-list.ts';
import { noticeableLines } from './difference-noticeable.ts';
import { type Place, Report } from './difference-report.ts';
import { compareSteps } from './difference-steps.ts';
import { listed, quoted, stepKinds, Words } from '../people/words.ts';

/** What a change is about. */
export type ChangedPart =
  | 'workflow'
  | 'stage'
  | 'fact'
  | 'step'
  | 'way'
  | 'outcome'
  | 'people'
  | 'deadline'
  | 'escalation'
  | 'boundary'
  | 'question'
  | 'table'
  | 'quorum'
  | 'separation'
  | 'gate'
  | 'items'
  | 'branch'
  | 'call'
  | 'calculation'
  | 'signal'
  | 'message'
  | 'wait'
  | 'ending';

/** One difference between two versions. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'renamed' | 'moved' | 'changed';
  readonly part: ChangedPart;
  /** As in problems: `steps.triage.next.0`; what was removed by its place in the old version. */
  readonly place: string;
  /** The step that it belongs to; null for the workflow as a whole. */
  readonly step: StepId | null;
  /** Plain words: “Risk form” is now due in 5 business days, was due in 3 business days. */
  readonly text: string;
  /** Whether people who work with the workflow will notice. */
  readonly noticeable: boolean;
}

/** How a step of either version compares. */
export type StepMark = 'added' | 'removed' | 'changed' | 'same';

/** What is different between two versions of a workflow. */
export interface Difference {
  /** First the workflow, then its steps in the order of the new version, then removed steps. */
  readonly changes: readonly Change[];
  /** A mark for every step of both versions. */
  readonly steps: Readonly<Record<StepId, StepMark>>;
  /** What people will notice, a line each; fewer and shorter than the changes. */
  readonly noticeable: readonly string[];
}

/**
 * Compares two versions of a workflow; steps are the same when their ids are. Everything that is
 * written differently is named, whatever it does; nothing is when both say the same. Layout is no
 * part of a definition. Never throws, also for definitions with problems.
 */
export function differenceOf(before: WorkflowDefinition, after: WorkflowDefinition): Difference {
  const report = new Report(new Words(before), new Words(after));
  compareWorkflows(before, after, report.at(null));
  const steps = paired(before.steps, after.steps, ({ id }) => id);
  const marks = new Map<StepId, StepMark>();
  const kept = new Map(steps.kept.map((pair) => [pair.after, pair.before]));
  for (const step of after.steps) {
    const was = kept.get(step);
    if (was) compareSteps(was, step, report.at(step.id));
    else report.at(step.id).noticed('added', 'step', '', added(step));
    marks.set(step.id, was ? (alike(was, step) ? 'same' : 'changed') : 'added');
  }
  for (const { item } of steps.removed) {
    report.at(item.id).noticed('removed', 'step', '', `${quoted(item.name)} was removed.`);
    if (!marks.has(item.id)) marks.set(item.id, 'removed');
  }
  if (steps.reordered) {
    report.at(null).quiet('moved', 'step', 'steps', 'The steps are listed in another order.');
  }
  const { changes } = report;
  return {
    changes,
    steps: Object.fromEntries(marks),
    noticeable: noticeableLines(before, after, changes),
  };
}

function added(step: Step): string {
  return `${quoted(step.name)} was added: ${stepKinds[step.type]}.`;
}

function compareWorkflows(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
  place: Place,
): void {
  for (const part of differingParts(before, after)) {
    switch (part) {
      case 'name':
        place.noticed(
          ...(['renamed', 'workflow', part] as const),
          `${quoted(before.name)} is now called ${quoted(after.name)}.`,
        );
        break;
      case 'start':
        place.noticed(
          ...(['changed', 'workflow', part] as const),
          `A run now starts with ${place.now.step(after.start)}, was ${place.was.step(before.start)}.`,
        );
        break;
      case 'repairNeedsTwo':
        place.noticed(
          ...(['changed', 'workflow', part] as const),
          after.repairNeedsTwo
            ? 'A repair of a run now needs a second person.'
            : 'A repair of a run no longer needs a second person.',
        );
        break;
      case 'steps':
        break;
      case 'stages':
        compareStages(before, after, place);
        break;
      case 'facts':
        compareFacts(before, after, place);
        break;
      default:
        place.quiet('changed', 'workflow', part, `The ${part} of the workflow has changed.`);
    }
  }
}

function compareStages(before: WorkflowDefinition, after: WorkflowDefinition, place: Place): void {
  const stages = paired(before.stages, after.stages, ({ key }) => key);
  for (const { key, item } of stages.added) {
    place.noticed('added', 'stage', `stages.${key}`, `Stage ${quoted(item.name)} was added.`);
  }
  for (const { key, item } of stages.removed) {
    place.noticed('removed', 'stage', `stages.${key}`, `Stage ${quoted(item.name)} was removed.`);
  }
  for (const { key, before: was, after: now } of stages.kept) {
    if (was.name === now.name) continue;
    const text = `Stage ${quoted(was.name)} is now called ${quoted(now.name)}.`;
    place.noticed('renamed', 'stage', `stages.${key}`, text);
  }
  if (stages.reordered) {
    place.noticed('moved', 'stage', 'stages', 'The stages come in another order.');
  }
}

function compareFacts(before: WorkflowDefinition, after: WorkflowDefinition, place: Place): void {
  const facts = paired(before.facts, after.facts, ({ name }) => name);
  for (const { key, item } of facts.added) {
    const text = `Fact ${quoted(key)} was added: ${typeInWords(item.type)}, ${sources[item.source]}.`;
    place.quiet('added', 'fact', `facts.${key}`, text);
  }
  for (const { key } of facts.removed) {
    place.quiet('removed', 'fact', `facts.${key}`, `Fact ${quoted(key)} was removed.`);
  }
  for (const { key, before: was, after: now } of facts.kept) compareFact(key, was, now, place);
  if (facts.reordered) {
    place.quiet('moved', 'fact', 'facts', 'The facts are listed in another order.');
  }
}

function compareFact(
  name: string,
  before: FactDeclaration,
  after: FactDeclaration,
  place: Place,
): void {
  const say = (text: string) => place.quiet('changed', 'fact', `facts.${name}`, text);
  for (const part of differingParts(before, after)) {
    if (part === 'type') {
      const [was, now] = [typeInWords(before.type), typeInWords(after.type)];
      say(`Fact ${quoted(name)} is now ${now}, was ${was}.`);
    } else if (part === 'source') {
      say(`Fact ${quoted(name)} is now ${sources[after.source]}, was ${sources[before.source]}.`);
    } else {
      say(`The ${part} of fact ${quoted(name)} has changed.`);
    }
  }
}

const sources = {
  subject: 'read from the AI system',
  organisation: 'read from the organisation',
  form: 'answered in a form',
  table: 'set by a table',
  calculated: 'calculated',
  run: 'set by the run',
} as const;

/** A type of fact: “a choice of “low” and “high””. */
function typeInWords(type: FactType): string {
  switch (type.kind) {
    case 'boolean':
      return 'yes or no';
    case 'choice':
      return `a choice of ${listed(type.options.map(quoted))}`;
    case 'choices':
      return `choices of ${listed(type.options.map(quoted))}`;
    case 'list':
      return `rows of ${listed(
        Object.entries(type.of).map(([name, of]) => `${quoted(name)} (${typeInWords(of)})`),
      )}`;
    case 'people':
    case 'evidence':
      return type.kind;
    default:
      return `a ${type.kind}`;
  }
}
