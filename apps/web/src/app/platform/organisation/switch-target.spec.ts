import { switchTarget } from './switch-target.ts';

describe('switchTarget', () => {
  const other = { kind: 'client', slug: 'bluelight' } as const;

  it.each([
    ['/c/northgate/ai-systems?stage=live', ['/', 'c', 'bluelight', 'ai-systems']],
    ['/c/northgate/ai-systems/0193-id', ['/', 'c', 'bluelight', 'ai-systems']],
    ['/c/northgate/tasks/0193-id#why', ['/', 'c', 'bluelight', 'tasks']],
    ['/c/northgate', ['/', 'c', 'bluelight']],
    ['/c/northgate/propose', ['/', 'c', 'bluelight']],
    ['/f/harbour/imports', ['/', 'c', 'bluelight']],
    ['/me', ['/', 'c', 'bluelight']],
  ])('keeps the section of %s and drops the record', (url, expected) => {
    expect(switchTarget(url, other)).toEqual(expected);
  });

  it('leads to the start of a firm', () => {
    expect(switchTarget('/c/northgate/evidence', { kind: 'firm', slug: 'harbour' })).toEqual([
      '/',
      'f',
      'harbour',
    ]);
  });
});
