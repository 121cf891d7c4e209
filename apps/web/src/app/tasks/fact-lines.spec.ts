import { factLines } from './fact-lines.ts';

const words = {
  scored: ({ level, score }: { level: string; score: number }) => `${level} ${score}`,
  changed: (left: string, before: string) => `${left}, was ${before}`,
  notScored: 'not scored',
};
const tom = { id: '01a20ff9-f49b-738f-b20e-dab3a4c01765', name: 'Tom Reid' };
const scores = { likelihood: 4, impactOrg: 4, impactIndividuals: 2, impactSociety: 1 };
const left = {
  ...{ residualLikelihood: 2, residualImpactOrg: 3 },
  ...{ residualImpactIndividuals: 2, residualImpactSociety: 1 },
};

describe('factLines', () => {
  it('tells of each risk what is left and what it was', () => {
    expect(
      factLines(
        'risks',
        [
          { title: 'Unfair ranking', ...scores, ...left },
          { title: 'Leaks', ...scores },
          { title: 'New' },
        ],
        [],
        words,
      ),
    ).toEqual(['Unfair ranking: moderate 6, was high 16', 'Leaks: high 16', 'New: not scored']);
  });

  it('shows other lists row by row, with people by name and nobody’s id', () => {
    const rows = [
      { metric: 'MX-DIR', breach: 0.8, owner: tom.id },
      { metric: 'MX-PSI', owner: tom.id.replace('01', '02') },
    ];
    expect(factLines('monitors', rows, [tom], words)).toEqual([
      'MX-DIR · 0.8 · Tom Reid',
      'MX-PSI',
    ]);
  });

  it.each([['text'], [null], [[]], [['a', 'b']], [7]])(
    'leaves %j to the words of the server',
    (value) => {
      expect(factLines('x', value, [], words)).toBeNull();
    },
  );
});
