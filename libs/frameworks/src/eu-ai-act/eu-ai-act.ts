/** A date of the EU calendar. */
export interface EuTimelineEntry {
  readonly date: string;
  readonly what: string;
  readonly status: string;
  readonly confidence: string;
}

/** How to tell a role. */
export interface EuRoleTest {
  readonly role: string;
  readonly test: string;
  readonly article: string;
}

/** A practice that must not be used, from a date on. */
export interface ProhibitedPractice {
  readonly id: string;
  readonly article: string;
  readonly practice: string;
  readonly appliesFrom: string;
}

/** An area of Annex III: uses in it are high-risk unless a derogation is documented. */
export interface AnnexArea {
  readonly point: number;
  readonly key: string;
  readonly area: string;
  readonly uses: string;
}

/** A question of the classification tree and where each answer leads: another node or an end. */
export interface TreeNode {
  readonly id: string;
  readonly ask: string;
  readonly yes?: string;
  readonly no?: string;
  readonly unsure?: string;
  readonly store?: string;
  readonly next?: string;
  readonly note?: string;
}

/** A duty, who has it, for which classes (none listed: all) and since when. Keep both dates. */
export interface EuObligation {
  readonly id: string;
  readonly parties: readonly string[];
  readonly onlyFor?: string;
  readonly classes: readonly string[];
  readonly article: string;
  readonly duty: string;
  readonly appliesFrom: string;
  readonly dateNote?: string;
  readonly originalDate: string;
  readonly status: string;
  readonly controls: readonly string[];
  readonly evidence: readonly string[];
}
