import { compiledOf } from '../definition/compiled.ts';
import type { Step } from '../definition/definition.ts';
import { checkSoundness } from './soundness.ts';
import { aDefinition, approval, end, outcome, parallel, task } from '../testing/samples.data.ts';

const split = (id: string, join: string, ...starts: string[]): Step => ({
  ...{ type: 'parallel', id, stage: 'main', name: id, join },
  branches: starts.map((start, at) => ({ id: `b${at}`, start })),
});
const join = (id: string, closes: string, to: string): Step => ({
  ...{ type: 'join', id, stage: 'main', name: id, closes },
  next: [{ to }],
});
const decide = (id: string, ...to: string[]): Step => ({
  ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
  ...{ separation: [], shows: [] },
  outcomes: to.map((target) => outcome(target, 'approve', target)),
});
const soundness = (start: string, ...steps: readonly Step[]) =>
  checkSoundness(compiledOf(aDefinition(start, steps)));

describe('soundness', () => {
  it.each([approval, parallel])('holds for the samples', (definition) => {
    expect(checkSoundness(compiledOf(definition))).toEqual([]);
  });

  it('fails for a loop without a way out, with the steps that lead there', () => {
    expect(soundness('a', decide('a', 'b', 'e'), task('b', 'c'), task('c', 'b'), end('e'))).toEqual(
      [
        expect.objectContaining({
          ...{ code: 'cannot-complete', place: 'steps.b', trace: ['a: b'] },
          message: 'No ending can be reached once the run is at b.',
        }),
      ],
    );
  });

  it('fails for a branch that never comes to the join', () => {
    const found = soundness(
      'p',
      split('p', 'j', 'a', 'b'),
      ...[task('a', 'j'), task('b', 'c'), task('c', 'b'), join('j', 'p', 'e'), end('e')],
    );
    expect(found.map(({ code, place }) => [code, place])).toEqual([
      ['cannot-complete', 'steps.b'],
      ['unreachable-step', 'steps.e'],
    ]);
  });

  it('fails where the run stands still, before all else', () => {
    // Going to a join of another block leaves this one and waits there for ever.
    const found = soundness(
      'p',
      ...[split('p', 'j', 'a', 'b'), decide('a', 'j', 'c'), task('b', 'j'), task('c', 'k')],
      ...[join('k', 'q', 'j'), join('j', 'p', 'e'), end('e')],
    );
    expect(found).toEqual([
      expect.objectContaining({
        ...{ code: 'cannot-complete', place: 'steps.k', trace: ['p', 'a: c', 'c'] },
        message: 'No ending can be reached once the run is at k.',
      }),
    ]);
  });

  it('holds when an approval leads out of a block to an ending or back before it', () => {
    expect(
      soundness(
        'x',
        ...[
          task('x', 'p'),
          split('p', 'j', 'a', 'b'),
          decide('a', 'j', 'x', 'out'),
          task('b', 'j'),
        ],
        ...[join('j', 'p', 'e'), end('e'), end('out')],
      ),
    ).toEqual([]);
  });

  it('lets a branch that goes past its join end the others', () => {
    const found = soundness(
      'p',
      ...[split('p', 'j', 'a', 'b'), task('a', 'c'), task('b', 'c'), task('c', 'e')],
      ...[join('j', 'p', 'e'), end('e')],
    );
    // That nothing leads to the join then is said where the graph is checked.
    expect(found).toEqual([]);
  });

  it.each([
    [5, 9],
    [8, 30],
  ])('looks at %d branches of %d steps one by one', (branches, length) => {
    const starts = Array.from({ length: branches }, (_, at) => `s${at}x0`);
    const steps = starts.flatMap((_, branch) =>
      Array.from({ length }, (__, at) =>
        task(`s${branch}x${at}`, at === length - 1 ? 'j' : `s${branch}x${at + 1}`),
      ),
    );
    const whole = [split('p', 'j', ...starts), ...steps, join('j', 'p', 'e'), end('e')];
    expect(soundness('p', ...whole)).toEqual([]);
    // One of the branches goes round for ever at its end.
    const lost = whole.map((step) =>
      step.id === `s3x${length - 1}` ? task(step.id, `s3x${length - 2}`) : step,
    );
    expect(soundness('p', ...lost)[0]).toMatchObject({
      code: 'cannot-complete',
      place: 'steps.s3x0',
    });
  });
});
