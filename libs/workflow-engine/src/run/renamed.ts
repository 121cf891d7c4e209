import type { StepId } from '../definition/definition.ts';
import { tokenKeyOf } from './keys.ts';
import type { RunState } from './run-state.ts';

/** A key of a task, timer, child or wait under the name that its step has in another version. */
export function renamedKey(key: string, names: Readonly<Record<StepId, StepId>>): string {
  const step = tokenKeyOf(key).replace(/#\d+$/, '');
  return `${Object.hasOwn(names, step) ? (names[step] ?? step) : step}${key.slice(step.length)}`;
}

/** A state in which every step bears the name that it has in another version. */
export function renamed(
  state: RunState,
  names: Readonly<Record<StepId, StepId>>,
): Partial<RunState> {
  const stepOf = (step: StepId): StepId =>
    Object.hasOwn(names, step) ? (names[step] ?? step) : step;
  const keyOf = (key: string): string => renamedKey(key, names);
  const both = <One extends { readonly key: string; readonly step: StepId }>(one: One): One => ({
    ...one,
    ...{ key: keyOf(one.key), step: stepOf(one.step) },
  });
  const named = <Value>(record: Readonly<Record<StepId, Value>>): Record<StepId, Value> =>
    Object.fromEntries(Object.entries(record).map(([step, value]) => [stepOf(step), value]));
  return {
    tokens: state.tokens.map(({ step, visit, scope }) => ({
      ...{ step: stepOf(step), visit, scope: scope.map(keyOf) },
    })),
    tasks: state.tasks.map((task) => ({
      ...both(task),
      held: task.held && {
        ...task.held,
        timers: task.held.timers.map((timer) => ({ ...timer, key: keyOf(timer.key) })),
      },
    })),
    timers: state.timers.map(both),
    children: state.children.map(both),
    awaiting: state.awaiting.map(both),
    items: state.items.map(both),
    undoable: state.undoable.map((one) => ({ ...both(one), undoneBy: stepOf(one.undoneBy) })),
    visits: named(state.visits),
    performers: named(state.performers),
  };
}
