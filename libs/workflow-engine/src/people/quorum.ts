import type { Outcome } from '../definition/definition.ts';
import { seated, type Seating, type Voter } from './seats.ts';

/** A vote, as far as counting needs to know. */
export interface Ballot extends Voter {
  readonly approves: boolean;
  readonly outcome: string;
}

/** How votes settle a matter. */
export interface Rule extends Seating {
  /** Approvals needed. */
  readonly needed: number;
  readonly blind: boolean;
  /** Roles of which one vote against settles it; `everyone` without a quorum of its own. */
  readonly veto: readonly string[] | 'everyone';
}

/**
 * Whether the votes settle the matter. For: as many approve as are needed. Against: somebody with a
 * veto is against, or so many that the approvals can no longer reach what is needed. A blind matter
 * stays open until every place is taken, because going on, or ending, would tell what was voted.
 */
export function verdictOf(rule: Rule, ballots: readonly Ballot[]): 'open' | 'for' | 'against' {
  // Approvals first, so that a vote against never takes the place of one that counts.
  const inFavour = ballots.filter(({ approves }) => approves);
  const rest = ballots.filter(({ approves }) => !approves);
  const { seated: counted, free } = seated(rule, rule.ordered ? ballots : [...inFavour, ...rest]);
  if (rule.blind && free > 0) return 'open';
  if (ballots.some((ballot) => isVeto(rule, ballot))) return 'against';
  const approvals = counted.filter(({ approves }) => approves).length;
  if (approvals >= rule.needed) return 'for';
  return approvals + free < rule.needed ? 'against' : 'open';
}

/** Whether this vote settles the matter against, by itself. */
export function isVeto({ veto }: Pick<Rule, 'veto'>, { approves, roles }: Ballot): boolean {
  return !approves && (veto === 'everyone' || veto.some((role) => roles.includes(role)));
}

const caution = ['stop', 'reject', 'ask-for-changes'];

/**
 * The outcome of all votes together. For: one with conditions binds them all, else the last. Against:
 * what most of those against chose, of a veto only those with one; in a tie the more cautious.
 */
export function outcomeOf(
  verdict: 'for' | 'against',
  rule: Pick<Rule, 'veto'>,
  ballots: readonly Ballot[],
  outcomes: readonly Outcome[],
): Outcome | null {
  const chosen = (among: readonly Ballot[]): readonly Outcome[] =>
    among.flatMap(({ outcome }) => outcomes.find(({ key }) => key === outcome) ?? []);
  if (verdict === 'for') {
    const approving = chosen(ballots.filter(({ approves }) => approves));
    const bound = approving.find(({ effect }) => effect === 'approve-with-conditions');
    return bound ?? approving.at(-1) ?? null;
  }
  const against = ballots.filter(({ approves }) => !approves);
  const vetoes = against.filter((ballot) => isVeto(rule, ballot));
  const deciding = chosen(vetoes.length > 0 ? vetoes : against);
  const votesFor = ({ key }: Outcome) => deciding.filter((outcome) => outcome.key === key).length;
  const [first] = [...new Set(deciding)].sort(
    (one, other) =>
      votesFor(other) - votesFor(one) ||
      caution.indexOf(one.effect) - caution.indexOf(other.effect),
  );
  return first ?? null;
}
