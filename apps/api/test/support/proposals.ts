/** What every proposal answers. */
const described = {
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
};

/** Answers that lead to the light path: an office copilot for internal text. */
export const copilot = {
  ...described,
  name: 'Office copilot',
  kind: 'off-the-shelf-tool',
  affectedGroups: ['none-outside-team'],
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
  supplierChecked: true,
  ownerAccepts: true,
};

/** An agent that issues refunds: high tier, full path. */
export const agent = {
  ...described,
  name: 'Refund agent',
  kind: 'ai-agent',
  affectedGroups: ['customers'],
  ...{ t1: 2, t2: 2, t3: 2, t4: 2, t5: 2, t6: 2, t7: 1, t8: 3 },
};
