import type { Export } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** How the state of a pack looks. */
export const EXPORT_CHIPS: Readonly<Record<Export['state'], ChipState>> = {
  waiting: 'todo',
  running: 'progress',
  done: 'done',
  failed: 'bad',
  cancelled: 'unknown',
  expired: 'unknown',
};
