import { describe, expect, it } from '@jest/globals';
import {
  checkExpression,
  dictionaryOf,
  type Field,
  parseDefinition,
  validateDefinition,
} from '@plumbline/workflow-engine';
import { define, fieldsOf } from './authoring.ts';
import { euObligations } from './eu-ai-act/eu-ai-act.data.ts';
import { endings } from './endings.ts';
import { subjectFacts } from './facts.ts';
import { impactQuestions } from './impact/impact-questions.data.ts';
import { answerFactOf, openPoints } from './impact/impact-fields.ts';
import { standardForms, standardLibrary } from './library.ts';
import { optionLabel } from './option-labels.ts';
import { requirementOf } from './requirements/requirements.ts';
import { riskCatalogue } from './risks/risk-catalogue.data.ts';
import { stages } from './vocabulary.ts';

const library = standardLibrary.map((definition) => [definition.key, definition] as const);

/** Roles that a member of a client, or an adviser in it, can hold. */
const roles = [
  ...['top_management', 'aims_manager', 'approver', 'system_owner', 'risk_owner'],
  ...['technical_lead', 'validator', 'data_lead', 'security_lead', 'legal', 'supplier_manager'],
  ...['overseer', 'staff'],
]
  .map((role) => `client.${role}`)
  .concat('firm.consultant');

describe.each(library)('%s', (_, definition) => {
  it('can be published, without a warning', () => {
    // A prohibited use is stopped long before a review is planned: no row is meant to fit it.
    const meant = /^No row fits when “tier” is prohibited /;
    const problems = validateDefinition(definition, standardLibrary);
    expect(problems.filter(({ message }) => !meant.test(message))).toEqual([]);
  });

  it('is the same when it is read from its export', () => {
    const exported: unknown = JSON.parse(JSON.stringify(definition));
    expect(parseDefinition(exported)).toEqual({ definition: exported, problems: [] });
  });

  it('names only roles and requirements that exist', () => {
    for (const step of definition.steps) {
      if ('role' in step) expect(roles).toContain(step.role);
      for (const id of step.requirements ?? []) {
        expect([id, requirementOf(id)?.kind]).toEqual([
          id,
          expect.stringMatching(/^(clause|control)$/),
        ]);
      }
    }
  });

  it('writes only declared fields, each with a value of its type', () => {
    const dictionary = dictionaryOf(definition.facts);
    for (const step of definition.steps) {
      for (const { field, value } of step.type === 'end' ? (step.writes ?? []) : []) {
        const declared = subjectFacts.find(({ name }) => name === field);
        expect([field, declared !== undefined]).toEqual([field, true]);
        expect([field, checkExpression(value, dictionary, declared?.type)]).toEqual([field, []]);
      }
    }
  });

  it('gives each ending a name of its own and a stage that exists', () => {
    const all = endings(definition);
    expect(new Set(all.map(({ outcome }) => outcome)).size).toBe(all.length);
    const known = stages.map(({ key }) => key);
    for (const { stage } of all) if (stage !== null) expect(known).toContain(stage);
  });

  it('says of every outcome what changes, and never approves without separation of duties', () => {
    for (const step of definition.steps) {
      if (step.type !== 'approval') continue;
      for (const outcome of step.outcomes) {
        expect(outcome.consequence).toMatch(/\.$/);
        expect(outcome.reasonRequired).toBe(outcome.effect !== 'approve');
      }
      const stops =
        step.outcomes.every(({ effect }) => effect !== 'approve') ||
        definition.key === 'WF-STOP-CHECK';
      if (!stops) expect(step.separation.length).toBeGreaterThan(0);
      for (const rule of step.separation) expect(rule.because).toMatch(/\.$/);
    }
  });

  it('has a deadline for every piece of work that somebody waits for', () => {
    for (const step of definition.steps) {
      if (!('role' in step) || step.id === 'propose') continue;
      // Thousands are opened by one import.
      if (definition.key === 'WF-REGISTER') continue;
      expect([step.id, step.due?.length ?? 0]).not.toEqual([step.id, 0]);
    }
  });
});

