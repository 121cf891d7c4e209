import { compiledOf } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { Due, WorkflowDefinition } from '../definition/definition.ts';
import { gateOf, offeredOutcomes } from '../people/gate.ts';
import { factsAtHand } from '../moves/journal.ts';
import { afterMark } from '../run/keys.ts';
import { plainCalendar, plainNow } from './plain-surroundings.ts';
import type { Refusal } from '../run/run.ts';
import type { CaseStep, ChildStep, SavedCase, WorkStep } from './saved-case.ts';
import { Play } from './simulate-play.ts';
import { commandsFor, isPersonal, rolesFor } from './simulate-work.ts';
import type { Simulated, SimulatedRun, Waiting } from './simulated.ts';
import { fillText } from '../expressions/text.ts';

/** What a simulation begins with: a case without its steps. */
export type SimulationStart = Partial<Pick<SavedCase, 'facts' | 'around' | 'stubs'>>;

const system = { kind: 'system' } as const;

/**
 * Begins to play a workflow on virtual time. Workflows that it calls are taken from `library`; those
 * with a stub end at once; others wait until a step says how they ended. When the start is refused,
 * there are no runs and a refusal.
 */
export function simulationOf(
  definition: WorkflowDefinition,
  start: SimulationStart = {},
  library: readonly WorkflowDefinition[] = [],
): Simulated {
  const { now = plainNow, facts = {}, calendar = plainCalendar } = start.around ?? {};
  const before: Simulated = {
    world: { definition, library, stubs: start.stubs ?? {} },
    around: { now, facts, calendar },
    ...{ runs: [], happened: [], refusal: null },
  };
  const play = new Play(before);
  return play.settled(play.begin(definition, 'run', start.facts ?? {}, null));
}

/**
 * Plays one step of a case: the next moment, or the same one with a refusal. People who act exist
 * only here, as many of each role as are needed, so that separation of duties can be kept.
 */
export function simulateStep(before: Simulated, step: CaseStep): Simulated {
  const play = new Play(before);
  if ('around' in step) return play.withFacts(step.around);
  if ('skipTime' in step) return skipTime(play, step.skipTime);
  const [root] = before.runs;
  if (!root) return play.settled(nothing('The run has not started.'));
  if ('cancel' in step) {
    return play.settled(play.apply(root.id, { type: 'cancel', reason: step.cancel, by: system }));
  }
  if ('signal' in step) return play.settled(receive(play, step));
  if ('child' in step) return play.settled(endChild(play, before, step));
  return play.settled(work(play, before, step));
}

/** Plays all steps of a case from its start; stops after the first one that is refused or,
 * against its expectation, is not. */
export function simulate(
  definition: WorkflowDefinition,
  savedCase: SavedCase,
  library?: readonly WorkflowDefinition[],
): readonly Simulated[] {
  const moments = [simulationOf(definition, savedCase, library)];
  for (const [at, step] of savedCase.steps.entries()) {
    const last = moments.at(-1);
    if (!last || !wasExpected(last.refusal, savedCase.steps[at - 1])) break;
    moments.push(simulateStep(last, step));
  }
  return moments;
}

/** Whether a step was to be refused as it was. */
export function wasExpected(refusal: Refusal | null, step: CaseStep | undefined): boolean {
  const expected = step && 'step' in step ? (step.refused ?? null) : null;
  return (refusal?.code ?? null) === expected;
}

/** Everything that can happen next in all runs: who can act, what is offered, what time brings. */
export function waitingIn(simulated: Simulated): readonly Waiting[] {
  return simulated.runs.flatMap((run) =>
    run.state.status === 'running' ? waitingOf(run, simulated) : [],
  );
}

