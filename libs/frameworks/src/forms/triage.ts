import type { Field } from '@plumbline/workflow-engine';

const questions: readonly (readonly [
  key: string,
  label: string,
  labels: readonly [string, string, string, string],
])[] = [
  [
    't1',
    'What effect can a result have on a person?',
    ['None', 'Minor', 'Notable', 'Legal, or as significant as that'],
  ],
  [
    't2',
    'How much does it do on its own?',
    [
      'Suggests; a person decides',
      'A person approves each action',
      'Acts or replies directly; people watch and can undo',
      'Acts alone',
    ],
  ],
  [
    't3',
    'How many people are concerned?',
    ['Under 100', 'Under 1,000', 'Under 10,000', '10,000 or more'],
  ],
  [
    't4',
    'How sensitive is the data?',
    [
      'Public',
      'Internal',
      'Personal or confidential',
      'Special category, criminal offences, or about children',
    ],
  ],
  [
    't5',
    'How fast can a wrong result be put right?',
    ['At once', 'Within hours', 'Within days', 'It cannot'],
  ],
  [
    't6',
    'Who meets it?',
    ['A few of your own people', 'All of your own people', 'Customers', 'The public'],
  ],
  [
    't7',
    'How many of the people affected are vulnerable?',
    ['None', 'Some', 'Many', 'Mainly vulnerable people or children'],
  ],
  [
    't8',
    'How new and how opaque is it?',
    [
      'Simple rules',
      'An established tool',
      'A complex model',
      'New, self-learning, or an agent with tools',
    ],
  ],
];

/** FS-TRIAGE: eight scores from 0 to 3 that lead to the tier. */
export const triageFields: readonly Field[] = questions.map(([key, label, labels]) => ({
  key,
  label,
  type: 'scale',
  min: 0,
  max: 3,
  labels,
  required: true,
}));

/** CEL for the sum of the eight scores; unknown while one is missing. */
export const triageSumCel = questions.map(([key]) => key).join(' + ');

/** CEL that is true when one score alone makes the tier high; never unknown. */
export const triageTriggerCel =
  '(known(t1) && t1 == 3.0) || (known(t2) && t2 == 3.0 && known(t6) && t6 >= 2.0) || ' +
  '(known(t4) && t4 == 3.0) || (known(t5) && t5 == 3.0) || (known(t7) && t7 == 3.0)';
