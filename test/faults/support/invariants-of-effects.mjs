/** Seconds after a recovery until which promises may be open, and timers late at rest. */
const OLDEST_PROMISE = 30;
const LATEST_AT_REST = 5;
/** Milliseconds by which a timer may fire late once everything is back. */
const LATEST = 60_000;

/** What is promised happens, in time and once. */
export const ofEffects = [
  {
    name: 'I4',
    what: 'no promise is older than 30 s, and none was set aside',
    judge: ({ outbox, mails }) => ({
      checked: outbox.length + mails.length,
      broken: outbox
        .filter(({ parked, age }) => parked || age > OLDEST_PROMISE)
        .map(({ id, topic, parked }) => `${topic} ${id} ${parked ? 'was set aside' : 'is open'}`),
    }),
  },
  {
    name: 'I5',
    what: 'no effect happened twice, and nobody was told the same thing twice',
    judge({ copies, effects, news, since }) {
      const known = new Map(effects.map((effect) => [effect.id, effect]));
      const said = new Map();
      for (const { person, subject, path, at } of news) {
        if (at < since) continue;
        const what = `${subject} (${path}) to ${person}`;
        said.set(what, (said.get(what) ?? 0) + 1);
      }
      return {
        checked: copies.size + news.length,
        broken: [
          // A copy more for each try whose worker died before noting its end: same Message-ID.
          ...[...copies]
            .filter(([id, count]) => count > 1 + (known.get(id)?.unknownEnds ?? 0))
            .map(([id, count]) => `mail ${id} was sent ${count} times`),
          ...[...said].filter(([, count]) => count > 1).map(([what]) => `“${what}” twice`),
        ],
      };
    },
  },
  {
    name: 'I6',
    what: 'no timer is lost, none fired early, none more than 60 s after everything was back',
    judge(world) {
      const armed = [...world.events].flatMap(([run, rows]) => timersIn(run, rows));
      const rows = new Set(world.timers.map(({ subject, key }) => `${subject} ${key}`));
      return {
        checked: armed.length,
        broken: armed.flatMap(({ run, key, due, fired }) => {
          const which = `timer ${key} of run ${run}`;
          if (!rows.has(`${run} ${key}`)) return [`${which} is lost`];
          if (fired === null || fired < world.since) return [];
          if (fired < due) return [`${which} fired ${due - fired} ms early`];
          const late = fired - backAt(world.troubles, due, fired);
          return late > LATEST ? [`${which} fired ${late} ms late`] : [];
        }),
      };
    },
  },
  {
    name: 'EI5',
    what: 'each effect reached the outside, under one id, and nothing else did',
    judge({ mails, effects, copies }) {
      const known = new Map(effects.map((effect) => [effect.id, effect]));
      const promised = new Set(mails.map(({ id }) => id));
      return {
        checked: mails.length,
        broken: [
          ...mails.flatMap(({ id, done }) => {
            if (!done) return [`mail ${id} was not sent`];
            if (!known.has(id)) return [`mail ${id} counts as sent and is no effect`];
            return copies.has(id) ? [] : [`mail ${id} never came`];
          }),
          ...[...copies.keys()]
            .filter((id) => !known.has(id) || !promised.has(id))
            .map((id) => `mail ${id} came and nobody promised it`),
        ],
      };
    },
  },
  {
    name: 'EI6',
    what: 'at rest no promise is undone and no armed timer overdue by more than 5 s',
    judge: ({ outbox, overdue, timers }) => ({
      checked: timers.length,
      broken: [
        ...outbox.filter(({ age }) => age >= 0).map(({ id, topic }) => `${topic} ${id} is undone`),
        ...overdue
          .filter(({ status, age }) => status === 'parked' || age > LATEST_AT_REST)
          .map(({ id, status }) => `timer ${id} is ${status === 'parked' ? 'set aside' : 'late'}`),
      ],
    }),
  },
];

/** Every timer of a run's history: when it was due, and when it fired (null: it did not). */
function timersIn(run, rows) {
  const timers = new Map();
  const found = [];
  for (const { event } of rows) {
    if (event.type === 'timer-armed') {
      const timer = { run, key: event.key, due: Date.parse(event.dueAt), fired: null };
      timers.set(event.key, timer);
      found.push(timer);
    }
    if (event.type === 'deadline-moved') {
      const timer = timers.get(event.key);
      if (timer) timer.due = Date.parse(event.dueAt);
    }
    const fired = timers.get(event.type === 'task-escalated' ? escalation(event) : event.key);
    if (fired && FIRINGS.has(event.type)) fired.fired = Date.parse(event.at);
  }
  return found;
}

const FIRINGS = new Set(['timer-fired', 'task-escalated']);
const escalation = ({ key, level }) => `${key}^${level}`;

/** From when on a timer should have fired: its time, or the end of the trouble that it fell into. */
const backAt = (troubles, due, fired) =>
  troubles.reduce((at, { from, until }) => (from <= fired && until > at ? until : at), due);
