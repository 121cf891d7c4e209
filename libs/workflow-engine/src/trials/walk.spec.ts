import { fillText } from '../expressions/text.ts';
import { replay } from '../run/replay.ts';
import { approval, parallel, task, aDefinition, end } from '../testing/samples.data.ts';
import { walk, type WalkChoices } from './walk.ts';

const facts = { trained: true, orgSize: 'small', residualLevel: 'low', owner: 'ana' };

describe('a walk', () => {
  it.each<[string, WalkChoices]>([
    ['approved', {}],
    ['approved', { answers: { describe: { score: 20 } } }],
    ['approved', { surroundings: { facts: { ...facts, residualLevel: 'high' } } }],
    ['approved-with-conditions', { outcomes: { decide: 'approve-with-conditions' } }],
    ['rejected', { outcomes: { decide: 'reject' } }],
    ['stopped', { outcomes: { decide: 'stop' }, answers: { describe: { score: 20 } } }],
    ['rejected', { outcomes: { decide: ['changes', 'changes', 'reject'] } }],
  ])('comes to the ending “%s” by %j', (outcome, choices) => {
    const given = { surroundings: { facts }, answers: { describe: { score: 7 } }, ...choices };
    const walked = walk(approval, given);
    expect([walked.stopped, walked.state.outcome]).toEqual([null, outcome]);
    expect(replay(walked.events)).toEqual(walked.state);
    expect(walk(approval, given)).toEqual(walked);
  });

  it('waits, and takes the results of called workflows', () => {
    const walked = walk(parallel, {
      children: { called: { outcome: 'classified', facts: { class: 'minimal' } } },
    });
    expect(walked.state).toMatchObject({
      ...{ outcome: 'done', facts: { calledOutcome: 'classified', regClass: 'minimal' } },
    });
    expect(walked.events.at(-1)?.at).toBe('2026-11-27T10:00:00.000Z');
  });

  it('stops where nobody may go on', () => {
    const stop = (change: object) =>
      walk(approval, {
        surroundings: { facts: { ...facts, ...change } },
        answers: { describe: { score: 7 } },
      });
    expect(stop({ trained: false }).stopped?.code).toBe('gate-not-met');
    expect(stop({ residualLevel: 'critical' }).stopped?.code).toBe('approval-blocked');
    expect(stop({ trained: false }).state.status).toBe('running');
  });

  it('does not go round for ever', () => {
    const round = aDefinition('a', [
      task('a', 'a', { next: [{ to: 'e', when: { cel: '1 > 2' } }, { to: 'a' }] }),
      end('e'),
    ]);
    expect(() => walk(round)).toThrow(RangeError);
  });
});

describe('a text with facts', () => {
  it.each([
    ['Can {name} go live?', { name: 'Helper' }, 'Can Helper go live?'],
    ['Can {name} go live?', {}, 'Can … go live?'],
    ['{n} of {list}', { n: 7, list: ['a'] }, '7 of …'],
    ['{constructor}', {}, '…'],
    ['{name}', { name: '{n}', n: 1 }, '{n}'],
    ['{name}', { name: '$&' }, '$&'],
  ])('%s on %j', (text, known, filled) => {
    expect(fillText(text, known)).toBe(filled);
  });
});
