import { controlFlowPatterns } from './control-flow-patterns.data.ts';
import type { PatternPart } from './pattern.ts';
import { resourcePatterns } from './resource-patterns.data.ts';

/** The parts of the page about patterns, in their order. */
export const patternParts: readonly PatternPart[] = [
  {
    title: 'Control-flow patterns',
    intro: 'In what order things happen, and how branches part and meet.',
    patterns: controlFlowPatterns,
  },
  {
    title: 'Resource patterns',
    intro: 'Who does the work, and how it finds them.',
    patterns: resourcePatterns,
  },
];
