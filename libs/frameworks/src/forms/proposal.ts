import type { Condition, Field, FormDefinition } from '@plumbline/workflow-engine';
import { when } from '../authoring.ts';
import { prohibitedFields, sensitiveUseFields } from '../eu-ai-act/screening.ts';
import { impactFields } from '../impact/impact-fields.ts';
import { catalogueRisks } from '../risks/risk-options.ts';
import { aiSystemFields, boughtKinds } from './ai-system.ts';
import { scoreFields } from './scales.ts';
import { triageFields, triageSumCel, triageTriggerCel } from './triage.ts';

/** One to five risks of the catalogue, scored as they stand with the measures named. */
export const lightRisksField: Field = {
  key: 'lightRisks',
  label: 'Which of these risks matter here?',
  hint: 'Choose one to five. Score each as it stands with the measures that you name.',
  type: 'repeat',
  itemName: 'risk',
  minRows: 1,
  maxRows: 5,
  required: true,
  suggestions: [
    { risk: 'AIR-09' },
    { risk: 'AIR-15' },
    { risk: 'AIR-19' },
    { risk: 'AIR-32' },
    { risk: 'AIR-39' },
  ],
  fields: [
    { key: 'risk', label: 'Risk', type: 'select', options: catalogueRisks, required: true },
    {
      key: 'measures',
      label: 'What keeps it small?',
      hint: 'Settings, rules, checks by people.',
      type: 'longtext',
      maxLength: 1000,
      required: true,
    },
    ...scoreFields(),
  ],
};

/**
 * Answers that lead to the light path: no prohibited practice, no sensitive use, no hard trigger and
 * a low triage sum. While one is missing this is unknown, and the light questions stay hidden.
 */
const looksLight: Condition = when.all(
  ...prohibitedFields.map(({ key }) => when.equal(key, 'no')),
  when.equal('safetyComponent', 'no'),
  when.equal('meetsPeople', 'no'),
  { cel: 'sensitiveAreas.all(a, a == "none")' },
  { cel: `${triageSumCel} < 6.0` },
  { cel: `!(${triageTriggerCel})` },
);

/**
 * The first page of every proposal. For an everyday tool it is also the last: the answers that lead
 * to the light path open the 17 impact questions, the risks and the owner's acceptance.
 */
export const proposalForm: FormDefinition = {
  onePage: true,
  sections: [
    {
      key: 'describe',
      title: 'Describe the use',
      intro: 'Describe one use, not the tool. You need no special knowledge.',
      fields: aiSystemFields,
    },
    {
      key: 'prohibited',
      title: 'Practices that are not allowed',
      intro:
        'Does the use do any of the following, or could it easily? If you are not sure, say so: somebody will check.',
      fields: prohibitedFields,
    },
    {
      key: 'sensitive',
      title: 'Sensitive uses',
      fields: sensitiveUseFields,
    },
    {
      key: 'triage',
      title: 'How much care does it need?',
      intro: 'Eight short scores. Together they decide how much has to be done before it is used.',
      fields: triageFields,
    },
    {
      key: 'impact',
      title: 'Effects on people',
      intro: 'This looks like an everyday use. With the answers below it can be decided at once.',
      when: looksLight,
      fields: impactFields(({ askedFrom }) => askedFrom === 'minimal'),
    },
    {
      key: 'risks',
      title: 'Risks',
      when: looksLight,
      fields: [lightRisksField],
    },
    {
      key: 'ownership',
      title: 'Ownership',
      when: looksLight,
      fields: [
        {
          key: 'supplierChecked',
          label: 'Is the supplier’s offer approved for the data that you named?',
          hint: 'Terms, place of processing, no training on your data.',
          type: 'yes-no',
          required: true,
          when: when.in('kind', ...boughtKinds),
        },
        {
          key: 'ownerAccepts',
          label: 'Are you the owner, and do you accept to answer for this use?',
          hint: 'If somebody else is the owner, answer no: they will be asked.',
          type: 'yes-no',
          required: true,
        },
      ],
    },
  ],
};
