import type { Measurement, Monitor } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** How the state of a monitor, or of one measurement, looks: no data is never green. */
export const MONITOR_CHIPS: Readonly<Record<Monitor['state'] | Measurement['state'], ChipState>> = {
  'no-data': 'unknown',
  'too-few': 'unknown',
  ok: 'done',
  warning: 'warn',
  breach: 'bad',
};
