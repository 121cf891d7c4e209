/** The limits of one monitor. A value exactly on a limit keeps it. */
export interface Limits {
  /** Which side is good: values at least, or at most, as high as the limit. */
  readonly direction: 'at-least' | 'at-most';
  readonly warning: number | null;
  readonly breach: number;
  /** Fewer cases than this tell nothing. */
  readonly minimumSample: number | null;
}

/** What a measurement shows. */
export type Verdict = 'ok' | 'warning' | 'breach' | 'too-few';

/** Judges one value. Where a smallest sample is set, a sample that is unknown is too few. */
export function judge(
  limits: Limits,
  { value, sample }: { readonly value: number; readonly sample: number | null },
): Verdict {
  const { minimumSample, breach, warning } = limits;
  if (minimumSample !== null && (sample === null || sample < minimumSample)) return 'too-few';
  if (isBeyond(limits, value, breach)) return 'breach';
  if (warning !== null && isBeyond(limits, value, warning)) return 'warning';
  return 'ok';
}

/** Whether the warning comes before the breach: one that comes later would never be heard. */
export function limitsFit({ direction, warning, breach }: Limits): boolean {
  if (warning === null) return true;
  return direction === 'at-least' ? warning >= breach : warning <= breach;
}

function isBeyond({ direction }: Limits, value: number, limit: number): boolean {
  return direction === 'at-least' ? value < limit : value > limit;
}
