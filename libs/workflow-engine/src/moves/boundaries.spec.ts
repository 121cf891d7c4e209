import { Driven } from '../testing/driven.ts';
import { aDefinition, end, outcome, person, system, task } from '../testing/samples.data.ts';
import type { Step } from '../definition/definition.ts';
import { after, awaits, calls, fact, pathEnd, split, join, upon, wait } from '../testing/steps.ts';

const ana = person('ana', 'client.staff', 'client.approver');
const boundaries = [after('late', 5, 'chase'), after('soon', 2, 'remind', false)];

const decide = (id: string, change: Partial<Step & { type: 'approval' }>): Step => ({
  ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
  ...{ separation: [], shows: [], outcomes: [outcome('yes', 'approve', 'e')] },
  ...change,
});

/** One step that waits, with both kinds of boundary. */
const around = (step: Step) =>
  aDefinition(
    'w',
    [...[step, task('chase', 'e'), task('remind', 'done'), pathEnd('done'), end('e')], end('gone')],
    [fact('result')],
  );

const waiting: readonly [string, Step][] = [
  ['a task', task('w', 'e', { boundaries })],
  ['a decision', decide('w', { boundaries })],
  ['a wait', wait('w', 'e', 9, boundaries)],
  ['a signal', awaits('w', 'go', 'e', { boundaries })],
  ['a called workflow', calls('w', 'e', { boundaries })],
];

describe.each(waiting)('boundaries of %s', (_, step) => {
  const begun = () => new Driven(around(step));

  it('run while it waits', () => {
    const run = begun();
    expect(run.state.timers.filter(({ kind }) => kind === 'boundary')).toEqual([
      { key: 'w#1!late', step: 'w', kind: 'boundary', dueAt: '2026-11-29T10:00:00.000Z' },
      { key: 'w#1!soon', step: 'w', kind: 'boundary', dueAt: '2026-11-26T10:00:00.000Z' },
    ]);
    expect(run.refusal({ type: 'fire-timer', timer: 'w#1!soon', by: system }).code).toBe(
      'timer-not-due',
    );
  });

  it('cancel it when they interrupt', () => {
    const run = begun().fire('w#1!late');
    expect(run.state).toMatchObject({ awaiting: [], children: [], timers: [] });
    expect(run.open).toEqual(['chase#1']);
    expect(run.events.map(({ type }) => type)).toContain('step-cancelled');
    expect(run.refusal({ type: 'fire-timer', timer: 'w#1!soon', by: system }).code).toBe(
      'unknown-timer',
    );
  });

  it('start a side path beside it when they do not', () => {
    const run = begun().fire('w#1!soon');
    expect(run.places).toEqual(['w', 'remind']);
    expect(run.state.tokens.at(-1)?.scope).toEqual(['w#1!soon']);
    run.submit('remind#1', ana);
    expect(run.places).toEqual(['w']);
    expect(run.state.timers.map(({ key }) => key)).toContain('w#1!late');
  });
});

