import { readFileSync } from 'node:fs';
import { patternParts } from '../testing/patterns/parts.ts';
import { patternPage, unformatted } from '../testing/patterns/pattern.ts';

describe('the page about workflow patterns', () => {
  it('is the one in the guide', () => {
    const file = new URL('../../../../docs/guide/workflow-patterns.md', import.meta.url);
    // To bring it up to date: node libs/workflow-engine/write-patterns.mjs
    const page = readFileSync(file, 'utf8');
    expect(unformatted(page)).toBe(unformatted(patternPage(patternParts)));
  });

  it.each(patternParts)('has all 43 $title, at least 35 of them claimed', ({ patterns }) => {
    const [kind] = patterns.map(({ id }) => id.split('-')[0]);
    expect(patterns.map(({ id }) => id)).toEqual(
      Array.from({ length: 43 }, (_, at) => `${kind}-${at + 1}`),
    );
    const claimed = patterns.filter(({ verdict }) => verdict !== 'not supported');
    expect(claimed.length).toBeGreaterThanOrEqual(35);
    expect(new Set(patterns.map(({ name }) => name)).size).toBe(43);
  });
});
