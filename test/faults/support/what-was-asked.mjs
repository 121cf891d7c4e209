/** What people can do that the ledger and the history both know, and how each names it. */
const DONE_BY_PEOPLE = {
  'run-started': ({ run }) => `start ${run}`,
  'task-claimed': ({ run, event }) => `claim ${run} ${event.key} by ${event.by.personId}`,
  'task-submitted': ({ run, event }) => `submit ${run} ${event.key} by ${event.by.personId}`,
  'decision-recorded': ({ run, event }) => `decide ${run} ${event.key} by ${event.by.personId}`,
};

/** How often each thing was done by a person, by its name, since the load began. */
export function doneByPeople({ events, since }) {
  const counts = new Map();
  for (const [run, rows] of events) {
    for (const { event } of rows) {
      const name = event.by.kind === 'person' && DONE_BY_PEOPLE[event.type]?.({ run, event });
      if (!name || Date.parse(event.at) < since) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

/** The same names, for the commands of the ledger that the product says it has carried out. */
export function askedByPeople({ acknowledged, tasks }) {
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  return acknowledged.flatMap((command) => {
    switch (command.kind) {
      case 'propose':
      case 'start':
        return [{ command, name: `start ${command.run}` }];
      case 'claim':
      case 'submit':
      case 'decide': {
        const task = taskOf.get(command.task);
        const what = task ? `${task.run} ${task.key}` : `of no task ${command.task}`;
        return [{ command, name: `${command.kind} ${what} by ${command.person}` }];
      }
      default:
        return [];
    }
  });
}
