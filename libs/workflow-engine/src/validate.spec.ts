import { approval, parallel } from './samples.data.ts';
import { validateDefinition } from './validate.ts';
import { walk } from './walk.ts';

describe('sound definitions', () => {
  it.each([approval, parallel])('have no problems', (definition) => {
    expect(validateDefinition(definition)).toEqual([]);
  });

  it('walk', () => {
    const facts = { trained: true };
    const ended = walk(approval, {
      surroundings: { facts },
      answers: { describe: { score: 20 } },
      outcomes: { decide: 'approve' },
    });
    expect(ended.stopped).toBeNull();
    expect(ended.state.outcome).toBe('approved');
    expect(walk(parallel).state.outcome).toBe('done');
  });
});
