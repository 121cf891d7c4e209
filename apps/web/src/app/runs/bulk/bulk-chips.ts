import type { Bulk } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** The look of how far a bulk operation is. */
export const BULK_CHIPS: Readonly<Record<Bulk['status'], ChipState>> = {
  chosen: 'todo',
  running: 'progress',
  done: 'done',
  stopped: 'unknown',
};
