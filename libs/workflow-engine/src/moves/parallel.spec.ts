import type { Step } from '../definition/definition.ts';
import { Driven } from '../testing/driven.ts';
import {
  aDefinition,
  end,
  outcome,
  parallel,
  person,
  system,
  task,
} from '../testing/samples.data.ts';

const ana = person('ana', 'client.staff', 'client.approver');
const later = '2026-11-27T10:00:00.000Z';

const split = (id: string, join: string, ...starts: string[]): Step => ({
  ...{ type: 'parallel', id, stage: 'main', name: id, join },
  branches: starts.map((start, at) => ({ id: `b${at}`, start })),
});
const join = (id: string, closes: string, to: string): Step => ({
  ...{ type: 'join', id, stage: 'main', name: id, closes },
  next: [{ to }],
});
const decide = (id: string, yes: string, no: string): Step => ({
  ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
  ...{ separation: [], shows: [] },
  outcomes: [outcome('yes', 'approve', yes), outcome('no', 'reject', no)],
});

/** The sample with everything open: risk, and inside the other branch privacy and the call. */
function allOpen(): Driven {
  const run = new Driven(parallel, { facts: { name: 'Helper' } })
    .submit('prepare#1', ana)
    .at(later);
  return run.do({ type: 'fire-timer', timer: 'wait#1', by: system });
}

