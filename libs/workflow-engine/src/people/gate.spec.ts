import { compiledOf } from '../definition/compiled.ts';
import type { ApprovalStep } from '../definition/definition.ts';
import { gateOf, offeredOutcomes } from './gate.ts';
import { approval } from '../testing/samples.data.ts';

const { dictionary, steps } = compiledOf(approval);
const step = steps.get('decide') as ApprovalStep;

describe('a gate', () => {
  it.each([
    [{ tier: 'high', trained: true }, [true]],
    [{ tier: 'high', trained: false }, [false]],
    [{ tier: 'high', trained: null }, [false]],
    [{ trained: true }, [true]],
    [{ tier: null }, [false]],
    [{ tier: 'minimal' }, []],
  ])('on %j', (facts, met) => {
    expect(gateOf(step, dictionary, facts).map((line) => line.met)).toEqual(met);
  });

  it('offers outcomes by their condition, none of which cannot be told', () => {
    const offered = (facts: object) =>
      offeredOutcomes(step, dictionary, { ...facts }).map(({ key }) => key);
    expect(offered({ tier: 'high' })).toContain('stop');
    expect(offered({ tier: 'limited' })).not.toContain('stop');
    expect(offered({})).not.toContain('stop');
  });
});
