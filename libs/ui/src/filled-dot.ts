import type { LucideIconData } from '@lucide/angular';

/** A solid dot: the mark of "your turn" (Lucide has outlines only). */
export const filledDot: LucideIconData = {
  name: 'circle-filled',
  node: [['circle', { cx: '12', cy: '12', r: '8', fill: 'currentColor' }]],
};
