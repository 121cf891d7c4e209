/** A metric that a monitoring plan can choose. A limit is a number, or words where it depends. */
export interface MetricDefinition {
  readonly key: string;
  readonly name: string;
  readonly metricClass:
    | 'drift'
    | 'fairness'
    | 'performance'
    | 'calibration'
    | 'genai'
    | 'security'
    | 'oversight'
    | 'agent'
    | 'incident'
    | 'redress'
    | 'traceability'
    | 'aims';
  readonly needs: string;
  readonly formula: string;
  /** What its values count; a share, a score or an index has none. */
  readonly unit?: string;
  readonly better: 'lower' | 'lower abs' | 'higher' | 'abs' | 'band';
  readonly warn: number | string;
  readonly breach: number | string;
  readonly minimumSample: string;
  readonly source: string;
  readonly notes?: string;
  /** L0 attestation, L1 value, L2 counts, L3 rows. */
  readonly levels: readonly string[];
}
