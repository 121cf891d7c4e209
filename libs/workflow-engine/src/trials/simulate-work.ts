import { compiledOf } from '../definition/compiled.ts';
import type { ApprovalStep, FormStep } from '../definition/definition.ts';
import { offeredOutcomes } from '../people/gate.ts';
import { factsAtHand } from '../moves/journal.ts';
import type { Actor, Command, OpenTask, Refusal, Surroundings } from '../run/run.ts';
import { sampleAnswers } from '../forms/sample-answers.ts';
import type { WorkStep } from './saved-case.ts';
import { rolesNow, rolesOf } from '../people/seats.ts';
import type { SimulatedRun } from './simulated.ts';

type PersonActor = Actor & { readonly kind: 'person' };

/** Roles of which somebody may act for a task now; those of its seats when all are taken. */
export function rolesFor(task: OpenTask): readonly string[] {
  const now = rolesNow(task);
  return now.length > 0 ? now : [...new Set([task.role, ...rolesOf(task)])];
}

const personal = new Set<Refusal['code']>([
  ...(['separation-of-duties', 'already-decided', 'not-your-role'] as const),
  ...(['taken-by-someone-else', 'not-your-turn'] as const),
]);

/** Whether another person may not meet this refusal. */
export function isPersonal({ code }: Refusal): boolean {
  return personal.has(code);
}

/** People who may try a task, each of one role: whoever has it, then as many as could be needed. */
export function* candidatesFor(task: OpenTask, role?: string): Generator<PersonActor> {
  const most = Math.max(5, task.needed + 2);
  const named = task.assignee === null ? [] : [task.assignee];
  for (const one of role === undefined ? rolesFor(task) : [role]) {
    const people = Array.from({ length: most }, (_, nth) => `${one}#${nth + 1}`);
    for (const personId of [...named, ...people]) yield personOf(personId, one);
  }
}

function personOf(personId: string, role: string): PersonActor {
  return { kind: 'person', personId, roles: [role], adviser: false };
}

/** The commands that a step of a case may mean, one for each person who may try. */
export function* commandsFor(
  run: SimulatedRun,
  task: OpenTask,
  step: WorkStep,
  around: Surroundings,
): Generator<Command> {
  const say = saidBy(run, task, step, around);
  if (step.person === undefined) {
    for (const by of candidatesFor(task, step.by)) yield say(by);
    return;
  }
  for (const role of step.by === undefined ? rolesFor(task) : [step.by]) {
    yield say(personOf(step.person, role));
  }
}

function saidBy(
  run: SimulatedRun,
  task: OpenTask,
  step: WorkStep,
  around: Surroundings,
): (by: Actor) => Command {
  const { key } = task;
  const reason = step.reason ?? 'Sample reason';
  const { sendBackTo: to, action } = step;
  if (to !== undefined) return (by) => ({ type: 'send-back', task: key, to, reason, by });
  if (action === 'hold') return (by) => ({ type: 'hold', task: key, reason, by });
  if (action) return (by) => ({ type: action, task: key, by });
  const compiled = compiledOf(run.definition);
  const found = compiled.steps.get(task.step) as FormStep | ApprovalStep;
  const facts = {
    ...factsAtHand(compiled, run.state.facts, around),
    ...itemFacts(found, task),
  };
  if (found.type === 'approval') {
    const offered = offeredOutcomes(found, compiled.dictionary, facts);
    const outcome = step.outcome ?? offered[0]?.key ?? '';
    const conditional = offered.some(
      (one) => one.key === outcome && one.effect === 'approve-with-conditions',
    );
    const due = '2027-01-31';
    const conditions =
      step.conditions ??
      (conditional ? [{ text: 'Sample condition', owner: 'person-1', due }] : []);
    return (by) => ({ type: 'decide', task: key, outcome, reason, conditions, by });
  }
  const answers = sampleAnswers(found.form, compiled.dictionary, facts, step.answers);
  return (by) => ({ type: 'submit', task: key, answers, by });
}

/** What the form of one item of a list sees besides. */
function itemFacts(step: FormStep | ApprovalStep, task: OpenTask): Record<string, OpenValue> {
  if (step.type === 'approval' || !step.each || !task.item) return {};
  return { [step.each.as]: task.item.value };
}

type OpenValue = NonNullable<OpenTask['item']>['value'];
