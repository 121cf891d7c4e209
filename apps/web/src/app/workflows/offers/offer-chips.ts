import type { WorkflowOffer } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** How the state of an offer looks. */
export const OFFER_CHIPS: Readonly<Record<WorkflowOffer['status'], ChipState>> = {
  ...{ open: 'waiting', accepted: 'done', declined: 'bad' },
  ...{ withdrawn: 'unknown', replaced: 'unknown' },
};
