import { cellLevel, risksOf } from './risks.ts';

const scores = (prefix: '' | 'residual', values: readonly number[]): Record<string, number> => {
  const names = ['likelihood', 'impactOrg', 'impactIndividuals', 'impactSociety'];
  return Object.fromEntries(
    names.map((name, at) => [
      prefix ? `${prefix}${name[0]?.toUpperCase() ?? ''}${name.slice(1)}` : name,
      values[at] ?? 0,
    ]),
  );
};

describe('risksOf', () => {
  it('reads what the full assessment left: before, and what is left', () => {
    const [risk] = risksOf({
      risks: [
        {
          title: 'Unfair ranking by age',
          riskOwner: 'p1',
          actions: 'Test by age band',
          ...scores('', [4, 2, 4, 1]),
          ...scores('residual', [2, 2, 3, 1]),
        },
      ],
    });
    expect(risk).toEqual({
      id: 'R-01',
      title: 'Unfair ranking by age',
      before: { likelihood: 4, impact: 4, level: 'high', score: 16 },
      left: { likelihood: 2, impact: 3, level: 'moderate', score: 6 },
      ownerId: 'p1',
      treatment: 'Test by age band',
    });
  });

  it('reads the catalogue risks of the light path', () => {
    const [risk] = risksOf({
      lightRisks: [{ risk: 'AIR-09', measures: 'A person checks', ...scores('', [2, 2, 1, 1]) }],
    });
    expect(risk?.before).toBeNull();
    expect(risk?.left).toEqual({ likelihood: 2, impact: 2, level: 'low', score: 4 });
    expect(risk?.title).not.toBe('AIR-09');
  });

  it('does not place a risk without scores, and makes nothing of what is no list', () => {
    expect(risksOf({ risks: [{ title: 'T', likelihood: 3 }] })[0]?.before).toBeNull();
    expect(risksOf({ risks: 'x' })).toEqual([]);
    expect(risksOf({})).toEqual([]);
  });
});

it.each([
  [1, 1, 'low'],
  [5, 1, 'moderate'],
  [3, 4, 'high'],
  [5, 5, 'critical'],
])('likelihood %d and impact %d is %s', (likelihood, impact, level) => {
  expect(cellLevel(likelihood, impact)).toBe(level);
});
