import type { Pattern } from './pattern.ts';

const group = (name: string, patterns: readonly Omit<Pattern, 'group'>[]): readonly Pattern[] =>
  patterns.map((pattern) => ({ ...pattern, group: name }));

/** The 43 resource patterns: who does the work, and how it finds them. */
export const resourcePatterns: readonly Pattern[] = [
  ...group('Creation patterns', [
    {
      ...{ id: 'WRP-1', name: 'Direct Distribution', verdict: 'by idiom' },
      meaning: 'The definition says which person does a step.',
      how: 'A definition serves many organisations, so it names a person by a fact of the record (`assignee: owner`).',
    },
    {
      ...{ id: 'WRP-2', name: 'Role-Based Distribution', verdict: 'direct' },
      meaning: 'A step is for everybody with a role.',
      how: '`role`, and `seats` of a decision.',
    },
    {
      ...{ id: 'WRP-3', name: 'Deferred Distribution', verdict: 'direct' },
      meaning: 'Who does a step is found out only when it comes.',
      how: '`roleFrom`: an expression over the facts of that moment gives the role.',
    },
    {
      ...{ id: 'WRP-4', name: 'Authorization', verdict: 'direct' },
      meaning: 'What people may do with their work besides doing it is laid down.',
      how: '`delegable` and `sendBackTo` of the step; only its people may take, hold or give on the task.',
    },
    {
      ...{ id: 'WRP-5', name: 'Separation of Duties', verdict: 'direct' },
      meaning: 'Two steps of a run must be done by two people (four eyes).',
      how: '`separation` by steps and by named parties, judged at the moment of acting.',
    },
    {
      ...{ id: 'WRP-6', name: 'Case Handling', verdict: 'by idiom' },
      meaning: 'One person does all the steps of a run.',
      how: '`performer` of the first step is the `assignee` of the others.',
    },
    {
      ...{ id: 'WRP-7', name: 'Retain Familiar', verdict: 'direct' },
      meaning: 'A step goes to whoever did an earlier one, if possible.',
      how: '`assign: familiar`; never against separation of duties.',
    },
    {
      ...{ id: 'WRP-8', name: 'Capability-Based Distribution', verdict: 'by idiom' },
      meaning: 'Work goes to people who have what it takes.',
      how: 'A role for each capability, chosen from the facts of the matter by `roleFrom`.',
    },
    {
      ...{ id: 'WRP-9', name: 'History-Based Distribution', verdict: 'by idiom' },
      meaning: 'Work goes to people because of what they did before.',
      how: '`assign: round-robin` looks at when people were last given work, `familiar` at what they did in this run.',
    },
    {
      ...{ id: 'WRP-10', name: 'Organisational Distribution', verdict: 'by idiom' },
      meaning: 'Work goes to people by their place in the organisation.',
      how: 'Facts of the record name the people around a matter; a step or a level of escalation goes to one of them.',
    },
    {
      ...{ id: 'WRP-11', name: 'Automatic Execution', verdict: 'direct' },
      meaning: 'A step is done without anybody.',
      how: 'Steps of the types `check`, `table`, `tell` and `signal`.',
    },
  ]),
  ...group('Push patterns', [
    {
      ...{ id: 'WRP-12', name: 'Distribution by Offer - Single Resource', verdict: 'by idiom' },
      meaning: 'Work is offered to one person, who need not take it.',
      how: 'It is assigned; releasing it offers it to everybody with the role.',
    },
    {
      ...{ id: 'WRP-13', name: 'Distribution by Offer - Multiple Resources', verdict: 'direct' },
      meaning: 'Work is offered to several people until one takes it.',
      how: 'A task without an assignee.',
    },
    {
      ...{ id: 'WRP-14', name: 'Distribution by Allocation - Single Resource', verdict: 'direct' },
      meaning: 'Work is given to one person.',
      how: '`assignee`, `assign`, or somebody who assigns it: nobody else may do it then.',
    },
    {
      ...{ id: 'WRP-15', name: 'Random Allocation', verdict: 'not supported' },
      meaning: 'Work is given to somebody by chance.',
      how: 'The same facts always give the same move, so that every run can be rebuilt and checked. Use `round-robin`.',
    },
    {
      ...{ id: 'WRP-16', name: 'Round Robin Allocation', verdict: 'direct' },
      meaning: 'People are given work in turn.',
      how: '`assign: round-robin`.',
    },
    {
      ...{ id: 'WRP-17', name: 'Shortest Queue', verdict: 'direct' },
      meaning: 'Work is given to whoever has least to do.',
      how: '`assign: least-loaded`.',
    },
    {
      ...{ id: 'WRP-18', name: 'Early Distribution', verdict: 'not supported' },
      meaning: 'Work is offered before it can be done.',
      how: 'A task always means that something can be done now. A `tell` step can announce what will come.',
    },
    {
      ...{ id: 'WRP-19', name: 'Distribution on Enablement', verdict: 'direct' },
      meaning: 'Work is offered at the moment it can be done.',
      how: 'The task opens when control comes to the step.',
    },
    {
      ...{ id: 'WRP-20', name: 'Late Distribution', verdict: 'by idiom' },
      meaning: 'Work is given to somebody some time after it could be done.',
      how: 'A level of `escalation` gives what nobody has taken to a role or a person.',
    },
  ]),
  ...group('Pull patterns', [
    {
      ...{ id: 'WRP-21', name: 'Resource-Initiated Allocation', verdict: 'direct' },
      meaning: 'Somebody takes work on without starting it yet.',
      how: 'Claiming a task.',
    },
    {
      ...{
        id: 'WRP-22',
        name: 'Resource-Initiated Execution - Allocated Work Item',
        verdict: 'direct',
      },
      meaning: 'Somebody does what was given to them, when they choose.',
      how: 'Submitting or deciding an assigned task.',
    },
    {
      ...{
        id: 'WRP-23',
        name: 'Resource-Initiated Execution - Offered Work Item',
        verdict: 'direct',
      },
      meaning: 'Somebody does what was offered, at once.',
      how: 'Submitting or deciding needs no claiming first.',
    },
    {
      ...{ id: 'WRP-24', name: 'System-Determined Work Queue Content', verdict: 'direct' },
      meaning: 'The system decides what stands in a person’s list.',
      how: 'The list is what `rolesNow` and the assignee say, what is due first on top; a later seat sees it in its turn.',
    },
    {
      ...{ id: 'WRP-25', name: 'Resource-Determined Work Queue Content', verdict: 'not supported' },
      meaning: 'People arrange their own list.',
      how: 'My tasks can be searched and narrowed to one AI system, always in the order of deadlines.',
    },
    {
      ...{ id: 'WRP-26', name: 'Selection Autonomy', verdict: 'direct' },
      meaning: 'People choose what to do next.',
      how: 'Open tasks can be done in any order.',
    },
  ]),
  ...group('Detour patterns', [
    {
      ...{ id: 'WRP-27', name: 'Delegation', verdict: 'direct' },
      meaning: 'Somebody gives their work to another person.',
      how: 'Giving a task on, or a standing substitution; separation of duties is judged for both at the moment of acting.',
    },
    {
      ...{ id: 'WRP-28', name: 'Escalation', verdict: 'direct' },
      meaning: 'Work that is not done goes to somebody else.',
      how: 'A chain of levels by share of the time up to the deadline: remind, tell, reassign, settle.',
    },
    {
      ...{ id: 'WRP-29', name: 'Deallocation', verdict: 'direct' },
      meaning: 'Somebody gives work back to everybody.',
      how: 'Releasing a task.',
    },
    {
      ...{ id: 'WRP-30', name: 'Stateful Reallocation', verdict: 'direct' },
      meaning: 'Work that was begun goes to another person, with what was done.',
      how: 'Votes, deadline and level of escalation stay with the task; a half-filled form stays with whoever began it.',
    },
    {
      ...{ id: 'WRP-31', name: 'Stateless Reallocation', verdict: 'by idiom' },
      meaning: 'Work that was begun goes to another person, who starts afresh.',
      how: 'The repair “try again” closes the task and opens it anew.',
    },
    {
      ...{ id: 'WRP-32', name: 'Suspension-Resumption', verdict: 'direct' },
      meaning: 'Work is put aside and taken up again.',
      how: 'A task on hold; its deadline keeps the business time that was left.',
    },
    {
      ...{ id: 'WRP-33', name: 'Skip', verdict: 'by idiom' },
      meaning: 'Work is passed over.',
      how: 'The repair “skip”, with a reason and, where the definition says so, a second person. A person cannot skip their own work.',
    },
    {
      ...{ id: 'WRP-34', name: 'Redo', verdict: 'direct' },
      meaning: 'Work that was done is done again.',
      how: 'Sending back to an earlier step (`sendBackTo`); what follows is done again too.',
    },
    {
      ...{ id: 'WRP-35', name: 'Pre-Do', verdict: 'not supported' },
      meaning: 'Work is done before its turn.',
      how: 'Evidence of what was decided on would rest on facts that were not there yet. Put the steps in parallel branches.',
    },
  ]),
  ...group('Auto-start patterns', [
    {
      ...{ id: 'WRP-36', name: 'Commencement on Creation', verdict: 'by idiom' },
      meaning: 'Work is in somebody’s hands as soon as it is there.',
      how: 'With `assignee` or `assign` the task opens with its person; there is no separate start.',
    },
    {
      ...{ id: 'WRP-37', name: 'Commencement on Allocation', verdict: 'direct' },
      meaning: 'Work begins as soon as somebody has it.',
      how: 'Whoever claims a task has it in work; there is no separate start.',
    },
    {
      ...{ id: 'WRP-38', name: 'Piled Execution', verdict: 'not supported' },
      meaning: 'Somebody does the same step of many runs in one go.',
      how: 'Each task is about one AI system and is decided on its own facts.',
    },
    {
      ...{ id: 'WRP-39', name: 'Chained Execution', verdict: 'by idiom' },
      meaning: 'The next step of a run starts for the same person when one is done.',
      how: '`assign: familiar` on the steps that follow.',
    },
  ]),
  ...group('Visibility patterns', [
    {
      ...{
        id: 'WRP-40',
        name: 'Configurable Unallocated Work Item Visibility',
        verdict: 'by idiom',
      },
      meaning: 'Who sees work that nobody has yet is laid down.',
      how: 'Open seats and their order: `rolesNow` says whose people see the task as theirs to do.',
    },
    {
      ...{
        id: 'WRP-41',
        name: 'Configurable Allocated Work Item Visibility',
        verdict: 'not supported',
      },
      meaning: 'Who sees work that somebody has is laid down.',
      how: 'People who read runs see all of it, others their own. Only what was voted can be kept from others (`blind`).',
    },
  ]),
  ...group('Multiple-resource patterns', [
    {
      ...{ id: 'WRP-42', name: 'Simultaneous Execution', verdict: 'direct' },
      meaning: 'One person has several pieces of work in hand at once.',
      how: 'Any number of tasks can be claimed and done in any order.',
    },
    {
      ...{ id: 'WRP-43', name: 'Additional Resources', verdict: 'by idiom' },
      meaning: 'More people come to help with a piece of work.',
      how: 'A level `tell` of the escalation adds a role that may act; comments and mentions bring in others.',
    },
  ]),
];
