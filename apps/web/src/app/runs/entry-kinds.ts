/** Kinds of entries that tell that something did not go as it should, or was interfered with. */
const TROUBLE: ReadonlySet<string> = new Set([
  'step-failed',
  'sent-back',
  'boundary-fired',
  'task-escalated',
  'task-held',
  'deadline-moved',
  'run-suspended',
  'run-repaired',
  'run-cancelled',
  'step-undone',
]);

/** Whether an entry of this kind belongs to a run's problems. */
export const isTrouble = (type: string): boolean => TROUBLE.has(type);
