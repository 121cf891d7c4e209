import type { Field } from '@plumbline/workflow-engine';
import { sensitiveAreas } from './area-options.ts';
import { prohibitedPractices } from './eu-ai-act.data.ts';

/** The ten prohibited practices, one question each: `p1` … `p10`. */
export const prohibitedFields: readonly Field[] = prohibitedPractices.map((practice) => ({
  key: practice.id.toLowerCase(),
  label: practice.practice,
  hint: `Article ${practice.article} of the EU AI Act`,
  type: 'yes-no-unsure',
  required: true,
}));

/** Whether the use is sensitive by its area, its part in a product, or by meeting people. */
export const sensitiveUseFields: readonly Field[] = [
  {
    key: 'sensitiveAreas',
    label: 'Is it used in one of these areas?',
    why: 'Uses in these areas take the full path, wherever you are: mistakes there hurt people most.',
    type: 'multiselect',
    options: sensitiveAreas,
    required: true,
  },
  {
    key: 'safetyComponent',
    label:
      'Is it a product that safety law covers, or a part that such a product’s safety rests on?',
    hint: 'Machines, toys, lifts, medical devices, vehicles and the like.',
    type: 'yes-no-unsure',
    required: true,
  },
  {
    key: 'meetsPeople',
    label:
      'Do people outside your organisation talk to it, or does it make content that is published?',
    hint: 'Answer no for drafts that one of your people edits and answers for.',
    why: 'People must then be told that they meet AI (Article 50 of the EU AI Act).',
    type: 'yes-no-unsure',
    required: true,
  },
];

const answers = prohibitedFields.map(({ key }) => key);

/** CEL for the screening's worst answer to the ten practices; unsure is worse than no. */
export const prohibitedCel = `(${answers.map((key) => `(known(${key}) && ${key} == "yes")`).join(' || ')}) ? "yes" : (${answers.map((key) => `${key} == "no"`).join(' && ')}) ? "no" : "unsure"`;

/** CEL: the use is in an area of Annex III; unsure and unanswered count as no area named. */
export const inSensitiveAreaCel = 'known(sensitiveAreas) && sensitiveAreas.exists(a, a != "none")';

/**
 * CEL for the class that the proposal's answers point to. It decides the light path only; on every
 * other path the classification workflow replaces it.
 */
export const screenedClassCel =
  'prohibitedScreen == "yes" ? "prohibited" : ' +
  'prohibitedScreen != "no" ? "hold" : ' +
  'safetyComponent != "no" ? "high-risk-annex-i" : ' +
  'sensitiveAreas.exists(a, a != "none") ? "high-risk-annex-iii" : ' +
  'meetsPeople != "no" ? "transparency" : "minimal"';
