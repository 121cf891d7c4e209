import type { Field } from '@plumbline/workflow-engine';
import {
  affectedGroups,
  dataKinds,
  euRoles,
  jurisdictions,
  kinds,
  orgRoles,
  volumes,
} from '../vocabulary.ts';

/** FS-AI-SYSTEM: what the register holds about a use of AI. The use, not the tool, is described. */
export const aiSystemFields: readonly Field[] = [
  { key: 'name', label: 'What is it called?', type: 'text', maxLength: 300, required: true },
  {
    key: 'purpose',
    label: 'What will it be used for?',
    hint: 'One or two plain sentences: what goes in, what comes out, and what somebody does with it.',
    why: 'Everything else is judged against this purpose. The same tool can be harmless in one use and high-risk in another.',
    type: 'longtext',
    maxLength: 4000,
    required: true,
  },
  { key: 'kind', label: 'What kind of AI is it?', type: 'select', options: kinds, required: true },
  {
    key: 'orgRole',
    label: 'What do you do with it?',
    why: 'Which controls apply depends on whether you make it, offer it or use it.',
    type: 'multiselect',
    options: orgRoles,
    required: true,
  },
  {
    key: 'euRole',
    label: 'Which role do you have under the EU AI Act?',
    hint: 'Whoever uses a bought tool at work is a deployer. Choose Unsure if you do not know; somebody will check.',
    type: 'multiselect',
    options: euRoles,
    required: true,
  },
  {
    key: 'owner',
    label: 'Who owns this use and answers for its results?',
    hint: 'A person, not a team.',
    type: 'person',
    required: true,
  },
  {
    key: 'overseer',
    label: 'Who oversees it and may stop it?',
    type: 'person',
    required: false,
  },
  {
    key: 'supplier',
    label: 'Supplier or model provider',
    type: 'text',
    maxLength: 300,
    required: false,
  },
  {
    key: 'modelVersion',
    label: 'Model and version',
    type: 'text',
    maxLength: 300,
    required: false,
  },
  {
    key: 'affectedGroups',
    label: 'Who is affected by its results?',
    hint: 'Include people who never touch it.',
    type: 'multiselect',
    options: affectedGroups,
    required: true,
  },
  {
    key: 'volume',
    label: 'About how many people are affected in a year?',
    type: 'select',
    options: volumes,
    required: true,
  },
  {
    key: 'dataKinds',
    label: 'Which data does it use or produce?',
    hint: 'Prompts and logs count.',
    type: 'multiselect',
    options: dataKinds,
    required: true,
  },
  {
    key: 'jurisdictions',
    label: 'Where is it used, or where do its results have effect?',
    type: 'multiselect',
    options: jurisdictions,
    required: true,
  },
  {
    key: 'businessCase',
    label: 'Why AI, and what would you do without it?',
    type: 'longtext',
    maxLength: 4000,
    required: false,
  },
  { key: 'targetDate', label: 'When should it go live?', type: 'date', required: false },
];

/** Kinds that are bought from somebody else. */
export const boughtKinds = ['off-the-shelf-tool', 'embedded-feature'] as const;