describe('a boundary', () => {
  it('ends when the step is finished, and the run with its side paths', () => {
    const run = new Driven(around(task('w', 'chase', { boundaries }))).fire('w#1!soon');
    run.submit('w#1', ana);
    expect(run.state.timers).toEqual([]);
    expect(run.open).toEqual(['remind#1', 'chase#1']);
    run.submit('chase#1', ana);
    expect(run.state).toMatchObject({ status: 'ended', tokens: [], tasks: [] });
    expect(run.events).toContainEqual(
      expect.objectContaining({ type: 'task-closed', key: 'remind#1', why: 'cancelled' }),
    );
  });

  it('runs anew with each visit, and its side path replaces the one of an earlier visit', () => {
    const again = task('chase', 'e', { sendBackTo: ['w'] });
    const run = new Driven(
      aDefinition('w', [
        ...[task('w', 'chase', { boundaries: [after('soon', 1, 'remind', false)] }), again],
        ...[task('remind', 'done'), pathEnd('done'), end('e')],
      ]),
    );
    run.fire('w#1!soon').submit('w#1', ana);
    run.do({ type: 'send-back', task: 'chase#1', to: 'w', reason: 'Again.', by: ana });
    expect(run.open).toEqual(['remind#1', 'w#2']);
    expect(run.fire('w#2!soon').open).toEqual(['w#2', 'remind#2']);
  });

  it('by signal takes facts, interrupts once and is tried again as often as it only starts a path', () => {
    const takes = [{ ours: 'why', theirs: 'reason' }];
    const definition = aDefinition(
      'w',
      [
        task('w', 'e', {
          boundaries: [
            { ...upon('ping', 'ping', 'remind', false), takes },
            upon('stop', 'stop', 'chase'),
          ],
        }),
        ...[task('chase', 'e'), task('remind', 'done'), pathEnd('done'), end('e')],
      ],
      [fact('why')],
    );
    const run = new Driven(definition).signal('ping', '1', { reason: 'one' });
    run.signal('ping', '2', { reason: 'two' });
    expect(run.state.facts).toEqual({ why: 'two' });
    expect(run.open).toEqual(['w#1', 'remind#2']);
    expect(run.state.awaiting.map(({ key }) => key)).toEqual(['w#1!ping', 'w#1!stop']);
    run.signal('stop', '3');
    expect(run.open).toEqual(['remind#2', 'chase#1']);
    expect(run.state.awaiting).toEqual([]);
  });

  it('interrupts everything in the step that is done for each item', () => {
    const definition = aDefinition(
      'w',
      [
        task('w', 'e', {
          each: { over: 'people', as: 'one', order: 'together' },
          boundaries: [after('late', 1, 'chase')],
        }),
        ...[task('chase', 'e'), end('e')],
      ],
      [fact('people', 'people'), fact('one', 'person')],
    );
    const run = new Driven(definition, {}, { people: ['ana', 'ben'] });
    expect(run.state.timers).toHaveLength(1);
    run.fire('w#1!late');
    expect(run.open).toEqual(['chase#1']);
    expect(run.state.items).toEqual([]);
  });
});

describe('a side path', () => {
  it('that goes to a step outside it cancels what is open beside its step', () => {
    const run = new Driven(
      aDefinition('s', [
        ...[split('s', 'j', { w: null, other: null }), task('other', 'j'), join('j', 's', 'e')],
        task('w', 'w2', { boundaries: [after('late', 1, 'judge', false)] }),
        ...[task('w2', 'j'), task('judge', 'w2'), end('e')],
      ]),
    ).fire('w#1!late');
    expect(run.open).toEqual(['w#1', 'other#1', 'judge#1']);
    run.submit('judge#1', ana);
    expect(run.open).toEqual(['other#1', 'w2#1']);
    expect(run.state.tokens.at(-1)?.scope).toEqual(['s#1/b1']);
  });

  it('can have a block and a side path of its own', () => {
    const run = new Driven(
      aDefinition('w', [
        task('w', 'e', { boundaries: [after('late', 1, 's', false)] }),
        ...[split('s', 'j', { a: null, b: null }), task('b', 'j'), join('j', 's', 'done')],
        task('a', 'j', { boundaries: [after('late', 1, 'note', false)] }),
        ...[task('note', 'done'), pathEnd('done'), end('e')],
      ]),
    ).fire('w#1!late');
    run.fire('a#1!late').submit('a#1', ana).submit('b#1', ana);
    expect(run.state.tokens.map(({ step, scope }) => [step, scope.length])).toEqual([
      ...[
        ['w', 0],
        ['note', 3],
        ['j', 2],
        ['j', 2],
      ],
    ]);
    expect(run.submit('note#1', ana).places).toEqual(['w']);
  });

  it('may end the run', () => {
    const run = new Driven(
      aDefinition('w', [
        task('w', 'e', { boundaries: [after('late', 1, 'stop', false)] }),
        ...[end('stop'), end('e')],
      ]),
    ).fire('w#1!late');
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'stop', tasks: [] });
  });

  it('never ends where there is none', () => {
    const run = new Driven(aDefinition('w', [task('w', 'done'), pathEnd('done'), end('e')]));
    const refused = run.refusal({ type: 'submit', task: 'w#1', answers: {}, by: ana });
    expect(refused.code).toBe('cannot-continue');
  });
});
