import type { Field } from '@plumbline/workflow-engine';
import { when } from '../authoring.ts';
import { dataKinds, dataUses, testTypes } from '../vocabulary.ts';
import { metrics } from '../metrics/metric-options.ts';

/** FS-CRITERIA: what a release must reach, set before anybody sees results. */
export const criteriaField: Field = {
  key: 'criteria',
  label: 'What must the tests show?',
  type: 'repeat',
  itemName: 'criterion',
  minRows: 1,
  maxRows: 40,
  required: true,
  fields: [
    { key: 'metric', label: 'Metric', type: 'select', options: metrics, required: true },
    { key: 'segment', label: 'Group or segment', type: 'text', maxLength: 200, required: false },
    {
      key: 'direction',
      label: 'The value must be',
      type: 'select',
      options: [
        { key: 'at-least', label: 'At least' },
        { key: 'at-most', label: 'At most' },
      ],
      required: true,
    },
    { key: 'threshold', label: 'Limit', type: 'number', required: true },
    { key: 'minN', label: 'Smallest sample', type: 'number', min: 1, required: true },
    { key: 'why', label: 'Why this limit?', type: 'longtext', maxLength: 1000, required: true },
  ],
};

/** FS-DATA: where data comes from, whether it may be used, and how good it is. */
export const dataRecordsField: Field = {
  key: 'dataRecords',
  label: 'Which data does it rest on?',
  type: 'repeat',
  itemName: 'dataset',
  minRows: 1,
  maxRows: 60,
  required: true,
  fields: [
    { key: 'dataset', label: 'Dataset', type: 'text', maxLength: 300, required: true },
    { key: 'use', label: 'Use', type: 'select', options: dataUses, required: true },
    {
      key: 'origin',
      label: 'Where does it come from, and how was it chosen?',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    {
      key: 'rights',
      label: 'By which right may you use it?',
      hint: 'Licence, contract, lawful basis.',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    {
      key: 'personal',
      label: 'Kinds of data',
      type: 'multiselect',
      options: dataKinds,
      required: true,
    },
    {
      key: 'quality',
      label: 'What quality is needed, and what was measured?',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    {
      key: 'bias',
      label: 'Known gaps and bias',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    {
      key: 'prep',
      label: 'Cleaning, labelling and other changes',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    { key: 'version', label: 'Version and hash', type: 'text', maxLength: 300, required: true },
    { key: 'retention', label: 'Keep until', type: 'date', required: true },
  ],
};

/** FS-TEST: what was tested, on what, with which result. */
export const testsField: Field = {
  key: 'tests',
  label: 'What was tested?',
  type: 'repeat',
  itemName: 'test',
  minRows: 1,
  maxRows: 60,
  required: true,
  fields: [
    { key: 'testType', label: 'Test', type: 'select', options: testTypes, required: true },
    {
      key: 'testedVersion',
      label: 'Version tested',
      type: 'text',
      maxLength: 300,
      required: true,
    },
    { key: 'data', label: 'Test data and its size', type: 'text', maxLength: 500, required: true },
    { key: 'results', label: 'Values', type: 'longtext', maxLength: 4000, required: true },
    {
      key: 'withinCriteria',
      label: 'Within the criteria set before?',
      type: 'yes-no',
      required: true,
    },
    {
      key: 'notTested',
      label: 'What was not tested?',
      type: 'longtext',
      maxLength: 2000,
      required: true,
    },
    { key: 'report', label: 'Report', type: 'evidence', required: false },
  ],
};

/** FS-DEPLOY: how it goes live, how it is stopped, who is told. */
export const deploymentFields: readonly Field[] = [
  {
    key: 'environment',
    label: 'Which version goes live, and where?',
    type: 'text',
    maxLength: 300,
    required: true,
  },
  { key: 'audience', label: 'Who will use it?', type: 'text', maxLength: 500, required: true },
  {
    key: 'rollout',
    label: 'How is it rolled out?',
    hint: 'Pilot, in phases, or at once.',
    type: 'longtext',
    maxLength: 4000,
    required: true,
  },
  {
    key: 'pilotPlan',
    label: 'How is the pilot limited, and what ends it?',
    type: 'longtext',
    maxLength: 4000,
    required: true,
    when: when.equal('path', 'full'),
  },
  {
    key: 'rollback',
    label: 'How is it stopped or rolled back?',
    type: 'longtext',
    maxLength: 4000,
    required: true,
  },
  {
    key: 'logSpec',
    label: 'Which events are logged?',
    type: 'longtext',
    maxLength: 2000,
    required: true,
  },
  {
    key: 'logRetentionDays',
    label: 'For how many days are logs kept?',
    hint: 'At least 180 for a high-risk system.',
    type: 'number',
    min: 1,
    max: 36_500,
    required: true,
  },
  {
    key: 'userInfo',
    label: 'What users are told, and how people learn that they meet AI',
    hint: 'Attach the text, or a picture of the screen.',
    type: 'evidence',
    required: true,
  },
  {
    key: 'trainingDone',
    label: 'Are users and overseers trained?',
    type: 'yes-no',
    required: true,
  },
  { key: 'support', label: 'Whom can users ask?', type: 'text', maxLength: 300, required: true },
  {
    key: 'responsibilityMatrix',
    label: 'Who answers for what: you, supplier, customer',
    hint: 'Attach the signed matrix.',
    type: 'evidence',
    required: true,
    when: when.equal('path', 'full'),
  },
];
