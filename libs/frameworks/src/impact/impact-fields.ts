import type { Condition, Field } from '@plumbline/workflow-engine';
import { when } from '../authoring.ts';
import { personalDataKinds } from '../vocabulary.ts';
import type { ImpactEffect, ImpactQuestion } from './impact-question.ts';
import { impactQuestions } from './impact-questions.data.ts';

/** Questions that the register already answers: they are shown, never asked twice. */
const answeredByRegister: Readonly<Record<string, string>> = {
  'IQ-01': 'purpose',
  'IQ-03': 'affectedGroups',
  'IQ-04': 'volume',
  'IQ-22': 'owner',
  'IQ-29': 'dataKinds',
};

/** The fact that holds the answer: `iq05` for IQ-05, or the field of the register. */
export function answerFactOf(id: string): string {
  return answeredByRegister[id] ?? id.toLowerCase().replace('-', '');
}

/** Whether the register answers this question. */
export function isInRegister(id: string): boolean {
  return id in answeredByRegister;
}

/** Open points that an answer can leave, in words for the person who decides. */
export const openPoints: Readonly<Record<string, string>> = {
  'fairness-test': 'Test whether results differ between groups.',
  'accessibility-check': 'Check that people with disabilities can use it.',
  'stakeholder-input': 'Ask people who are affected.',
  disclosure: 'Tell people that they meet AI.',
  'user-guide': 'Write down its limits for the people who use it.',
  'responsibility-matrix': 'Agree in writing who answers for what.',
  'dpia-screen': 'Check whether a data protection impact assessment is needed.',
  'transfer-check': 'Check the transfer of data abroad.',
  'component-inventory': 'List model, data and components.',
  'worker-notice': 'Inform the staff concerned.',
  'rights-note': 'Say how the rights concerned are protected.',
};

const generativeKinds = ['generative', 'retrieval-assistant', 'ai-agent'];

/** Kinds of case that a rule of the catalogue names. */
const cases: Readonly<Record<string, Condition>> = {
  high: when.equal('tier', 'high'),
  generative: when.in('kind', ...generativeKinds),
  agentic: when.equal('kind', 'ai-agent'),
  'personal-data': when.includes('dataKinds', ...personalDataKinds),
};

const celOfCase: Readonly<Record<string, string>> = {
  generative: `known(kind) && kind in ${list(generativeKinds)}`,
  agentic: 'known(kind) && kind == "ai-agent"',
  'personal-data': `known(dataKinds) && dataKinds.exists(d, d in ${list(personalDataKinds)})`,
};

function list(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
}

/** The question as a field of a form. Questions for agents, say, are asked about agents only. */
export function impactField(question: ImpactQuestion): Field {
  const effects = question.effects;
  const onlyIf = effects.find((effect) => 'onlyIf' in effect && effect.onlyIf !== 'high');
  const optional = question.answer === 'longtext' && !effects.some(mustAnswer);
  const base = {
    key: answerFactOf(question.id),
    label: question.question,
    hint: question.help,
    required: !optional,
    ...(onlyIf && 'onlyIf' in onlyIf ? { when: cases[onlyIf.onlyIf!]! } : {}),
  };
  return question.answer === 'select' || question.answer === 'multiselect'
    ? { ...base, type: question.answer, options: question.options }
    : { ...base, type: question.answer };
}

function mustAnswer(effect: ImpactEffect): boolean {
  return effect.kind === 'must-answer';
}

/** Fields of the questions asked from this tier on that the register does not answer. */
export function impactFields(
  of: (question: ImpactQuestion) => boolean,
  tierFact = 'tier',
): readonly Field[] {
  return impactQuestions
    .filter((question) => of(question) && !isInRegister(question.id))
    .map((question) =>
      question.askedFrom === 'high'
        ? { ...impactField(question), when: when.equal(tierFact, 'high') }
        : impactField(question),
    );
}

/** CEL that is true when this answer was given; never unknown. Unsure counts as yes. */
function given(question: ImpactQuestion, effect: ImpactEffect): string {
  const fact = answerFactOf(question.id);
  if (effect.answer === 'empty') return `unknown(${fact})`;
  if (effect.answer === 'any-but-none') return `(known(${fact}) && ${fact}.exists(x, x != "none"))`;
  const answer = JSON.stringify(effect.answer);
  switch (question.answer) {
    case 'multiselect':
      return `(known(${fact}) && ${answer} in ${fact})`;
    case 'yes-no-unsure':
      return effect.answer === 'yes'
        ? `(known(${fact}) && ${fact} in ["yes", "unsure"])`
        : `(known(${fact}) && ${fact} == ${answer})`;
    default:
      return `(known(${fact}) && ${fact} == ${answer})`;
  }
}

function effectsOf<K extends ImpactEffect['kind']>(kind: K, askedFrom: readonly string[]) {
  return impactQuestions
    .filter((question) => askedFrom.includes(question.askedFrom))
    .flatMap((question) =>
      question.effects
        .filter((effect): effect is Extract<ImpactEffect, { kind: K }> => effect.kind === kind)
        .map((effect) => ({ effect, given: given(question, effect) })),
    );
}

const everyTier = ['minimal', 'limited', 'high'];

/** CEL for the lowest tier that the answers allow. */
export function impactFloorCel(askedFrom: readonly string[] = everyTier): string {
  const floors = effectsOf('minimum-tier', askedFrom);
  const to = (tier: string) =>
    floors.filter(({ effect }) => effect.tier === tier).map(({ given: cel }) => cel);
  return `(${to('high').join(' || ')}) ? "high" : (${to('limited').join(' || ')}) ? "limited" : "minimal"`;
}

/** CEL for the triage points that answers add. */
export function triagePointsCel(askedFrom: readonly string[] = everyTier): string {
  return effectsOf('triage-points', askedFrom)
    .map(({ effect, given: cel }) => `(${cel} ? ${effect.points}.0 : 0.0)`)
    .join(' + ');
}

/** CEL for the open points that answers leave, one sentence after the other. */
export function openPointsCel(askedFrom: readonly string[] = everyTier): string {
  const byPoint = new Map<string, string[]>();
  for (const { effect, given: cel } of effectsOf('open-point', askedFrom)) {
    byPoint.set(effect.point, [...(byPoint.get(effect.point) ?? []), cel]);
  }
  return [...byPoint]
    .map(
      ([point, cels]) =>
        `((${cels.join(' || ')}) ? ${JSON.stringify(`${openPoints[point]!} `)} : "")`,
    )
    .join(' + ');
}

/** CEL for the number of answers that keep the system from going live. */
export function blockersCel(tierFact: string): string {
  return effectsOf('block-deployment', everyTier)
    .map(({ effect, given: cel }) => {
      const high = `known(${tierFact}) && ${tierFact} == "high"`;
      const only = effect.onlyIf ? `(${celOfCase[effect.onlyIf] ?? high}) && ` : '';
      return `(${only}${cel} ? 1.0 : 0.0)`;
    })
    .join(' + ');
}
