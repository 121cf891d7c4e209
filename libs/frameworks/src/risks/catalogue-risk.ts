/** A risk to think of: a starting point for a person, never a finding. */
export interface CatalogueRisk {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly cause: string;
  readonly consequence: string;
  readonly affected: readonly ('organization' | 'individuals' | 'society')[];
  readonly systemTypes: readonly ('predictive' | 'generative' | 'agentic' | 'off-the-shelf')[];
  readonly stages: readonly string[];
  /** Scores often seen before treatment. */
  readonly typical: {
    readonly likelihood: number;
    readonly impactOrg: number;
    readonly impactIndividuals: number;
    readonly impactSociety: number;
  };
  readonly controls: readonly string[];
  readonly treatments: readonly string[];
  readonly riskSource: string;
  readonly references: readonly string[];
  readonly indicators: readonly string[];
}
