import type {
  PackAbout,
  PackDecision,
  PackEvidence,
  PackMonitor,
  PackRequirement,
  PackRun,
  PackSystem,
} from './pack-source.ts';

/** Something that could not be included, and why. */
export interface Gap {
  readonly what: string;
  readonly why: string;
}

/** What the reports tell: the rows of everything in the pack, without its bulk. */
export interface PackSummary {
  readonly about: PackAbout;
  readonly requirements: readonly PackRequirement[];
  readonly systems: readonly PackSystem[];
  readonly runs: readonly Omit<PackRun, 'events'>[];
  readonly decisions: readonly Omit<PackDecision, 'capsule'>[];
  readonly monitors: readonly PackMonitor[];
  readonly evidence: readonly PackEvidence[];
  readonly record: {
    readonly entries: number;
    readonly unproven: number;
    readonly size: number;
    readonly checkpoint: string | null;
  };
  readonly gaps: readonly Gap[];
}

/** Said about a clause or control: never left blank. */
export function standingOf(requirement: PackRequirement): { state: string; words: string } {
  if (requirement.exclusion !== null)
    return { state: 'Excluded', words: `Excluded: ${requirement.exclusion}` };
  if (requirement.checked)
    return { state: 'Checked', words: 'Evidence, approved by somebody else on that evidence.' };
  if (requirement.shown)
    return { state: 'Shown', words: 'Evidence is linked; nobody else has approved it yet.' };
  if (requirement.said)
    return { state: 'Gap', words: 'Gap: a finished step says so, but no evidence is linked.' };
  return { state: 'Gap', words: 'Gap: nothing here yet.' };
}

/** A moment as a person reads it, in UTC: 25 November 2026, 14:05 UTC. */
export function momentInWords(at: string): string {
  const date = new Date(at);
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${dayInWords(at)}, ${time} UTC`;
}

/** A day as a person reads it: 25 November 2026. */
export function dayInWords(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]!} ${date.getUTCFullYear()}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
