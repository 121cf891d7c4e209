/** Who approves, one after another; nobody twice. */
export const roles = ['client.approver', 'client.validator', 'client.top_management'];

const steps = ['first', 'second', 'third'];

/** Three people approve in turn, kept apart by separation of duties. */
export const threeApprovals = {
  key: 'BENCH-APPROVALS',
  name: 'Three approvals',
  purpose: 'To be measured.',
  subject: 'ai-system',
  facts: [],
  stages: [{ key: 'approve', name: 'Approve' }],
  start: 'first',
  steps: [
    ...steps.map((id, at) => ({
      id,
      type: 'approval',
      stage: 'approve',
      name: `Approve, ${id}`,
      role: roles[at],
      question: 'Go on?',
      shows: [],
      separation:
        at === 0
          ? []
          : [
              {
                id: 'SOD-02',
                steps: steps.slice(0, at),
                because: 'You have approved before.',
                waivable: 'never',
              },
            ],
      outcomes: [
        {
          key: 'approve',
          label: 'Yes',
          effect: 'approve',
          to: steps[at + 1] ?? 'approved',
          reasonRequired: false,
          consequence: 'It goes on.',
        },
        {
          key: 'reject',
          label: 'No',
          effect: 'reject',
          to: 'rejected',
          reasonRequired: true,
          consequence: 'It ends.',
        },
      ],
    })),
    { id: 'approved', type: 'end', stage: 'approve', name: 'Approved', outcome: 'approved' },
    { id: 'rejected', type: 'end', stage: 'approve', name: 'Rejected', outcome: 'rejected' },
  ],
};
