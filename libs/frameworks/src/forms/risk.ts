import type { Field } from '@plumbline/workflow-engine';
import { riskCatalogue } from '../risks/risk-catalogue.data.ts';
import { confidences, riskCategories, riskSources, treatmentOptions } from '../vocabulary.ts';
import { annexControls } from '../requirements/control-options.ts';
import { catalogueRisks } from '../risks/risk-options.ts';
import { scoreFields } from './scales.ts';

/** What a risk is: the part of FS-RISK that the system owner answers. */
export const riskDescriptionFields: readonly Field[] = [
  { key: 'title', label: 'Risk', type: 'text', maxLength: 300, required: true },
  {
    key: 'catalogueRisk',
    label: 'From the catalogue',
    type: 'select',
    options: catalogueRisks,
    required: false,
  },
  { key: 'category', label: 'Category', type: 'select', options: riskCategories, required: true },
  {
    key: 'source',
    label: 'What does it spring from?',
    type: 'select',
    options: riskSources,
    required: true,
  },
  { key: 'cause', label: 'Cause', type: 'longtext', maxLength: 2000, required: true },
  { key: 'event', label: 'What could happen?', type: 'longtext', maxLength: 2000, required: true },
  { key: 'consequence', label: 'Consequence', type: 'longtext', maxLength: 2000, required: true },
  { key: 'riskOwner', label: 'Risk owner', type: 'person', required: true },
  {
    key: 'existingControls',
    label: 'What is in place already?',
    hint: 'Numbers of controls, or your own measures.',
    type: 'longtext',
    maxLength: 2000,
    required: false,
  },
];

/** How large it is as things stand: the part of FS-RISK that the risk owner answers. */
export const riskScoreFields: readonly Field[] = [
  ...scoreFields(),
  {
    key: 'confidence',
    label: 'How sure are you?',
    type: 'select',
    options: confidences,
    required: true,
  },
  {
    key: 'rationale',
    label: 'Why these scores?',
    type: 'longtext',
    maxLength: 2000,
    required: true,
  },
];

/** FS-TREATMENT: what is done about it and what is left. */
export const treatmentFields: readonly Field[] = [
  {
    key: 'option',
    label: 'What do you do about it?',
    type: 'select',
    options: treatmentOptions,
    required: true,
  },
  {
    key: 'controls',
    label: 'Controls of Annex A',
    type: 'multiselect',
    options: annexControls,
    required: false,
  },
  {
    key: 'ownMeasures',
    label: 'Your own measures',
    type: 'longtext',
    maxLength: 2000,
    required: false,
  },
  { key: 'actions', label: 'Actions', type: 'longtext', maxLength: 4000, required: true },
  { key: 'actionOwner', label: 'Who does them?', type: 'person', required: true },
  { key: 'actionDue', label: 'By when?', type: 'date', required: true },
  ...scoreFields('residual'),
];

/** The list `risks` as it grows: described, then scored, then treated. Rows keep their place. */
export function risksField(label: string, ...parts: readonly (readonly Field[])[]): Field {
  return {
    key: 'risks',
    label,
    type: 'repeat',
    itemName: 'risk',
    minRows: 1,
    maxRows: 60,
    required: true,
    suggestions: riskCatalogue.map(({ id, title, category, cause, consequence }) => ({
      catalogueRisk: id,
      title,
      category,
      cause,
      consequence,
    })),
    fields: parts.flat(),
  };
}
