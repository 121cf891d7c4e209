import type { RunRow, RunStep } from '@plumbline/contracts';
import type { ChipState } from '@plumbline/ui';

/** The look of a step's state. */
export const STEP_CHIPS: Readonly<Record<RunStep['state'], ChipState>> = {
  done: 'done',
  waiting: 'waiting',
  ahead: 'todo',
  skipped: 'unknown',
};

/** What the chip of a run says, the worst first: a word of `runs.en-GB.json`, and its look. */
export function runChip({
  status,
  late,
  problems,
  suspendedSince,
}: Pick<RunRow, 'status' | 'late' | 'problems' | 'suspendedSince'>): {
  readonly state: ChipState;
  readonly word: 'stuck' | 'suspended' | 'late' | RunRow['status'];
} {
  if (status === 'ended') return { state: 'done', word: status };
  if (status === 'cancelled') return { state: 'unknown', word: status };
  if (problems.some(({ kind }) => kind !== 'late')) return { state: 'bad', word: 'stuck' };
  if (suspendedSince !== null) return { state: 'warn', word: 'suspended' };
  return late ? { state: 'bad', word: 'late' } : { state: 'progress', word: status };
}