function waitingOf(run: SimulatedRun, { around, runs }: Simulated): readonly Waiting[] {
  const { state, id } = run;
  const compiled = compiledOf(run.definition);
  const facts = factsAtHand(compiled, state.facts, around);
  const at = ({ key, step }: { readonly key: string; readonly step: string }) => ({
    ...{ run: id, key, step, name: compiled.steps.get(step)?.name ?? step },
  });
  const tasks = state.tasks.flatMap((task): Waiting[] => {
    const step = compiled.steps.get(task.step);
    if (!step || !('role' in step)) return [];
    const shared = { ...at(task), task, roles: rolesFor(task), facts };
    if (step.type !== 'approval') {
      const sendBackTo = (step.sendBackTo ?? []).filter((target) => state.visits[target]);
      return [{ ...shared, kind: 'form', sendBackTo }];
    }
    const question = fillText(step.question, facts);
    const outcomes = offeredOutcomes(step, compiled.dictionary, facts);
    const gate = gateOf(step, compiled.dictionary, facts);
    return [{ ...shared, kind: 'decision', question, outcomes, gate }];
  });
  const isPlayed = (key: string): boolean =>
    runs.some(({ parent }) => parent?.run === id && parent.child === key);
  return [
    ...tasks,
    ...state.timers.map((timer): Waiting => {
      const { dueAt, kind } = timer;
      return { ...at(timer), kind: 'time', dueAt, timer: kind };
    }),
    ...state.awaiting.map((one): Waiting => ({ ...at(one), kind: 'signal', signal: one.signal })),
    ...state.children
      .filter(({ key }) => !isPlayed(key))
      .map((child): Waiting => ({ ...at(child), kind: 'child', calls: child.calls })),
  ];
}

/** Lets time pass; a timer that may not fire, such as one of a task on hold, is left for later. */
function skipTime(play: Play, wanted: Due | 'next'): Simulated {
  const target = wanted === 'next' ? play.nextTimer(null)?.dueAt : play.after(wanted);
  if (target === undefined) return play.settled(nothing('No timer runs.'));
  const left = new Set<string>();
  for (let next = play.nextTimer(target); next; next = play.nextTimer(target, left)) {
    play.setTime(next.dueAt);
    const fired = play.apply(next.run, { type: 'fire-timer', timer: next.key, by: system });
    if (fired?.code === 'run-suspended' || fired?.code === 'task-on-hold') {
      left.add(`${next.run} ${next.key}`);
    } else if (fired) {
      return play.settled(fired);
    }
  }
  play.setTime(target);
  return play.settled(null);
}

function receive(
  play: Play,
  { signal, facts = {} }: { readonly signal: string; readonly facts?: Facts },
): Refusal | null {
  const id = play.nextId();
  for (const run of play.running()) {
    const refusal = play.apply(run, { type: 'receive-signal', signal, id, facts, by: system });
    if (refusal && refusal.code !== 'signal-not-awaited') return refusal;
  }
  return null;
}

function endChild(play: Play, before: Simulated, step: ChildStep): Refusal | null {
  const { outcome, facts = {} } = step;
  const found = before.runs
    .flatMap(({ id, state }) => state.children.map((child) => ({ run: id, child })))
    .find(({ child }) => child.step === step.child && isItem(child.key, step.item));
  if (!found) return nothing(`No workflow is called by “${step.child}” now.`);
  const { key } = found.child;
  if (outcome === null) {
    return play.apply(found.run, { type: 'child-cancelled', child: key, by: system });
  }
  return play.apply(found.run, { type: 'end-child', child: key, outcome, facts, by: system });
}

/** Lets one person after the other try, until one may. */
function work(play: Play, before: Simulated, step: WorkStep): Refusal | null {
  const found = before.runs
    .filter(({ state }) => state.status === 'running')
    .flatMap((run) => run.state.tasks.map((task) => ({ run, task })))
    .find(({ task }) => task.step === step.step && isItem(task.key, step.item));
  if (!found) return nothing(`“${step.step}” is not open now.`);
  let refusal: Refusal | null = null;
  for (const command of commandsFor(found.run, found.task, step, before.around)) {
    refusal = play.apply(found.run.id, command);
    if (!refusal || !isPersonal(refusal)) return refusal;
  }
  return refusal;
}

function isItem(key: string, item: number | undefined): boolean {
  return item === undefined || afterMark(key, '.') === String(item);
}

function nothing(message: string): Refusal {
  return { refused: true, code: 'unknown-task', message };
}
