/** Who may not decide has not decided. */
export const ofPeople = [
  {
    name: 'I9',
    what: 'nobody who did the work has decided on it, and nobody decided twice',
    judge({ decisions, tasks, runs, definitions }) {
      const runOf = new Map(runs.map((run) => [run.id, run]));
      const closed = Map.groupBy(tasks, ({ run }) => run);
      const once = new Set();
      return {
        checked: decisions.length,
        broken: decisions.flatMap(({ run, task, step, person }) => {
          const { steps } = definitions.get(runOf.get(run).definition);
          const kept = apart(steps, step).flatMap((rule) => rule.steps ?? []);
          const own = closed
            .get(run)
            .some(({ key, closedBy }) => closedBy === person && kept.includes(stepOf(key)));
          const again = once.has(`${task} ${person}`);
          once.add(`${task} ${person}`);
          if (own) return [`${person} decided on their own work in run ${run}`];
          return again ? [`${person} decided twice on ${task}`] : [];
        }),
      };
    },
  },
  {
    name: 'EI8',
    what: 'in no history does one person act where separation of duties needs two',
    judge({ runs, events, definitions }) {
      let checked = 0;
      const broken = runs.flatMap((run) => {
        const { steps } = definitions.get(run.definition);
        const acted = (events.get(run.id) ?? []).flatMap(({ event }) => actOf(event));
        return acted.flatMap(({ step, person, key, waived, votes }, at) => {
          if (!votes) return [];
          checked += 1;
          const before = acted.slice(0, at).filter((act) => act.person === person);
          if (before.some((act) => act.votes && act.key === key))
            return [`${person} twice: ${key}`];
          const rules = apart(steps, step).filter(({ id }) => !waived.includes(id));
          const kept = rules.flatMap((rule) => rule.steps ?? []);
          return before.some((act) => kept.includes(act.step))
            ? [`${person} has done and decided “${step}” in run ${run.id}`]
            : [];
        });
      });
      return { checked, broken };
    },
  },
];

/** The rules of a step that always hold: others depend on facts, which the engine's tests cover. */
const apart = (steps, id) =>
  (steps.find((step) => step.id === id)?.separation ?? []).filter((rule) => !rule.when);

const stepOf = (key) => key.slice(0, key.indexOf('#'));

function actOf(event) {
  const isVote = event.type === 'decision-recorded';
  if (event.by.kind !== 'person' || (!isVote && event.type !== 'task-submitted')) return [];
  const { step, key, waived } = event;
  return [{ step, key, waived, person: event.by.personId, votes: isVote }];
}
