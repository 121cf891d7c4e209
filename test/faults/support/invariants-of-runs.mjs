import { isDeepStrictEqual } from 'node:util';
import { replay, replayAgainst } from '@plumbline/workflow-engine';
import { calendar, checkedDefinition } from './workflow.mjs';

const eventsOf = (world, run) => (world.events.get(run.id) ?? []).map(({ event }) => event);

/** Judges run by run; `broken` of a run is a text, or null. */
const perRun = (world, broken, runs = world.runs) => ({
  checked: runs.length,
  broken: runs.flatMap((run) => {
    const text = broken(run, eventsOf(world, run));
    return text === null ? [] : [`run ${run.id}: ${text}`];
  }),
});

const isChecked = (world) => (run) =>
  world.definitions.get(run.definition)?.key === checkedDefinition.key;

const sortedKeys = (rows) => rows.map(({ key }) => key).sort();

/** History, state and what is shown of it agree, and the model allows them. */
export const ofRuns = [
  {
    name: 'I2',
    what: 'every change of a run is in the record once, and the record tells of no other',
    judge: (world) =>
      perRun(world, (run) => {
        const told = (world.recorded.get(run.id) ?? []).flatMap(({ events }) => events);
        const seqs = told.map(({ seq }) => seq).sort((a, b) => a - b);
        const isOnce = seqs.length === run.version && seqs.every((seq, at) => seq === at + 1);
        return isOnce ? null : `${run.version} events, ${seqs.length} in the record`;
      }),
  },
  {
    name: 'I3',
    what: 'each history replays to the state, and the model allows every move of it',
    judge(world) {
      const judged = perRun(world, ({ state }, events) =>
        isDeepStrictEqual(replayed(events), state) ? null : 'replay gives another state',
      );
      const legal = perRun(
        world,
        (run, events) => {
          const definition = world.definitions.get(run.definition);
          const facts = { name: run.name };
          const [first] = replayAgainst(definition, events, { calendar, facts }).divergences;
          return first ? `event ${first.seq}: ${first.text}` : null;
        },
        world.runs.filter(isChecked(world)).filter((run) => isWhole(eventsOf(world, run))),
      );
      return { checked: judged.checked, broken: [...judged.broken, ...legal.broken] };
    },
  },
  {
    name: 'EI1',
    what: 'events are numbered 1 to the version, without gaps or doubles',
    judge: (world) =>
      perRun(world, (run) => {
        const rows = world.events.get(run.id) ?? [];
        const isDense = rows.every(({ seq, event }, at) => seq === at + 1 && event.seq === seq);
        return isDense && rows.length === run.version
          ? null
          : `${rows.length} events, version ${run.version}`;
      }),
  },
  {
    name: 'EI2',
    what: 'history alone gives state, open tasks and armed timers',
    judge(world) {
      const tasks = Map.groupBy(
        world.tasks.filter(({ status }) => status === 'open'),
        ({ run }) => run,
      );
      const timers = Map.groupBy(world.timers.filter(isOfRun), ({ subject }) => subject);
      return perRun(world, (run, events) => {
        const state = replayed(events);
        if (!state || state.seq !== run.version || state.status !== run.status)
          return 'the state is behind its history';
        const shown = sortedKeys(tasks.get(run.id) ?? []);
        if (!isDeepStrictEqual(shown, sortedKeys(state.tasks))) return 'other tasks are open';
        const status = state.suspended ? 'paused' : 'armed';
        const armed = (timers.get(run.id) ?? []).filter((timer) => timer.status === status);
        const isSame = isDeepStrictEqual(sortedKeys(armed), sortedKeys(state.timers));
        return isSame ? null : 'other timers are armed';
      });
    },
  },
  {
    name: 'EI3',
    what: 'every task is opened once and closed at most once',
    judge(world) {
      let checked = 0;
      const shown = Map.groupBy(world.tasks, ({ run }) => run);
      const { broken } = perRun(world, (run, events) => {
        const opened = events.flatMap((each) =>
          each.type === 'task-opened' ? [each.task.key] : [],
        );
        const closed = events.flatMap((each) => (each.type === 'task-closed' ? [each.key] : []));
        checked += opened.length;
        if (new Set(opened).size < opened.length) return 'a task was opened twice';
        if (new Set(closed).size < closed.length) return 'a task was closed twice';
        if (closed.some((key) => !opened.includes(key))) return 'a task was closed unopened';
        const rows = shown.get(run.id) ?? [];
        return isDeepStrictEqual(sortedKeys(rows), [...opened].sort())
          ? null
          : `${opened.length} tasks in history, ${rows.length} shown`;
      });
      return { checked, broken };
    },
  },
  {
    name: 'EI7',
    what: 'every run stands, or has ended, where its model allows; those of the load have ended',
    judge: (world) =>
      perRun(world, (run) => {
        const { steps } = world.definitions.get(run.definition);
        const { state } = run;
        const ends = steps.flatMap((step) => (step.type === 'end' ? [step.outcome] : []));
        const isBusy = [state.tokens, state.tasks, state.timers, state.children].some(
          (list) => list.length > 0,
        );
        if (run.status === 'ended' && !ends.includes(run.outcome)) return 'ended at no ending';
        if (run.status !== 'running') return isBusy ? 'ended, but something of it is open' : null;
        if (isChecked(world)(run)) return 'has not come to its end';
        if (!isBusy && state.awaiting.length === 0) return 'waits for nothing';
        const known = new Set(steps.map(({ id }) => id));
        return state.tokens.every(({ step }) => known.has(step)) ? null : 'stands at no step';
      }),
  },
];

const isOfRun = ({ kind }) => kind === 'wait' || kind === 'boundary' || kind === 'escalation';

const isWhole = (events) => events.every(({ seq }, at) => seq === at + 1);

/** The state that events give; null when they are not a history. */
function replayed(events) {
  try {
    return replay(events);
  } catch {
    return null; // told by whoever compares
  }
}
