import type { WorkflowDefinition } from '../definition/definition.ts';
import { replayAgainst } from './replay-against.ts';
import { simulate } from './simulate.ts';
import { generateCases } from './generate-cases.ts';
import { language } from '../testing/language.data.ts';
import { approval, calendar, parallel } from '../testing/samples.data.ts';

const known = { trained: true, residualLevel: 'low', owner: 'ana', orgSize: 'small' };
const around = { calendar, facts: known };
const past = simulate(approval, {
  ...{ name: 'Past', facts: {}, around: { facts: known, calendar } },
  steps: [
    { step: 'describe', answers: { name: 'Helper', score: 7 } },
    { step: 'review' },
    { step: 'decide', outcome: 'approve' },
  ],
}).at(-1)!.runs[0]!.events;

const withStep = (id: string, change: object): WorkflowDefinition => ({
  ...approval,
  steps: approval.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
});

describe('a past run by its own version', () => {
  it.each([
    ['approval', approval],
    ['parallel', parallel],
    ['language', language],
  ])('goes the same way, whatever happened (%s)', (_, definition) => {
    for (const made of generateCases(definition).cases) {
      const [run] = simulate(definition, made).at(-1)!.runs;
      const facts = made.around?.facts ?? {};
      const again = replayAgainst(structuredClone(definition), run!.events, { calendar, facts });
      expect({ name: made.name, ...again }).toMatchObject({ same: true, divergences: [] });
    }
  });
});

describe('a past run by another version', () => {
  it('is the same when only words and deadlines differ', () => {
    const after = withStep('decide', { name: 'Decide', due: [] });
    expect(replayAgainst(after, past, around)).toMatchObject({
      ...{ same: true, endings: { before: 'approved', after: 'approved' } },
    });
  });

  it('shows what would be refused, and why', () => {
    const asked = withStep('decide', {
      gate: [
        {
          key: 'g',
          label: 'Tested',
          cure: 'Test it.',
          holds: { fact: 'score', is: 'above', value: 9 },
        },
      ],
    });
    const { same, divergences, endings } = replayAgainst(asked, past, around);
    expect(same).toBe(false);
    expect(divergences.map(({ text }) => text)).toEqual([
      '“Go live”: decided as “approve”. It would be refused: The gate is closed. Not met: Tested. Do these first.',
    ]);
    expect(endings).toEqual({ before: 'approved', after: null });
  });

  it('shows where it would go instead, once', () => {
    const skipped = withStep('review', { next: [{ to: 'rejected' }] });
    const { divergences, endings } = replayAgainst(skipped, past, around);
    expect(divergences[0]).toMatchObject({
      ...{ before: ['decide'], after: [] },
      text: '“Review the description”: finished. It stood at “Go live”; now it would be at its end.',
    });
    expect(endings).toEqual({ before: 'approved', after: 'rejected' });
  });

  it('sees the facts from outside as they were when it was decided', () => {
    const otherwise = { calendar, facts: { ...known, trained: false } };
    expect(replayAgainst(approval, past, otherwise).same).toBe(true);
  });

  it('needs all events of the run', () => {
    expect(() => replayAgainst(approval, past.slice(1), around)).toThrow(RangeError);
  });
});
