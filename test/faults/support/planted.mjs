import { checkedDefinition } from './workflow.mjs';

/**
 * One violation for each invariant, done to a copy of what was found, as a fault of the product would
 * leave it. `plant` answers what is changed; several names where one violation breaks several rules.
 */
const firstOf = (world, type) => {
  for (const [run, rows] of world.events) {
    const at = rows.findIndex(({ event }) => event.type === type && isOurs(world, run));
    if (at >= 0) return { run, rows, at, ...rows[at] };
  }
  throw new Error(`no ${type} to plant on`);
};

const isOurs = (world, run) => {
  const { definition } = world.runs.find(({ id }) => id === run);
  return world.definitions.get(definition).key === checkedDefinition.key;
};

const withEvents = (world, run, rows) => ({ events: new Map(world.events).set(run, rows) });

const changed = (rows, one, change) =>
  rows.map((row) => (row === one ? { ...row, ...change } : row));

const withoutLast = (map, key) => new Map(map).set(key, map.get(key).slice(0, -1));

export const planted = [
  {
    name: 'I1',
    what: 'an acknowledged command that the database has forgotten',
    plant: ({ commands, acknowledged }) => ({
      commands: commands.filter(({ key }) => key !== acknowledged.at(-1).key),
    }),
  },
  {
    name: 'I2',
    what: 'a change without its entry in the record',
    plant: (world) => ({ recorded: withoutLast(world.recorded, firstOf(world, 'run-ended').run) }),
  },
  {
    name: 'I3',
    what: 'a decision that the model does not offer',
    plant: (world) => {
      const { run, rows, at, event } = firstOf(world, 'decision-recorded');
      const other = { ...event, outcome: 'waved-through' };
      return withEvents(world, run, changed(rows, rows[at], { event: other }));
    },
  },
  {
    name: 'I4',
    what: 'a promise that has been open for a minute',
    plant: ({ outbox }) => ({
      outbox: [...outbox, { id: 'planted', topic: 'task-notice', parked: false, age: 60 }],
    }),
  },
  {
    name: 'I5',
    what: 'a mail that was sent twice without need',
    plant: ({ copies, effects }) => {
      const { id } = effects.find(({ unknownEnds }) => unknownEnds === 0);
      return { copies: new Map(copies).set(id, 2) };
    },
  },
  {
    name: 'I6',
    what: 'a timer that fired an hour early',
    plant: (world) => {
      const { run, rows, at, event } = firstOf(world, 'timer-fired');
      const armed = rows.find(
        (row) => row.event.type === 'timer-armed' && row.event.key === event.key,
      );
      const dueAt = new Date(Date.parse(rows[at].event.at) + 3_600_000).toISOString();
      return withEvents(world, run, changed(rows, armed, { event: { ...armed.event, dueAt } }));
    },
  },
  {
    name: 'I7',
    what: 'an entry without a place in the log',
    plant: ({ log }) => ({ log: [...log, { id: 'planted', places: 0 }] }),
  },
  {
    name: 'I9',
    what: 'a decision by whoever did the work',
    plant: (world) => {
      const [own] = world.decisions.filter(({ run }) => isOurs(world, run));
      const { closedBy } = world.tasks.find(
        ({ run, key }) => run === own.run && key.startsWith('describe#'),
      );
      return {
        decisions: world.decisions.map((each) =>
          each === own ? { ...own, person: closedBy } : each,
        ),
      };
    },
  },
  {
    name: 'EI1',
    what: 'an event that is there twice',
    plant: (world) => {
      const { run, rows, at } = firstOf(world, 'task-closed');
      return withEvents(world, run, rows.toSpliced(at, 0, rows[at]));
    },
  },
  {
    name: 'EI2',
    what: 'a task that is shown as open and is not',
    plant: ({ tasks }) => {
      const done = tasks.find(({ status }) => status === 'done');
      return { tasks: changed(tasks, done, { status: 'open' }) };
    },
  },
  {
    name: 'EI3',
    what: 'a task that was closed a second time',
    plant: (world) => {
      const { run, rows, event } = firstOf(world, 'task-closed');
      const last = rows.at(-1);
      const again = { ...event, seq: last.seq + 1, at: last.event.at };
      return withEvents(world, run, [...rows, { ...last, seq: last.seq + 1, event: again }]);
    },
  },
  {
    name: 'EI4',
    what: 'a submission that nobody asked for',
    plant: (world) => {
      const { task } = world.acknowledged.findLast(({ kind }) => kind === 'submit');
      return {
        acknowledged: world.acknowledged.filter(
          (one) => one.kind !== 'submit' || one.task !== task,
        ),
      };
    },
  },
  {
    name: 'EI5',
    what: 'a mail that counts as sent and never came',
    plant: ({ copies, mails }) => {
      const { id } = mails.find((mail) => copies.has(mail.id));
      return { copies: new Map([...copies].filter(([each]) => each !== id)) };
    },
  },
  {
    name: 'EI6',
    what: 'an armed timer that has been due for ten seconds',
    plant: ({ overdue }) => ({
      overdue: [...overdue, { id: 'planted', kind: 'wait', status: 'armed', age: 10 }],
    }),
  },
  {
    name: 'EI7',
    what: 'a run that ended at no ending of its model',
    plant: ({ runs }) => {
      const ended = runs.find(({ status }) => status === 'ended');
      return { runs: changed(runs, ended, { outcome: 'nowhere' }) };
    },
  },
  {
    name: 'EI8',
    what: 'a history in which one person does and decides',
    plant: (world) => {
      const { run, rows, at, event } = firstOf(world, 'decision-recorded');
      const { by } = rows.find((row) => row.event.type === 'task-submitted').event;
      return withEvents(world, run, changed(rows, rows[at], { event: { ...event, by } }));
    },
  },
];
