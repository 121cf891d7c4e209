import type { Step, StepId } from '@plumbline/workflow-engine';
import {
  type Command,
  type Design,
  type Edit,
  freeName,
  nameOf,
  refused,
  stepOf,
  withStep,
} from './design.ts';
import type { StarterWords } from './verbs.ts';
import { leadsTo, type Way, type WayKind, waysOf, withTargets } from './ways.ts';

/** A condition that its author has still to write; the check of the design asks for it. */
export const UNWRITTEN = { cel: '' } as const;

/**
 * Leads a step to another: the next step, a further outcome or branch. From work for people to
 * something earlier it becomes a way to send back, unless `by` says otherwise.
 */
export function connect(
  from: StepId,
  to: StepId,
  words: Pick<StarterWords, 'yes'>,
  by?: WayKind,
): Command {
  return (design) => {
    const step = stepOf(design, from);
    const target = stepOf(design, to);
    const names = { from: nameOf(design, from), to: nameOf(design, to) };
    if (!step || !target) return refused(design, 'cannotConnect', names);
    return led(design, step, to, words, by);
  };
}

function led(
  design: Design,
  step: Step,
  to: StepId,
  words: Pick<StarterWords, 'yes'>,
  by: WayKind | undefined,
): Edit {
  const names = { from: step.name, to: nameOf(design, to) };
  const done = (after: Step, key: Edit['said']['key'] = 'connected'): Edit => ({
    design: withStep(design, after),
    said: { key, values: names },
    select: step.id,
  });
  const backwards = step.id === to || leadsTo(design, to, step.id);
  const people = step.type === 'form' || step.type === 'task';
  if (people && step.id !== to && (by ?? (backwards ? 'send-back' : 'next')) === 'send-back') {
    if (step.sendBackTo?.includes(to)) return refused(design, 'alreadyConnected', names);
    return done({ ...step, sendBackTo: [...(step.sendBackTo ?? []), to] }, 'sentBack');
  }
  if (
    by === 'failed' &&
    (step.type === 'check' || step.type === 'table' || step.type === 'sub-workflow')
  ) {
    return done({ ...step, failed: to });
  }
  switch (step.type) {
    case 'end':
    case 'path-end':
      return refused(design, 'cannotConnect', names);
    case 'approval': {
      const key = freeName(
        backwards ? 'no' : 'yes',
        step.outcomes.map((one) => one.key),
      );
      const outcome = {
        ...{ key, label: backwards ? names.to : words.yes, to, consequence: '' },
        effect: backwards ? ('ask-for-changes' as const) : ('approve' as const),
        reasonRequired: backwards,
      };
      return done({ ...step, outcomes: [...step.outcomes, outcome] }, 'outcomeAdded');
    }
    case 'parallel': {
      if (step.branches.some(({ start }) => start === to)) {
        return refused(design, 'alreadyConnected', names);
      }
      const id = freeName(
        to,
        step.branches.map((one) => one.id),
      );
      const branches = [...step.branches, { id, start: to, label: names.to }];
      return done({ ...step, branches }, 'branchAdded');
    }
    default: {
      if (step.next.some((way) => way.to === to)) {
        return refused(design, 'alreadyConnected', names);
      }
      // The way without a condition stays the last: the new one is taken only when its holds.
      const next = step.next.length === 0 ? [{ to }] : [{ to, when: UNWRITTEN }, ...step.next];
      return done({ ...step, next });
    }
  }
}

/** Takes a way out. */
export function disconnect(id: string): Command {
  return (design) => {
    const found = wayOf(design, id);
    if (!found) return refused(design, 'nothing');
    const values = { from: found.step.name, to: nameOf(design, found.way.to) };
    const after = withTargets(found.step, (way) => (way.id === id ? null : way.to));
    return { design: withStep(design, after), said: { key: 'disconnected', values } };
  };
}

/** Leads a way to another step. */
export function retarget(id: string, to: StepId): Command {
  return (design) => {
    const found = wayOf(design, id);
    if (!found || !stepOf(design, to)) return refused(design, 'nothing');
    const values = { from: found.step.name, to: nameOf(design, to) };
    const after = withTargets(found.step, (way) => (way.id === id ? to : way.to));
    return { design: withStep(design, after), said: { key: 'retargeted', values } };
  };
}

/** The way of this id, and the step that it leaves. */
export function wayOf(design: Design, id: string): { step: Step; way: Way } | null {
  for (const step of design.definition.steps) {
    const way = waysOf(step).find((one) => one.id === id);
    if (way) return { step, way };
  }
  return null;
}
