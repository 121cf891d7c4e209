import { describe, expect, it } from '@jest/globals';
import type { Pattern } from './pattern.ts';

/** Proofs by the id of the pattern. */
export type Proofs = Readonly<Record<string, () => void>>;

/** Runs the proofs of a group of patterns: one for each that is claimed, and none for any other. */
export function provePatterns(patterns: readonly Pattern[], group: string, proofs: Proofs): void {
  const ours = patterns.filter((pattern) => pattern.group === group);
  const claimed = ours.filter(({ verdict }) => verdict !== 'not supported');

  describe(group, () => {
    it('have a proof each where they are claimed, and only there', () => {
      expect(ours.length).toBeGreaterThan(0);
      expect(Object.keys(proofs)).toEqual(claimed.map(({ id }) => id));
    });

    it.each(claimed)('$id $name, $verdict', ({ id }) => {
      expect.hasAssertions();
      proofs[id]?.();
    });
  });
}
