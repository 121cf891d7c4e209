import type { PatternPart } from './pattern.ts';
import { resourcePatterns } from './resource-patterns.data.ts';

/** The parts of the page about patterns, in their order. */
export const patternParts: readonly PatternPart[] = [
  {
    title: 'Resource patterns',
    intro: 'Who does the work, and how it finds them.',
    patterns: resourcePatterns,
  },
];