describe('a parallel block', () => {
  it('starts every branch and waits at the join for all of them', () => {
    const run = new Driven(parallel).submit('prepare#1', ana);
    expect(run.state.tokens).toEqual([
      { step: 'risk', visit: 1, scope: ['split#1/risk'] },
      { step: 'wait', visit: 1, scope: ['split#1/impact'] },
    ]);
    expect(run.state.timers).toEqual([
      { key: 'wait#1', step: 'wait', dueAt: '2026-11-27T10:00:00.000Z', kind: 'wait' },
    ]);
    run.submit('risk#1', ana);
    expect(run.state.tokens).toContainEqual({ step: 'join', visit: 1, scope: ['split#1/risk'] });
    expect(run.state.status).toBe('running');
  });

  it('hands facts to a called workflow and takes them back', () => {
    const run = allOpen();
    expect(run.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'child-started', key: 'called#1', calls: 'WF-CLASSIFY' },
        facts: { title: 'Helper' },
      }),
    );
    run.do({
      ...{ type: 'end-child', child: 'called#1', outcome: 'classified', by: system },
      facts: { class: 'minimal', other: 1 },
    });
    expect(run.state.facts).toEqual({ calledOutcome: 'classified', regClass: 'minimal' });
    expect(run.state.children).toEqual([]);
    expect(run.decide('privacy#1', ana, 'yes').submit('risk#1', ana).state.outcome).toBe('done');
  });

  it('goes on past joins of nested blocks when the last branch arrives', () => {
    const run = allOpen().submit('risk#1', ana).decide('privacy#1', ana, 'yes');
    const count = run.events.length;
    run.do({ type: 'end-child', child: 'called#1', outcome: 'done', facts: {}, by: system });
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'done', tokens: [] });
    expect(run.since(count)).toEqual([
      ...['child-ended', 'facts-set', 'step-left', 'step-entered', 'step-left', 'step-left'],
      ...['step-entered', 'step-left', 'step-left', 'step-entered', 'step-left', 'run-ended'],
    ]);
  });

  it('is closed, with its tasks, timers and children, when sent back to before it', () => {
    const run = new Driven(parallel).submit('prepare#1', ana);
    const count = run.events.length;
    run.do({ type: 'send-back', task: 'risk#1', to: 'prepare', reason: 'Wrong.', by: ana });
    expect(run.since(count)).toEqual([
      ...['sent-back', 'task-closed', 'step-left', 'timer-disarmed', 'step-cancelled'],
      ...['step-entered', 'task-opened'],
    ]);
    expect(run.state.tokens).toEqual([{ step: 'prepare', visit: 2, scope: [] }]);
    run.submit('prepare#2', ana);
    expect(run.state.tokens.map(({ scope }) => scope)).toEqual([
      ['split#2/risk'],
      ['split#2/impact'],
    ]);
  });

  it('is closed with everything nested in it', () => {
    const run = allOpen();
    run.do({ type: 'send-back', task: 'risk#1', to: 'prepare', reason: 'Wrong.', by: ana });
    expect(run.open).toEqual(['prepare#2']);
    expect(run.state.children).toEqual([]);
    expect(run.events.filter(({ type }) => type === 'child-cancelled')).toHaveLength(1);
    expect(run.events).toContainEqual(
      expect.objectContaining({ type: 'task-closed', key: 'privacy#1', why: 'cancelled' }),
    );
  });

  it('keeps the outer block when only the inner one is left', () => {
    const run = allOpen().decide('privacy#1', ana, 'redo');
    expect(run.state.tokens).toEqual([
      { step: 'risk', visit: 1, scope: ['split#1/risk'] },
      { step: 'wait', visit: 2, scope: ['split#1/impact'] },
    ]);
    expect(run.state.children).toEqual([]);
  });

  it('is closed by an ending inside a branch', () => {
    const run = allOpen().decide('privacy#1', ana, 'no');
    expect(run.state).toMatchObject({
      ...{ status: 'ended', outcome: 'rejected', tokens: [], tasks: [], timers: [], children: [] },
    });
  });

  it('is closed when the run is cancelled', () => {
    const run = allOpen().do({ type: 'cancel', reason: 'No budget.', by: ana });
    expect(run.state).toMatchObject({
      ...{ status: 'cancelled', outcome: null, tokens: [], tasks: [], timers: [], children: [] },
    });
    expect(run.events.at(-1)).toMatchObject({ type: 'run-cancelled', reason: 'No budget.' });
  });

  it('passes at once when all branches are automatic', () => {
    const check = (id: string): Step => ({
      ...{ type: 'check', id, stage: 'main', name: id },
      next: [{ to: 'j' }],
    });
    const run = new Driven(
      aDefinition('p', [
        split('p', 'j', 'a', 'b'),
        check('a'),
        check('b'),
        join('j', 'p', 'e'),
        end('e'),
      ]),
    );
    expect(run.state.outcome).toBe('e');
  });

  it('never starts a branch after another has ended the run', () => {
    const run = new Driven(
      aDefinition('p', [
        split('p', 'j', 'a', 'b'),
        { ...{ type: 'check', id: 'a', stage: 'main', name: 'a' }, next: [{ to: 'out' }] },
        task('b', 'j'),
        join('j', 'p', 'e'),
        ...[end('e'), end('out')],
      ]),
    );
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'out', tasks: [], tokens: [] });
    expect(run.events.filter(({ type }) => type === 'run-ended')).toHaveLength(1);
  });

  it('is skipped as a whole, past its join', () => {
    const run = new Driven(
      aDefinition('p', [
        { ...split('p', 'j', 'a', 'b'), when: { cel: 'false' } },
        ...[task('a', 'j'), task('b', 'j'), join('j', 'p', 'e'), end('e')],
      ]),
    );
    expect(run.state).toMatchObject({ outcome: 'e', visits: { p: 1, e: 1 } });
  });

  it('goes to the join from a skipped step', () => {
    const run = new Driven(
      aDefinition('p', [
        ...[split('p', 'j', 'a', 'b'), task('a', 'j', { when: { cel: 'false' } }), task('b', 'j')],
        ...[join('j', 'p', 'e'), end('e')],
      ]),
    );
    expect(run.open).toEqual(['b#1']);
    expect(run.submit('b#1', ana).state.outcome).toBe('e');
  });

  it('lets a skipped approval go where approving leads', () => {
    const run = new Driven(
      aDefinition('d', [
        { ...decide('d', 'yes', 'no'), when: { cel: '1 > 2' } },
        ...[end('yes'), end('no')],
      ]),
    );
    expect(run.state.outcome).toBe('yes');
  });
});
