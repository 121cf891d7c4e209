import type { WorkflowDefinition } from '../definition/definition.ts';
import { runCase, runCases } from './run-cases.ts';
import type { SavedCase } from './saved-case.ts';
import { simulate, simulateStep, simulationOf, waitingIn } from './simulate.ts';
import { aDefinition, approval, end, parallel, task } from '../testing/samples.data.ts';

const around = { facts: { trained: true, residualLevel: 'low', owner: 'ana' } };
const described = { step: 'describe', answers: { name: 'Helper', score: 7 } };

const happy: SavedCase = {
  ...{ name: 'Goes live', facts: {}, around },
  steps: [described, { step: 'review' }, { step: 'decide', outcome: 'approve' }],
  expects: { ending: 'approved', facts: { tier: 'limited', outcome: 'approve' } },
};

/** Calls {@link parallel}’s workflow, which ends by a decision. */
const called: WorkflowDefinition = {
  ...aDefinition(
    'check',
    [task('check', 'done'), end('done', 'classified')],
    [
      { name: 'title', type: { kind: 'text' }, source: 'run' },
      { name: 'class', type: { kind: 'text' }, source: 'form' },
    ],
  ),
  key: 'WF-CLASSIFY',
};

describe('a simulation', () => {
  it('says after every step who can act and what is offered', () => {
    let moment = simulationOf(approval, { around });
    expect(waitingIn(moment)).toMatchObject([
      { kind: 'form', step: 'describe', roles: ['client.staff'], run: 'run', sendBackTo: [] },
    ]);
    moment = simulateStep(moment, described);
    expect(waitingIn(moment)).toMatchObject([{ step: 'review', sendBackTo: ['describe'] }]);
    moment = simulateStep(moment, { step: 'review' });
    expect(waitingIn(moment)).toMatchObject([
      {
        ...{ kind: 'decision', step: 'decide', question: 'Can Helper go live?' },
        roles: ['client.approver'],
        gate: [{ key: 'trained', met: true }],
      },
    ]);
    expect(
      waitingIn(moment).flatMap((one) => (one.kind === 'decision' ? one.outcomes : [])),
    ).toEqual(
      approval.steps.flatMap((step) =>
        step.type === 'approval' ? step.outcomes.filter(({ key }) => key !== 'stop') : [],
      ),
    );
  });

  it('is a value: an earlier moment can be gone on from in another way', () => {
    const moments = simulate(approval, happy);
    const rejected = simulateStep(moments[2]!, { step: 'decide', outcome: 'reject' });
    expect(rejected.runs[0]?.state.outcome).toBe('rejected');
    expect(moments.at(-1)?.runs[0]?.state.outcome).toBe('approved');
  });

  it('keeps duties apart: another person of the role acts, unless one is named', () => {
    const [first, ...more] = happy.steps;
    const byHand: SavedCase = {
      ...happy,
      steps: [
        { ...first!, person: 'ana', by: 'client.staff' },
        { step: 'review', person: 'ana', by: 'client.risk_owner', refused: 'separation-of-duties' },
        ...more,
      ],
    };
    expect(runCase(approval, byHand)).toMatchObject({ passed: true, ending: 'approved' });
  });

  it('refuses without changing anything, and says why', () => {
    const moment = simulationOf(approval, { around });
    const refused = simulateStep(moment, { step: 'decide', outcome: 'approve' });
    expect(refused).toEqual({
      ...moment,
      happened: [],
      refusal: { refused: true, code: 'unknown-task', message: '“decide” is not open now.' },
    });
    expect(simulationOf(approval, { facts: { outcome: 7 } })).toMatchObject({
      ...{ runs: [], refusal: { code: 'invalid-facts' } },
    });
  });

  it.each<[string, SavedCase['steps'], string]>([
    ['time', [{ skipTime: { amount: 3, unit: 'calendar-days' } }], '2026-11-27T10:00:00.000Z'],
    ['the next timer', [{ skipTime: 'next' }], '2026-11-27T10:00:00.000Z'],
  ])('lets %s pass and fires what is due by then', (_, steps, now) => {
    const all = [{ step: 'prepare' }, ...steps];
    const last = simulate(parallel, { name: 'Time', facts: {}, steps: all }).at(-1)!;
    expect(last.around.now).toBe(now);
    expect(waitingIn(last).map(({ step, kind }) => [kind, step])).toEqual([
      ['form', 'risk'],
      ['decision', 'privacy'],
      ['child', 'called'],
    ]);
  });

  it('lets time pass without a timer that is not due', () => {
    const two = { amount: 2, unit: 'calendar-days' } as const;
    const steps = [{ step: 'prepare' }, { skipTime: two }];
    const last = simulate(parallel, { name: 'Time', facts: {}, steps }).at(-1)!;
    expect(waitingIn(last).map(({ kind }) => kind)).toEqual(['form', 'time']);
  });

  it.each<[string, Partial<SavedCase>, readonly WorkflowDefinition[], readonly string[]]>([
    ['played from a library', {}, [called], ['run/called#1']],
    ['ended by a step', {}, [], []],
    ['ended at once by a stub', { stubs: { called: { outcome: 'stubbed' } } }, [called], []],
  ])('has a called workflow %s', (_, change, library, runs) => {
    const begun: SavedCase = {
      ...{ name: 'Calls', facts: {}, ...change },
      steps: [{ step: 'prepare' }, { skipTime: 'next' }],
    };
    const last = simulate(parallel, begun, library).at(-1)!;
    expect(last.runs.slice(1).map(({ id }) => id)).toEqual(runs);
    const isStubbed = begun.stubs !== undefined;
    const ended = isStubbed
      ? last
      : simulateStep(
          last,
          library.length > 0 ? { step: 'check' } : { child: 'called', outcome: 'classified' },
        );
    expect(ended.refusal).toBeNull();
    expect(ended.runs[0]?.state.facts['calledOutcome']).toBe(isStubbed ? 'stubbed' : 'classified');
  });

  it('cancels a called workflow that nobody waits for any more', () => {
    const steps = [{ step: 'prepare' }, { skipTime: 'next' as const }];
    const last = simulate(parallel, { name: 'Leaves', facts: {}, steps }, [called]).at(-1)!;
    const left = simulateStep(last, { step: 'privacy', outcome: 'no' });
    expect(left.runs.map(({ state }) => state.status)).toEqual(['ended', 'cancelled']);
  });

  it('stops workflows that call each other without an end', () => {
    const endless: WorkflowDefinition = {
      ...aDefinition(
        'again',
        [
          {
            ...{
              type: 'sub-workflow',
              id: 'again',
              stage: 'main',
              name: 'Again',
              calls: 'WF-SAMPLE',
            },
            ...{ outcomeFact: 'result', input: [], output: [], next: [{ to: 'done' }] },
          },
          end('done'),
        ],
        [{ name: 'result', type: { kind: 'text' }, source: 'run' }],
      ),
    };
    expect(simulationOf(endless, {}, [endless]).refusal?.code).toBe('too-many-steps');
  });
});

