import { coveredBy } from './coverage.ts';
import type { CasesResult } from './results.ts';

const target = (
  step: string,
  kind: CasesResult['coverage'][number]['kind'],
  ...by: string[]
): CasesResult['coverage'][number] => ({
  ...{ place: `${step}.${kind}`, step, kind, text: `${step} ${kind}`, by },
});

describe('coveredBy', () => {
  it('counts steps and branches apart, and marks each step', () => {
    const found = coveredBy({
      coverage: [
        target('ask', 'step', 'one'),
        target('decide', 'step', 'one'),
        target('decide', 'outcome', 'one'),
        target('decide', 'outcome'),
        target('end', 'step'),
      ],
    });
    expect(found.steps).toEqual({ covered: 2, total: 3 });
    expect(found.branches).toEqual({ covered: 1, total: 2 });
    expect(found.uncovered.map(({ text }) => text)).toEqual(['decide outcome', 'end step']);
    expect([...found.byStep]).toEqual([
      ['ask', { reached: true, missing: 0 }],
      ['decide', { reached: true, missing: 1 }],
      ['end', { reached: false, missing: 0 }],
    ]);
  });
});
