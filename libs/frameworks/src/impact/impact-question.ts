/** What an answer sets off besides being recorded. */
export type ImpactEffect = {
  /** Option key, `empty`, or `any-but-none`. */
  readonly answer: string;
} & (
  | { readonly kind: 'minimum-tier'; readonly tier: 'limited' | 'high' }
  | { readonly kind: 'triage-points'; readonly points: number }
  | { readonly kind: 'suggest-risk'; readonly risk: string }
  | { readonly kind: 'open-point'; readonly point: string }
  | { readonly kind: 'classify'; readonly fact: string }
  | { readonly kind: 'must-answer'; readonly onlyIf?: string }
  | { readonly kind: 'block-deployment'; readonly onlyIf?: string }
);

/** A question of the impact assessment. Unsure counts as the more careful answer. */
export interface ImpactQuestion {
  readonly id: string;
  readonly theme: string;
  readonly level: 'individual' | 'group' | 'society' | 'organization';
  readonly question: string;
  readonly help: string;
  readonly answer: 'longtext' | 'select' | 'multiselect' | 'yes-no-unsure' | 'person';
  readonly options: readonly { readonly key: string; readonly label: string }[];
  /** The lowest tier that asks it. */
  readonly askedFrom: 'minimal' | 'limited' | 'high';
  readonly effects: readonly ImpactEffect[];
  readonly controls: readonly string[];
  readonly risks: readonly string[];
  readonly references: readonly string[];
  readonly evidence: string;
}
