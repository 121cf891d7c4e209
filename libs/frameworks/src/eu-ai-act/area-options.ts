import type { Option } from '@plumbline/workflow-engine';
import { annexAreas } from './eu-ai-act.data.ts';

/** Areas of Annex III, with the answer for a use in none of them. */
export const sensitiveAreas: readonly Option[] = [
  ...annexAreas.map(({ key, area, uses }) => ({ key, label: `${area}: ${lowerFirst(uses)}` })),
  { key: 'none', label: 'None of these' },
];

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
