import type { AiSystem, TaskRow } from '@plumbline/contracts';

/** The one thing to do next with an AI system, seen by this reader. */
export type NextMove =
  | { readonly kind: 'task'; readonly task: TaskRow }
  | { readonly kind: 'complete' }
  | { readonly kind: 'review' }
  | { readonly kind: 'wait'; readonly task: TaskRow }
  | { readonly kind: 'none' };

/** Own work first, then what the register lacks, then waiting; a live system can always be reviewed. */
export function nextMove(
  system: Pick<AiSystem, 'stage' | 'missing'>,
  open: readonly TaskRow[],
  may: { readonly edit: boolean; readonly start: boolean },
): NextMove {
  const mine = open.find(({ yourTurn }) => yourTurn);
  if (mine) return { kind: 'task', task: mine };
  if (system.missing.length > 0 && may.edit) return { kind: 'complete' };
  const [other] = open;
  if (other) return { kind: 'wait', task: other };
  return system.stage === 'live' && may.start ? { kind: 'review' } : { kind: 'none' };
}
