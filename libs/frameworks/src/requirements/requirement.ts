/** How strongly written proof is asked for. */
export type DocumentLevel = 'required' | 'required-if-applicable' | 'expected' | 'none';

/** A clause or control of a framework: its number, its topic and what it asks, in our own words. */
export interface Requirement {
  /** `6.1.3` for a clause, `A.6.2.4` for a control of Annex A. */
  readonly id: string;
  readonly kind: 'clause-group' | 'clause' | 'control-objective' | 'control';
  readonly parent: string | null;
  readonly title: string;
  readonly summary: string;
  readonly documents: DocumentLevel;
  readonly documentNote?: string;
  /** What shows it. */
  readonly evidence: readonly string[];
  /** What an auditor asks. */
  readonly auditorQuestions: readonly string[];
  readonly workflows: readonly string[];
  readonly roles: readonly ('producer' | 'provider' | 'user')[];
  /** Numbers of related parts elsewhere; the mapping is ours. */
  readonly related: {
    readonly iso27001: readonly string[];
    readonly nistAiRmf: readonly string[];
    readonly euAiAct: readonly string[];
  };
}