describe('saved cases', () => {
  it('pass when all goes as expected, and cover what they did', () => {
    const result = runCases(approval, [happy]);
    expect(result).toMatchObject({ passed: true, cases: [{ ending: 'approved', failures: [] }] });
    const covered = result.coverage.filter(({ by }) => by.length > 0).map(({ place }) => place);
    expect(covered).toEqual([
      ...['steps.describe', 'steps.tier', 'steps.tier.table.rules.1', 'steps.review'],
      ...['steps.decide', 'steps.decide.outcomes.approve', 'steps.approved'],
    ]);
    expect(result.covered).toBe(covered.length);
    expect(result.uncovered).toContainEqual({
      ...{ place: 'steps.review.sendBackTo.0', step: 'review', kind: 'way' },
      text: '“Review the description” is sent back to “Describe the use”.',
    });
  });

  it('cover branches, ways out of them and what is sent back', () => {
    const steps: SavedCase['steps'] = [
      ...[{ step: 'prepare' }, { step: 'risk', sendBackTo: 'prepare' }, { step: 'prepare' }],
      ...[{ skipTime: 'next' as const }, { step: 'privacy', outcome: 'no' }],
    ];
    const { covered, passed } = runCase(parallel, { name: 'Out', facts: {}, steps });
    expect(passed).toBe(true);
    expect(covered).toEqual(
      expect.arrayContaining([
        ...[
          'steps.split.branches.risk',
          'steps.split.branches.impact',
          'steps.inner.branches.called',
        ],
        ...['steps.risk.sendBackTo.0', 'steps.privacy.outcomes.no', 'steps.rejected'],
      ]),
    );
    expect(covered).not.toContain('steps.join');
  });

  it.each<[string, Partial<SavedCase>, string]>([
    [
      'another ending',
      { expects: { ending: 'rejected' } },
      'The run ended as “approved”; expected was the ending “rejected”.',
    ],
    ['another fact', { expects: { facts: { score: 8 } } }, '“Score” is 7; expected was 8.'],
    [
      'another place',
      { expects: { waitsAt: ['decide'] } },
      'The run waits at nothing; expected was “Go live”.',
    ],
    [
      'no ending',
      { steps: happy.steps.slice(0, 2), expects: undefined },
      'The run had no ending; it waits at “Go live”.',
    ],
    ['no work', { steps: [{ step: 'decide' }] }, 'Step 1 was refused: “decide” is not open now.'],
    [
      'a refusal that does not come',
      { steps: [{ ...described, refused: 'not-your-role' }, { step: 'review' }] },
      'Step 1 was to be refused (not-your-role) and was not.',
    ],
    [
      'a wrong start',
      { facts: { outcome: 7 } },
      'The start was refused: The value of “outcome” is not of its declared kind. Mend it first.',
    ],
  ])('fail with %s', (_, change, failure) => {
    expect(runCase(approval, { ...happy, ...change })).toMatchObject({
      ...{ passed: false, failures: [failure] },
    });
  });

  it('expect a refusal by its code', () => {
    const closed: SavedCase = {
      ...{ name: 'Closed gate', facts: {}, around: { facts: { residualLevel: 'low' } } },
      steps: [
        ...[described, { step: 'review' }],
        { step: 'decide', outcome: 'approve', refused: 'gate-not-met' },
        { around: { trained: true } },
        { step: 'decide', outcome: 'approve' },
      ],
      expects: { ending: 'approved' },
    };
    expect(runCase(approval, closed).failures).toEqual([]);
  });
});
