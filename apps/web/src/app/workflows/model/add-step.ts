import type { Step, StepId } from '@plumbline/workflow-engine';
import {
  type Command,
  type Design,
  freeId,
  nameOf,
  type Place,
  refused,
  stepOf,
  withSteps,
} from './design.ts';
import { newBlock, newStep, type StarterWords, type Verb } from './verbs.ts';
import { mainWay, type Way, waysInto, waysOf, withTargets } from './ways.ts';

/** Where a new step goes: into a way, after a step, before one, or nowhere yet. */
export type Spot =
  | { readonly way: string }
  | { readonly after: StepId }
  | { readonly before: StepId }
  | { readonly place: Place; readonly stage?: string };

/** A design with other steps put into one of its ways: led there by `into`, leading on by `on`. */
interface Put {
  readonly stage: string;
  /** Where the new steps lead; null: nowhere yet. */
  readonly to: StepId | null;
  /** The step before them, if there is one. */
  readonly from: Step | null;
  /** Leads what led there before to the new step. */
  readonly lead: (steps: readonly Step[], first: StepId) => readonly Step[];
  /** The new first step is the start. */
  readonly first: boolean;
}

/** Adds a step, or for `parallel` a whole block. */
export function addStep(verb: Verb, spot: Spot, words: StarterWords): Command {
  return (design) => {
    const put = spotOf(design, spot);
    if (!put) return refused(design, 'nothing');
    const name = words.names[verb];
    const { stage, to } = put;
    const back =
      put.from && (put.from.type === 'form' || put.from.type === 'task') ? put.from.id : null;
    const added =
      verb === 'parallel'
        ? newBlock(design, { stage, to }, words)
        : ([newStep(verb, { id: freeId(design, name), stage, name, to, back }, words)] as const);
    const head = added[0];
    let { steps } = design.definition;
    const at = put.from ? steps.findIndex(({ id }) => id === put.from?.id) + 1 : steps.length;
    steps = put.lead(steps, head.id);
    let next = withSteps(design, [...steps.slice(0, at), ...added, ...steps.slice(at)]);
    const lost = !design.definition.steps.some(({ id }) => id === design.definition.start);
    if (put.first || lost) next = { ...next, definition: { ...next.definition, start: head.id } };
    if ('place' in spot) {
      next = { ...next, layout: { ...design.layout, [head.id]: spot.place } };
    }
    const values = { name: head.name, after: put.from ? nameOf(design, put.from.id) : '' };
    const loose = 'place' in spot;
    const between = put.from !== null && to !== null;
    return {
      design: next,
      said: {
        key: loose ? 'addedLoose' : between ? 'addedBetween' : 'added',
        values: { ...values, before: to === null ? '' : nameOf(design, to) },
      },
      select: head.id,
    };
  };
}

function spotOf(design: Design, spot: Spot): Put | null {
  const { definition } = design;
  if ('place' in spot) {
    const stage = spot.stage ?? definition.stages.at(-1)?.key ?? '';
    return { stage, to: null, from: null, lead: (steps) => steps, first: false };
  }
  if ('way' in spot) {
    const from = definition.steps.find((step) => waysOf(step).some(({ id }) => id === spot.way));
    const way = from && waysOf(from).find(({ id }) => id === spot.way);
    return from && way ? into(from, way) : null;
  }
  if ('before' in spot) return beforeStep(design, spot.before);
  const after = stepOf(design, spot.after);
  if (!after) return null;
  if (after.type === 'end' || after.type === 'path-end') return beforeStep(design, after.id);
  if (after.type === 'parallel') {
    const join = stepOf(design, after.join);
    const way = join && mainWay(join);
    return join && way ? into(join, way) : null;
  }
  const way = mainWay(after);
  return way ? into(after, way) : open(after);
}

/** Between a step and where one of its ways leads. */
function into(from: Step, way: Way): Put {
  return {
    ...{ stage: from.stage, to: way.to, from, first: false },
    lead: (steps, first) =>
      steps.map((step) =>
        step.id === from.id
          ? withTargets(step, (one) => (one.id === way.id ? first : one.to))
          : step,
      ),
  };
}

/** After a step that leads nowhere yet. */
function open(from: Step): Put {
  return {
    ...{ stage: from.stage, to: null, from, first: false },
    lead: (steps, first) =>
      steps.map((step): Step => {
        if (step.id !== from.id || !('next' in step)) return step;
        return { ...step, next: [...step.next, { to: first }] };
      }),
  };
}

/** Before a step: everything that led to it leads to the new one. */
function beforeStep(design: Design, id: StepId): Put | null {
  const step = stepOf(design, id);
  if (!step) return null;
  const from = waysInto(design, id)[0]?.from;
  return {
    ...{ stage: step.stage, to: id, first: design.definition.start === id },
    from: (from !== undefined && stepOf(design, from)) || null,
    lead: (steps, first) =>
      steps.map((one) =>
        withTargets(one, (way) =>
          way.to === id && way.kind !== 'send-back' && way.kind !== 'undone-by' ? first : way.to,
        ),
      ),
  };
}
