import { describe, expect, it } from '@jest/globals';
import type { Facts, FactValue } from '@plumbline/workflow-engine';
import { aiSystemLifecycle, daysOfCadence } from './ai-system-lifecycle.ts';
import { writableFields } from './facts.ts';
import {
  dayAfter,
  nextRuns,
  type NextRun,
  runsOn,
  stageAfter,
  startable,
  startFacts,
} from './lifecycle.ts';
import { definitionOf, standardLibrary } from './library.ts';
import { play, type Script } from './testing/journey.ts';
import { cadences } from './vocabulary.ts';

const people = {
  owner: 'client.system_owner#1',
  overseer: 'client.overseer#1',
  builders: ['client.technical_lead#1'],
};

const answers = {
  ...people,
  orgRole: ['user'],
  euRole: ['deployer'],
  jurisdictions: ['uk'],
  affectedGroups: ['customers'],
  volume: '1000-to-10000',
  dataKinds: ['personal-data'],
  sensitiveAreas: ['none'],
  ...{ isAi: 'yes', inEu: 'no', prohibitedUse: 'no', safetyComponent: 'no', meetsPeople: 'no' },
  acceptsOwnership: true,
  sourcesLeftOut: 'Looked at.',
  ...{ iq05: 'no', iq14: 'yes', iq16: 'human-approves-each-action', iq18: 'instantly' },
  ...{ iq09: 'yes-within-thresholds', iq23: 'fully', iq25: 'no', iq26: 'tested-fallback' },
  ...{ iq21: 'By mail.', iq27: 'yes', iq28: '1 of 500.', iq34: 'done-nothing-serious-open' },
  ...{ iq40: 'no', noHarmsWhy: 'Each action is approved.', shareWanted: false },
  tests: [
    {
      testType: 'performance',
      testedVersion: '1.0',
      data: '500 cases',
      results: '0.98',
      withinCriteria: true,
      notTested: 'Nothing.',
    },
  ],
};
const agent = {
  ...answers,
  name: 'Refund agent',
  kind: 'ai-agent',
  ...{ t1: 2, t2: 2, t3: 2, t4: 2, t5: 2, t6: 2, t7: 1, t8: 3 },
  ...{ cadence: 'monthly' },
  monitors: [
    {
      metric: 'MX-IRR',
      baseline: 'None',
      ...{ warn: 0, breach: 1, minN: 1 },
      cadence: 'monthly',
      monitorOwner: 'client.system_owner#1',
    },
  ],
};
const scoring = {
  ...agent,
  name: 'Lead scoring',
  kind: 'predictive-model',
  affectedGroups: ['business-partners'],
  ...{ t1: 1, t2: 0, t3: 2, t4: 2, t5: 0, t6: 0, t7: 0, t8: 2 },
};
const copilot = {
  ...scoring,
  name: 'Office copilot',
  kind: 'off-the-shelf-tool',
  ...{ t1: 0, t3: 1, t6: 1, t8: 1 },
  ...{ iq07: 'no', iq12: 'yes', iq13: 'no', iq31: ['no'], iq32: 'no', iq42: 'no', iq44: 'no' },
};

/** An AI system that lives: its facts, the runs that wait, and what has been run. */
class Life {
  facts: Readonly<Record<string, FactValue>> = { stage: 'proposed', orgSize: 'medium' };
  private stage = 'proposed';
  readonly log: string[] = [];
  readonly workers = new Set<string>();
  readonly tasks: string[] = [];
  private readonly script: Script;

  constructor(script: Script) {
    this.script = script;
  }

