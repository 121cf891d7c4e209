import { riskCatalogue, type RiskLevel, riskLevelOf, type RiskScores } from '@plumbline/frameworks';

/** Scores of a risk at one moment, placed on the map. */
export interface Placed {
  readonly likelihood: number;
  /** The worst of the three impacts. */
  readonly impact: number;
  readonly level: RiskLevel;
  readonly score: number;
}

/** A risk of an AI system, as the register knows it. */
export interface SystemRisk {
  readonly id: string;
  readonly title: string;
  /** As it stands without treatment, and what is left after it; null while not scored. */
  readonly before: Placed | null;
  readonly left: Placed | null;
  readonly ownerId: string | null;
  readonly treatment: string;
}

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The risks that the governance facts hold: of the full assessment, else those of the light path. */
export function risksOf(facts: Readonly<Record<string, unknown>>): readonly SystemRisk[] {
  const full = rowsOf(facts['risks']);
  if (full.length > 0) return full.map(fullRisk);
  return rowsOf(facts['lightRisks']).map(lightRisk);
}

function fullRisk(row: Row, at: number): SystemRisk {
  return {
    id: `R-${String(at + 1).padStart(2, '0')}`,
    title: text(row['title']),
    before: place(row, ''),
    left: place(row, 'residual'),
    ownerId: text(row['riskOwner']) || null,
    treatment: text(row['actions']) || text(row['controls']) || text(row['existingControls']),
  };
}

/** On the light path a risk is scored once, with the measures that are in place. */
function lightRisk(row: Row, at: number): SystemRisk {
  const key = text(row['risk']);
  return {
    id: key || `R-${at + 1}`,
    title: riskCatalogue.find((risk) => risk.id === key)?.title ?? key,
    before: null,
    left: place(row, ''),
    ownerId: null,
    treatment: text(row['measures']),
  };
}

function place(row: Row, prefix: '' | 'residual'): Placed | null {
  const named = (key: string): number | null =>
    number(row[prefix ? `${prefix}${key.slice(0, 1).toUpperCase()}${key.slice(1)}` : key]);
  const scores: RiskScores = {
    likelihood: named('likelihood'),
    impactOrg: named('impactOrg'),
    impactIndividuals: named('impactIndividuals'),
    impactSociety: named('impactSociety'),
  };
  const found = riskLevelOf(scores);
  if ('missing' in found || scores.likelihood === null) return null;
  const impact = Math.max(
    ...[scores.impactOrg, scores.impactIndividuals, scores.impactSociety].map((one) => one ?? 0),
  );
  return { likelihood: scores.likelihood, impact, ...found };
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isRow) : [];
}

/** The level of a cell of the map: what a risk placed there has at least. */
export function cellLevel(likelihood: number, impact: number): RiskLevel {
  const found = riskLevelOf({
    likelihood,
    impactOrg: impact,
    impactIndividuals: 1,
    impactSociety: 1,
  });
  return 'level' in found ? found.level : 'low';
}
