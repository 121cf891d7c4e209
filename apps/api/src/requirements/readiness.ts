import type { Readiness, ReadinessRow, Requirement } from '@plumbline/contracts';
import { requirementGroups, requirements } from '@plumbline/frameworks';

/** Where one clause or control stands. */
export type Standing = Pick<Requirement, 'said' | 'shown' | 'checked'>;

/** Where it stands when nothing is known of it. */
export const NOTHING: Standing = { said: false, shown: false, checked: false };

/** Counts over some clauses and controls; one that is missing from `standings` is a gap. */
export function countReadiness(
  ids: readonly string[],
  standings: ReadonlyMap<string, Standing>,
): Readiness {
  const of = (state: keyof Standing): number =>
    ids.filter((id) => standings.get(id)?.[state] === true).length;
  return { total: ids.length, said: of('said'), shown: of('shown'), checked: of('checked') };
}

/** Counts over everything that is assessed. */
export const countAll = (standings: ReadonlyMap<string, Standing>): Readiness =>
  countReadiness(
    requirements.map(({ id }) => id),
    standings,
  );

/** One row per group, in the order of the standard. */
export const readinessRows = (standings: ReadonlyMap<string, Standing>): ReadinessRow[] =>
  requirementGroups.map((group) => ({
    group: group.id,
    title: group.title,
    counts: countReadiness(
      group.requirements.map(({ id }) => id),
      standings,
    ),
    biggestGap: biggestGap(group.requirements, standings),
  }));

/** What is missing first: something nobody has said, then something not shown, then not checked. */
function biggestGap(
  group: readonly { readonly id: string; readonly title: string }[],
  standings: ReadonlyMap<string, Standing>,
): string | null {
  const gaps: [keyof Standing, string][] = [
    ['said', 'nothing here yet'],
    ['shown', 'no evidence is linked'],
    ['checked', 'nobody else has approved the evidence'],
  ];
  for (const [state, words] of gaps) {
    const open = group.find(({ id }) => standings.get(id)?.[state] !== true);
    if (open) return `${open.id} ${open.title}: ${words}.`;
  }
  return null;
}
