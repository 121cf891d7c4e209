/** Answers that lead to the light path: an office copilot for internal text. */
export const officeCopilot = {
  name: 'Office copilot',
  kind: 'off-the-shelf-tool',
  affectedGroups: ['none-outside-team'],
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
  supplierChecked: true,
};
