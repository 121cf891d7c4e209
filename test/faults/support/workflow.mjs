/** A workflow of every kind of work that a fault may hit: people, a quorum, clocks, mail. */
export const CHECKED = 'Fault check';

/** When the organisation of the load works: always, so that its clocks run whenever a fault comes. */
export const ROUND_THE_CLOCK = {
  timeZone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  worksFrom: '00:00',
  worksUntil: '24:00',
  holidayCalendar: 'custom',
  daysOff: [],
};

/** The same as the engine knows it. */
export const calendar = {
  ...{ timeZone: ROUND_THE_CLOCK.timeZone, workingDays: ROUND_THE_CLOCK.workingDays },
  ...{ startHour: 0, endHour: 24, holidays: [], dueFactor: 1 },
};

const end = (id, outcome) => ({ type: 'end', id, stage: 'main', name: id, outcome });
const outcome = (key, effect, to) => ({
  ...{ key, label: key, effect, to },
  ...{ reasonRequired: false, consequence: `Goes to ${to}.` },
});

export const checkedDefinition = {
  key: 'fault-check',
  name: CHECKED,
  purpose: 'Shows that nothing is lost and nothing happens twice.',
  subject: 'ai-system',
  facts: [
    { name: 'name', type: { kind: 'text' }, source: 'subject' },
    { name: 'note', type: { kind: 'text' }, source: 'form' },
  ],
  stages: [{ key: 'main', name: 'Main' }],
  start: 'describe',
  steps: [
    {
      ...{ type: 'form', id: 'describe', stage: 'main', name: 'Describe it' },
      role: 'client.validator',
      form: {
        sections: [
          {
            ...{ key: 'main', title: 'Main' },
            fields: [{ key: 'note', label: 'Note', type: 'text', required: true }],
          },
        ],
      },
      next: [{ to: 'decide' }],
    },
    {
      ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide' },
      role: 'client.aims_manager',
      question: 'Is {name} described well enough?',
      // Whoever described it has a seat, but must not decide.
      quorum: {
        seats: [
          { role: 'client.top_management', count: 1 },
          { role: 'client.aims_manager', count: 1 },
          { role: 'client.validator', count: 1 },
        ],
        needs: 2,
      },
      separation: [
        {
          ...{ id: 'SOD-03', steps: ['describe'], waivable: 'never' },
          because: 'You have described it yourself.',
        },
      ],
      // A deadline in six minutes. The first level comes after four seconds; the second after an hour,
      // which a clock that is two hours ahead reaches and nothing else does.
      due: [{ due: { amount: 0.1, unit: 'business-hours' } }],
      escalation: [
        { at: 1, action: 'remind' },
        { at: 1000, action: 'remind' },
      ],
      shows: ['note'],
      outcomes: [outcome('approve', 'approve', 'pause'), outcome('reject', 'reject', 'rejected')],
    },
    {
      ...{ type: 'timer', id: 'pause', stage: 'main', name: 'Wait a moment' },
      // Two seconds.
      wait: { amount: 0.0005, unit: 'business-hours' },
      next: [{ to: 'tell' }],
    },
    {
      ...{ type: 'tell', id: 'tell', stage: 'main', name: 'Tell them' },
      ...{ roles: ['client.staff'], title: '{name} is checked', text: 'It is checked.' },
      next: [{ to: 'checked' }],
    },
    end('checked', 'checked'),
    end('rejected', 'rejected'),
  ],
};