  /** Plays these runs and everything that they bring about, until nothing is left to start. */
  run(...first: readonly NextRun[]): this {
    const waiting = [...first];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (this.log.length > 60) throw new Error('This life has no end.');
      waiting.push(...this.end(next, false));
    }
    return this;
  }

  start(workflow: string, facts: Facts = {}): this {
    return this.run({ workflow, rule: 'test', because: 'Test.', facts });
  }

  private end({ workflow, facts: given }: NextRun, called: boolean): readonly NextRun[] {
    const definition = definitionOf(workflow)!;
    const children = Object.fromEntries(
      definition.steps
        .flatMap((step) => (step.type === 'sub-workflow' ? [step.calls] : []))
        .map((key) => [key, this.child(key)]),
    );
    const { state, writes, tasks } = play(definition, {
      ...this.script,
      subject: this.facts,
      start: startFacts(definition, this.facts, { proposer: 'client.staff#1', ...given }),
      children,
    });
    for (const { by, step } of tasks) {
      this.workers.add(by);
      this.tasks.push(step);
    }
    for (const field of Object.keys(writes)) expect(writableFields).toContain(field);
    this.facts = { ...this.facts, ...writes };
    const ended = { workflow, outcome: state.outcome!, called };
    this.stage = stageAfter(aiSystemLifecycle, ended, this.stage);
    expect(this.facts['stage']).toBe(this.stage);
    this.log.push(`${workflow} ${ended.outcome}`);
    return nextRuns(aiSystemLifecycle, ended, this.facts);
  }

  /** A called run plays first, on the same system; nothing follows from its end by itself. */
  private child(workflow: string) {
    if (workflow !== 'WF-CLASSIFY') return { outcome: 'accepted', facts: {} };
    const { state } = play(definitionOf(workflow)!, {
      ...this.script,
      subject: this.facts,
      start: { name: this.script.answers?.['name'] ?? null },
    });
    return { outcome: state.outcome!, facts: state.facts };
  }
}

function due(life: Life, every: 'monitorCadence' | 'reviewInterval'): readonly NextRun[] {
  return runsOn(aiSystemLifecycle, { kind: 'schedule', every }, life.facts);
}