describe('every form', () => {
  function everyField(fields: readonly Field[]): readonly Field[] {
    return fields.flatMap((field) =>
      field.type === 'repeat' ? [field, ...everyField(field.fields)] : [field],
    );
  }

  it.each(standardForms.map((form) => [`${form.workflow} ${form.step}`, form] as const))(
    '%s has keys that are stable, options that differ and plain questions',
    (_, { form }) => {
      for (const field of everyField(fieldsOf(form))) {
        expect(field.key).toMatch(/^[a-z][A-Za-z0-9]*$/);
        expect(field.label).toMatch(/^\S.*\S$/);
        if (field.type === 'select' || field.type === 'multiselect') {
          const keys = field.options.map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          for (const key of keys) {
            expect(key).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*|(AIR|EU)-\d\d|A\.[\d.]+|MX-[A-Z0-9-]+)$/);
          }
        }
        if (field.type === 'scale') expect(field.labels).toHaveLength(field.max - field.min + 1);
      }
      const keys = fieldsOf(form).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  it('suggests only what the catalogues hold, and no scores', () => {
    const ids = [...riskCatalogue, ...euObligations].map(({ id }) => id);
    for (const { form } of standardForms) {
      for (const field of fieldsOf(form)) {
        for (const row of field.type === 'repeat' ? (field.suggestions ?? []) : []) {
          expect(ids).toContain(row['risk'] ?? row['catalogueRisk'] ?? row['duty']);
          expect(Object.keys(row).filter((key) => /likelihood|impact/i.test(key))).toEqual([]);
        }
      }
    }
  });

  it('fits the light path on one page: 17 impact questions, 12 of them asked there', () => {
    const light = impactQuestions.filter(({ askedFrom }) => askedFrom === 'minimal');
    expect(light).toHaveLength(17);
    const page = standardForms.find(({ step }) => step === 'propose');
    const keys = fieldsOf(page!.form).map(({ key }) => key);
    for (const { id } of light) expect(keys).toContain(answerFactOf(id));
    expect(keys.filter((key) => key.startsWith('iq'))).toHaveLength(12);
  });
});

describe('impact questions', () => {
  it('are 48: 17, 39 and all of them by tier', () => {
    const from = (...tiers: string[]) =>
      impactQuestions.filter(({ askedFrom }) => tiers.includes(askedFrom)).length;
    expect([from('minimal'), from('minimal', 'limited'), impactQuestions.length]).toEqual([
      17, 39, 48,
    ]);
  });

  it('have effects only for answers that can be given, and points that have words', () => {
    for (const { id, answer, options, effects } of impactQuestions) {
      for (const effect of effects) {
        const given =
          answer === 'yes-no-unsure' ? ['yes', 'no', 'unsure'] : options.map(({ key }) => key);
        expect([id, [...given, 'empty', 'any-but-none']]).toEqual([
          id,
          expect.arrayContaining([effect.answer]),
        ]);
        if (effect.kind === 'open-point') expect(openPoints).toHaveProperty([effect.point]);
      }
    }
  });

  it('all are asked in the impact assessment or answered by the register', () => {
    const definition = standardLibrary.find(({ key }) => key === 'WF-IMPACT')!;
    const facts = new Set(definition.facts.map(({ name }) => name));
    for (const { id } of impactQuestions) expect(facts).toContain(answerFactOf(id));
  });
});

describe('authoring', () => {
  it('refuses a definition that sets a fact nobody declared', () => {
    expect(() =>
      define(
        {
          key: 'WF-X',
          name: 'X',
          purpose: 'X',
          stages: [{ key: 'a', name: 'A' }],
          start: 'a',
          steps: [
            {
              id: 'a',
              type: 'check',
              stage: 'a',
              name: 'A',
              set: [{ fact: 'nobodyKnows', value: { cel: '1' } }],
              next: [{ to: 'a' }],
            },
          ],
        },
        [],
      ),
    ).toThrow('Declare the fact “nobodyKnows”');
  });
});

describe('optionLabel', () => {
  it('has words for every option of a fact of the register that rules read', () => {
    const unnamed = subjectFacts.filter(
      ({ name, type }) =>
        'options' in type && type.options.some((key) => optionLabel(name, key) === undefined),
    );
    expect(unnamed).toEqual([]);
    expect(optionLabel('regClass', 'hold')).toBe('On hold until legal has answered');
    expect(optionLabel('toString', 'x')).toBeUndefined();
  });
});
