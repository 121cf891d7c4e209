import type { AiSystemStage, GateState } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** How a stage of an AI system looks, wherever one is shown. */
export const STAGE_CHIPS: Readonly<Record<AiSystemStage, ChipState>> = {
  proposed: 'todo',
  assessing: 'progress',
  approved: 'done',
  pilot: 'progress',
  live: 'done',
  'under-review': 'warn',
  suspended: 'bad',
  retired: 'unknown',
  stopped: 'bad',
};

/** How the state of the deployment gate looks. */
export const GATE_CHIPS: Readonly<Record<GateState, ChipState>> = {
  'not-started': 'todo',
  open: 'warn',
  deciding: 'waiting',
  passed: 'done',
  refused: 'bad',
};