describe('the life of an AI system', () => {
  it('light: an office copilot is live after one run', () => {
    const life = new Life({ answers: { ...copilot, owner: 'client.staff#1' } }).start('WF-INTAKE');
    expect(life.log).toEqual(['WF-INTAKE approved-for-use']);
    expect(life.tasks.length).toBeLessThanOrEqual(3);
    expect(life.facts).toMatchObject({ stage: 'live', tier: 'minimal', monitorCadence: 'yearly' });
    life.run(...due(life, 'monitorCadence')).run(...due(life, 'reviewInterval'));
    expect(life.log.slice(1)).toEqual(['WF-MONITOR within-limits', 'WF-REVIEW kept']);
  });

  it('standard: risk and impact, then deployment beside the monitoring plan, then live', () => {
    const life = new Life({ answers: scoring }).start('WF-INTAKE');
    expect(life.log.filter((line) => !line.startsWith('WF-TREATMENT'))).toEqual([
      'WF-INTAKE to-assessment',
      'WF-RISK accepted',
      'WF-IMPACT approved',
      'WF-MONITOR-PLAN approved',
      'WF-DEPLOY approved',
      'WF-GO-LIVE live',
    ]);
    expect(life.facts).toMatchObject({ stage: 'live', tier: 'limited', reviewInterval: 'P12M' });
  });

  it('full: more than six people take a custom agent to live, a measurement and a review', () => {
    const life = new Life({
      answers: {
        ...agent,
        ...{ stopNow: false, decision: 'no-action', keep: 'keep' },
        ...{ newGroups: false, changesMissed: false, newRisks: false },
        measurements: [
          {
            ...{ metric: 'MX-IRR', metricClass: 'agent', value: 0, sample: 900, level: 'ok' },
            method: 'Log query',
          },
        ],
      },
      decide: { decide: 'start-pilot' },
    }).start('WF-INTAKE');
    expect(life.log.filter((line) => !line.startsWith('WF-TREATMENT'))).toEqual([
      'WF-INTAKE to-assessment',
      'WF-RISK accepted',
      'WF-IMPACT approved',
      'WF-MONITOR-PLAN approved',
      'WF-DEPLOY pilot-approved',
      'WF-GO-LIVE live',
    ]);
    expect(life.facts).toMatchObject({ stage: 'live', tier: 'high', reviewInterval: 'P6M' });
    expect(life.workers.size).toBeGreaterThan(6);
    life.run(...due(life, 'monitorCadence'));
    expect(life.log.at(-1)).toBe('WF-MONITOR within-limits');
    expect(due(life, 'reviewInterval').map(({ workflow }) => workflow)).toEqual(['WF-REVIEW']);
  });

  it('stop: a prohibited use ends, and somebody confirms it later', () => {
    const life = new Life({ answers: { ...agent, p6: 'yes', prohibitedUse: 'yes' } }).start(
      'WF-INTAKE',
    );
    expect(life.log).toEqual(['WF-INTAKE stopped', 'WF-STOP-CHECK stopped']);
    expect(life.facts).toMatchObject({ stage: 'stopped', tier: 'prohibited' });
  });

  it('starts the deployment once, whichever of risk and impact ends last', () => {
    const facts = { stage: 'assessing', riskStatus: 'accepted', impactStatus: 'approved' };
    const open = { ...facts, impactStatus: 'in-progress' };
    const next = (workflow: string, outcome: string, given: Facts) =>
      nextRuns(aiSystemLifecycle, { workflow, outcome, called: false }, given).map(
        (run) => run.workflow,
      );
    expect(next('WF-RISK', 'accepted', open)).toEqual([]);
    expect(next('WF-IMPACT', 'approved', facts)).toEqual(['WF-MONITOR-PLAN', 'WF-DEPLOY']);
    expect(next('WF-IMPACT', 'approved', { ...facts, riskStatus: 'in-progress' })).toEqual([]);
    expect(next('WF-RISK', 'accepted', facts)).toEqual(['WF-MONITOR-PLAN', 'WF-DEPLOY']);
    expect(next('WF-RISK', 'accepted', { ...facts, stage: 'live' })).toEqual([]);
  });

  it('starts one detached follow-up for each action, with the action in hand', () => {
    const row = (title: string, option: string) => ({
      title,
      option,
      actions: 'Do it.',
      actionOwner: 'somebody',
      actionDue: '2027-01-31',
    });
    const facts = { stage: 'live', risks: [row('A', 'modify'), row('B', 'retain')] };
    const ended = { workflow: 'WF-RISK', outcome: 'accepted', called: false };
    expect(nextRuns(aiSystemLifecycle, ended, facts)).toEqual([
      {
        workflow: 'WF-TREATMENT',
        rule: 'treat',
        because: 'The treatment plan was approved.',
        facts: {
          riskTitle: 'A',
          actions: 'Do it.',
          actionOwner: 'somebody',
          actionDue: '2027-01-31',
        },
      },
    ]);
  });

  it('starts nothing from a run that another one waits for, but the actions it decided', () => {
    const facts = { stage: 'assessing', impactStatus: 'approved', risks: [{ option: 'modify' }] };
    const ended = { workflow: 'WF-RISK', outcome: 'accepted', called: true };
    expect(nextRuns(aiSystemLifecycle, ended, facts).map(({ workflow }) => workflow)).toEqual([
      'WF-TREATMENT',
    ]);
  });

  it.each([
    ['WF-REVIEW', 'change', ['WF-INTAKE']],
    ['WF-REVIEW', 'retire', ['WF-RETIRE']],
    ['WF-REVIEW', 'kept', []],
    ['WF-MONITOR', 'review-needed', ['WF-REVIEW']],
    ['WF-MONITOR', 'incident', ['WF-REVIEW']],
    ['WF-MONITOR', 'retire', ['WF-RETIRE']],
    ['WF-MONITOR', 'within-limits', []],
    ['WF-TREATMENT', 'not-effective', ['WF-REVIEW']],
    ['WF-MONITOR-PLAN', 'refused', []],
  ])('%s %s starts %j', (workflow, outcome, started) => {
    const ended = { workflow, outcome, called: false };
    const runs = nextRuns(aiSystemLifecycle, ended, { stage: 'live', path: 'full' });
    expect(runs.map((run) => run.workflow)).toEqual(started);
  });

  it('starts a review for a change that matters, a measurement for a breach', () => {
    const live = { stage: 'live', path: 'light' };
    const changed = (...fields: string[]) =>
      runsOn(aiSystemLifecycle, { kind: 'record-changed', fields }, live).map((r) => r.workflow);
    expect(changed('purpose')).toEqual(['WF-REVIEW']);
    expect(changed('businessCase')).toEqual([]);
    const happened = { kind: 'record-changed', fields: ['purpose'] } as const;
    expect(runsOn(aiSystemLifecycle, happened, { stage: 'live', path: null })).toEqual([]);
    const breach = { kind: 'breach', level: 'critical' } as const;
    expect(runsOn(aiSystemLifecycle, breach, live).map((r) => r.workflow)).toEqual(['WF-MONITOR']);
    expect(runsOn(aiSystemLifecycle, breach, { stage: 'retired' })).toEqual([]);
  });

  it.each([
    ['proposed', ['WF-INTAKE']],
    ['assessing', ['WF-RISK', 'WF-IMPACT', 'WF-MONITOR-PLAN']],
    ['live', ['WF-REVIEW', 'WF-CLASSIFY', 'WF-MONITOR', 'WF-RETIRE']],
    ['retired', []],
  ])('lets people start the right things when it is %s', (stage, workflows) => {
    const facts = { stage, path: 'full', tier: 'high' };
    expect(startable(aiSystemLifecycle, facts)).toEqual(workflows);
  });

  it('lets a system that came from an inventory begin with the intake, whatever its stage', () => {
    expect(startable(aiSystemLifecycle, { stage: 'live' })).toContain('WF-INTAKE');
    const governed = { stage: 'live', tier: 'limited', path: 'standard' };
    expect(startable(aiSystemLifecycle, governed)).not.toContain('WF-INTAKE');
    expect(startable(aiSystemLifecycle, { ...governed, path: null })).toContain('WF-INTAKE');
    expect(startable(aiSystemLifecycle, { stage: 'retired' })).toEqual([]);
  });

  it.each([
    ['proposed', null, false, ['WF-REGISTER']],
    ['live', null, false, ['WF-REGISTER']],
    ['live', null, true, []],
    ['live', 'light', false, []],
    ['retired', null, false, []],
  ])(
    '%s, path %j, complete %j: an incomplete entry starts %j',
    (stage, path, entryComplete, starts) => {
      const facts = { stage, path, entryComplete };
      const runs = runsOn(aiSystemLifecycle, { kind: 'incomplete' }, facts);
      expect(runs.map(({ workflow }) => workflow)).toEqual(starts);
      expect(startable(aiSystemLifecycle, facts).includes('WF-REGISTER')).toBe(starts.length > 0);
    },
  );

  it('names only workflows, outcomes and fields that exist', () => {
    const outcomes = (workflow: string) =>
      definitionOf(workflow)!.steps.flatMap((step) => (step.type === 'end' ? [step.outcome] : []));
    for (const { on, start, where } of aiSystemLifecycle.rules) {
      for (const workflow of start) expect(definitionOf(workflow)).toBeDefined();
      if (on.kind === 'run-ended') {
        for (const outcome of on.outcomes) expect(outcomes(on.workflow)).toContain(outcome);
      }
      if (on.kind === 'record-changed') {
        for (const field of on.fields) expect(writableFields).toContain(field);
      }
      for (const field of Object.keys(where ?? {})) {
        if (field !== 'entryComplete') expect(writableFields).toContain(field);
      }
    }
    expect(new Set(aiSystemLifecycle.rules.map(({ id }) => id)).size).toBe(
      aiSystemLifecycle.rules.length,
    );
    expect(Object.keys(daysOfCadence)).toEqual(cadences.map(({ key }) => key));
  });
});

describe('startFacts', () => {
  it('hands in what was given, then what the system knows, and nothing that it reads itself', () => {
    const classify = standardLibrary.find(({ key }) => key === 'WF-CLASSIFY')!;
    const facts = { name: 'Old', purpose: 'Drafts.', tier: 'high', supplier: 'Somebody' };
    expect(startFacts(classify, facts, { name: 'New' })).toEqual({
      name: 'New',
      purpose: 'Drafts.',
    });
  });
});

describe('dayAfter', () => {
  it.each([
    ['2026-11-25', 'P6M', '2027-05-25'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2026-11-25', 'P12M', '2027-11-25'],
    ['2028-02-29', 'P12M', '2029-02-28'],
    ['2026-12-31', 'P3M', '2027-03-31'],
    ['2026-12-31', 'P30D', '2027-01-30'],
  ])('%s and %s: %s', (day, duration, after) => {
    expect(dayAfter(day, duration)).toBe(after);
  });

  it('refuses what is not a duration', () => {
    expect(() => dayAfter('2026-11-25', 'soon')).toThrow(RangeError);
  });
});
