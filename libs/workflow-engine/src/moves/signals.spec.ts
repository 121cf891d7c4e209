import { Driven } from '../testing/driven.ts';
import { aDefinition, end, person, system, task } from '../testing/samples.data.ts';
import { awaits, fact, join, sends, split, tells } from '../testing/steps.ts';
import { move } from './move.ts';

const ana = person('ana', 'client.staff');
const takes = [{ ours: 'score', theirs: 'value' }];
const facts = [fact('score', 'number'), fact('people', 'people'), fact('owner', 'person')];
const keptFor = { amount: 2, unit: 'calendar-days' } as const;

const later = aDefinition(
  'work',
  [task('work', 'hear'), awaits('hear', 'result', 'e', { takes, keptFor }), end('e')],
  facts,
);
const now = aDefinition('hear', [awaits('hear', 'result', 'e', { takes }), end('e')], facts);

const received = (signal: string, values: Readonly<Record<string, number | string>> = {}) =>
  ({ type: 'receive-signal', signal, id: 'x', facts: values, by: system }) as const;

describe('a step that waits for a signal', () => {
  it('goes on with the facts that it takes', () => {
    const run = new Driven(now);
    expect(run.state.awaiting).toEqual([{ key: 'hear#1', step: 'hear', signal: 'result' }]);
    run.signal('result', '1', { value: 7, other: 1 });
    expect(run.state).toMatchObject({ status: 'ended', facts: { score: 7 }, awaiting: [] });
  });

  it('takes an unknown value for what the signal does not say', () => {
    expect(new Driven(now).signal('result', '1').state.facts).toEqual({ score: null });
  });

  it.each([
    ['another signal', received('other'), 'signal-not-awaited'],
    ['a value of another kind', received('result', { value: 'much' }), 'invalid-facts'],
  ])('refuses %s', (_, command, code) => {
    const run = new Driven(now);
    const before = structuredClone(run.state);
    expect(run.refusal(command).code).toBe(code);
    expect(run.state).toEqual(before);
  });

  it('takes the same signal once only', () => {
    const twice = aDefinition('a', [
      ...[awaits('a', 'result', 'b'), awaits('b', 'result', 'e'), end('e')],
    ]);
    const run = new Driven(twice).signal('result', '1');
    expect(run.places).toEqual(['b']);
    const again = move(twice, run.state, { ...received('result'), id: '1' }, run.around);
    expect(again).toMatchObject({ refused: false, events: [] });
    expect(run.signal('result', '2').state.status).toBe('ended');
  });

  it('is one of all that take it when it comes', () => {
    const run = new Driven(
      aDefinition('s', [
        ...[split('s', 'j', { a: null, b: null }), awaits('a', 'go', 'a2'), awaits('b', 'go', 'j')],
        ...[task('a2', 'j'), join('j', 's', 'e'), end('e')],
      ]),
    ).signal('go', '1');
    expect(run.places).toEqual(['a2', 'j']);
    expect(run.events.filter(({ type }) => type === 'signal-taken')).toHaveLength(2);
  });

  it('is not given it when another who took it has ended the wait', () => {
    const run = new Driven(
      aDefinition('s', [
        ...[split('s', 'j', { a: null, b: null }), awaits('a', 'go', 'e'), awaits('b', 'go', 'j')],
        ...[join('j', 's', 'e'), end('e')],
      ]),
    ).signal('go', '1');
    expect(run.state.status).toBe('ended');
    expect(run.events.filter(({ type }) => type === 'signal-taken')).toHaveLength(1);
  });
});

describe('a signal that comes while nobody waits', () => {
  it('is kept and taken by the step that comes in time', () => {
    const run = new Driven(later).signal('result', '1', { value: 1 });
    run.signal('result', '2', { value: 2 });
    expect(run.state.kept.map(({ id }) => id)).toEqual(['1', '2']);
    run.at('2026-11-26T10:00:00.000Z').submit('work#1', ana);
    expect(run.state).toMatchObject({ status: 'ended', facts: { score: 1 } });
    expect(run.state.kept.map(({ id }) => id)).toEqual(['2']);
  });

  it('is too late after the time for which it is kept', () => {
    const run = new Driven(later).signal('result', '1', { value: 1 });
    run.at('2026-11-26T10:00:01.000Z').submit('work#1', ana);
    expect(run.places).toEqual(['hear']);
    expect(run.signal('result', '2', { value: 2 }).state.facts).toEqual({ score: 2 });
  });

  it.each([
    ['no step keeps it', received('other'), 'signal-not-awaited'],
    ['its facts would not fit', received('result', { value: 'much' }), 'invalid-facts'],
  ])('is refused when %s', (_, command, code) => {
    expect(new Driven(later).refusal(command).code).toBe(code);
  });

  it('is refused when a hundred are kept already', () => {
    const run = new Driven(later);
    for (let n = 1; n <= 100; n += 1) run.signal('result', `${n}`);
    expect(run.refusal(received('result')).code).toBe('signal-not-awaited');
  });
});

describe('steps that only say something', () => {
  it('send a signal with facts under the names of the receiver and go on at once', () => {
    const out = { to: 'organisation', facts: [{ ours: 'score', theirs: 'value' }] } as const;
    const run = new Driven(
      aDefinition('out', [sends('out', 'result', 'e', out), end('e')], facts),
      {},
      { score: 3 },
    );
    expect(run.state.status).toBe('ended');
    expect(run.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'signal-sent', key: 'out#1', signal: 'result', to: 'organisation' },
        facts: { value: 3 },
      }),
    );
  });

  it('tell people and roles, with facts filled in, and go on at once', () => {
    const step = tells('tell', 'e', {
      ...{ roles: ['client.owner'], people: ['owner', 'people'] },
      ...{ title: 'Score {score}', text: 'Unknown: {nothing}' },
    });
    const run = new Driven(
      aDefinition('tell', [step, end('e')], facts),
      {},
      { score: 3, owner: 'ana', people: ['ben', 'ana'] },
    );
    expect(run.state.status).toBe('ended');
    expect(run.events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'people-told', key: 'tell#1', roles: ['client.owner'], people: ['ana', 'ben'] },
        ...{ title: 'Score 3', text: 'Unknown: …' },
      }),
    );
  });
});
