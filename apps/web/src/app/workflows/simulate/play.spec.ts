import type { CaseStep, Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import {
  act,
  beginPlay,
  caseOf,
  expectRefusal,
  forward,
  goTo,
  momentOf,
  stoppedBy,
} from './play.ts';

const task = (id: string, role: string, to: string): Step => ({
  ...{ id, type: 'task', stage: 's', name: id, role, form: { sections: [] } },
  separation: [
    { id: 'SOD-01', steps: ['ask'], because: 'Not by whoever asked.', waivable: 'never' },
  ],
  next: [{ to }],
});
const definition: WorkflowDefinition = {
  ...{ key: 'k', name: 'K', purpose: '', subject: 'ai-system' },
  facts: [],
  stages: [{ key: 's', name: 'S' }],
  start: 'ask',
  steps: [
    { ...task('ask', 'client.staff', 'check'), separation: [] } as Step,
    task('check', 'client.legal', 'done'),
    { id: 'done', type: 'end', stage: 's', name: 'Done', outcome: 'done' },
  ],
};
const stage = { definition, library: [] };
const ask: CaseStep = { step: 'ask', person: 'ana' };
const check: CaseStep = { step: 'check', by: 'client.legal' };

const waitsAt = (play: ReturnType<typeof beginPlay>) =>
  momentOf(play).runs[0]?.state.tokens.map(({ step }) => step);

describe('playing a case', () => {
  it('goes on, back and forth again', () => {
    let play = act(beginPlay(stage, {}), ask).play;
    expect(waitsAt(play)).toEqual(['check']);
    play = act(play, check).play;
    expect(momentOf(play).runs[0]?.state.outcome).toBe('done');
    const back = goTo(play, 1);
    expect(waitsAt(back)).toEqual(['check']);
    expect(back.steps).toHaveLength(2);
    expect(momentOf(forward(back)).runs[0]?.state.outcome).toBe('done');
    expect(forward(forward(back))).toEqual(forward(back));
  });

  it('drops what was ahead when something else is done', () => {
    const play = goTo(act(act(beginPlay(stage, {}), ask).play, check).play, 0);
    const other = act(play, { step: 'ask', person: 'tom' }).play;
    expect(other.steps).toEqual([{ step: 'ask', person: 'tom' }]);
    expect(other.moments).toHaveLength(2);
  });

  it('does not take what is refused, unless the case is to expect that', () => {
    const play = act(beginPlay(stage, {}), ask).play;
    const wrong: CaseStep = { step: 'check', by: 'client.legal', person: 'ana' };
    const tried = act(play, wrong);
    expect(tried.play).toBe(play);
    expect(tried.refusal?.code).toBe('separation-of-duties');
    if (!tried.refusal) return;
    const kept = expectRefusal(play, wrong, tried.refusal);
    expect(kept.steps[1]).toMatchObject({ refused: 'separation-of-duties' });
    expect(waitsAt(kept)).toEqual(['check']);
    expect(stoppedBy(kept)).toBeNull();
  });

  it('goes through the steps of a kept case, and says where it cannot go on', () => {
    let play = beginPlay(stage, {}, [ask, { step: 'nowhere' }]);
    play = forward(play);
    expect(stoppedBy(play)).toBeNull();
    play = forward(play);
    expect(stoppedBy(play)?.code).toBe('unknown-task');
    expect(goTo(beginPlay(stage, {}, [ask, check]), 2).moments).toHaveLength(3);
  });

  it('keeps the case up to here, with what it has come to', () => {
    const half = act(beginPlay(stage, { facts: { tier: 'low' } }), ask).play;
    expect(caseOf('Half', half)).toEqual({
      ...{ name: 'Half', facts: { tier: 'low' }, steps: [ask] },
      expects: { ending: null, waitsAt: ['check'] },
    });
    expect(caseOf('Whole', act(half, check).play).expects).toEqual({ ending: 'done' });
    expect(caseOf('Half again', goTo(act(half, check).play, 1)).steps).toEqual([ask]);
  });
});
