import { askedByPeople, doneByPeople } from './what-was-asked.mjs';

const countBy = (items, key) => {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

/** What people were told is done is done, once. */
export const ofCommands = [
  {
    name: 'I1',
    what: 'each acknowledged command is there, once, under its key',
    judge({ acknowledged, commands, runs }) {
      const rows = Map.groupBy(commands, ({ key }) => key);
      const names = countBy(runs, ({ name }) => name);
      const ids = new Set(runs.map(({ id }) => id));
      const starts = acknowledged.filter(({ run }) => run);
      const perRun = countBy(starts, ({ run }) => run);
      return {
        checked: acknowledged.length,
        broken: acknowledged.flatMap(({ key, kind, person, name, run }) => {
          const [row, ...others] = rows.get(key) ?? [];
          if (!row) return [`${kind} ${key} is not known`];
          if (others.length > 0) return [`${kind} ${key} is known ${others.length + 1} times`];
          if (!row.done) return [`${kind} ${key} was not carried out`];
          if (row.person !== person) return [`${kind} ${key} is somebody else's`];
          if (kind === 'propose' && names.get(name) === undefined) return [`“${name}” is missing`];
          if (run && !ids.has(run)) return [`run ${run} is missing`];
          if (run && perRun.get(run) > 1) return [`run ${run} answers several commands`];
          return [];
        }),
      };
    },
  },
  {
    name: 'EI4',
    what: 'each acknowledged command is in history once, and nothing else is',
    judge(world) {
      const done = doneByPeople(world);
      const asked = askedByPeople(world);
      const known = new Set(asked.map(({ name }) => name));
      return {
        checked: asked.length,
        broken: [
          ...asked
            .filter(({ name }) => done.get(name) !== 1)
            .map(({ name }) => `${name}: ${done.get(name) ?? 0} times in history`),
          ...[...done.keys()].filter((name) => !known.has(name)).map((name) => `${name}: unasked`),
        ],
      };
    },
  },
];
