/** Facts that the forms of the workflow below set. */
const facts = [
  { name: 'supplierName', type: { kind: 'text' }, source: 'form' },
  { name: 'personalData', type: { kind: 'boolean' }, source: 'form' },
];

const section = (fields) => ({ sections: [{ key: 'main', title: 'Questions', fields }] });
const outcome = (key, label, effect, to, consequence) => ({
  ...{ key, label, effect, to, consequence },
  reasonRequired: effect !== 'approve',
});

/**
 * A workflow of six steps and two endings, with branches side by side, a decision of two out of two,
 * and a way back to its first step. As the API takes it.
 */
export const supplierCheck = (change = {}) => ({
  name: 'Supplier check',
  purpose: 'Decides whether we may use a supplier of AI.',
  subject: 'ai-system',
  facts,
  stages: [{ key: 'work', name: 'Work' }],
  start: 'describe',
  steps: [
    {
      ...{ id: 'describe', type: 'form', stage: 'work', name: 'Describe the supplier' },
      role: 'client.system_owner',
      minutes: 20,
      due: [{ due: { amount: change.days ?? 5, unit: 'business-days' } }],
      form: section([
        {
          ...{ key: 'supplierName', type: 'text', label: 'Who is the supplier?', required: true },
          why: 'The reviewers read it.',
        },
        {
          ...{ key: 'personalData', type: 'yes-no', required: true },
          label: 'Does it see personal data?',
          why: 'Then the legal review matters more.',
        },
      ]),
      next: [{ to: 'reviews' }],
    },
    {
      ...{ id: 'reviews', type: 'parallel', stage: 'work', name: 'Reviews side by side' },
      branches: [
        { id: 'security', start: 'security', label: 'Security' },
        { id: 'legal', start: 'legal', label: 'Legal' },
      ],
      join: 'together',
    },
    {
      ...{ id: 'security', type: 'task', stage: 'work', name: 'Review the security' },
      role: 'client.security_lead',
      minutes: 45,
      form: section([]),
      next: [{ to: 'together' }],
    },
    {
      ...{ id: 'legal', type: 'task', stage: 'work', name: 'Review the contract' },
      role: 'client.legal',
      minutes: 60,
      form: section([]),
      next: [{ to: 'together' }],
    },
    {
      ...{ id: 'together', type: 'join', stage: 'work', name: 'Both reviews are in' },
      closes: 'reviews',
      next: [{ to: 'decide' }],
    },
    ...(change.extra ?? []),
    {
      ...{ id: 'decide', type: 'approval', stage: 'work', name: 'May we use it?' },
      role: 'client.approver',
      question: 'May we use this supplier?',
      due: [{ due: { amount: 3, unit: 'business-days' } }],
      quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'all' },
      outcomes: [
        outcome('yes', 'Yes', 'approve', 'accepted', 'We may use it.'),
        outcome('changes', 'Ask for changes', 'ask-for-changes', 'describe', 'It goes back.'),
        outcome('no', 'No', 'reject', 'rejected', 'We do not use it.'),
      ],
      separation: [],
      shows: ['supplierName', 'personalData'],
    },
    { id: 'accepted', type: 'end', stage: 'work', name: 'Accepted', outcome: 'accepted' },
    { id: 'rejected', type: 'end', stage: 'work', name: 'Rejected', outcome: 'rejected' },
  ],
});
