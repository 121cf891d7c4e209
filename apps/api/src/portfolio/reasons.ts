import type { PortfolioRow } from '@plumbline/contracts';

/** What is known of one client, from which it follows whether it needs somebody. */
export interface ClientSituation {
  readonly slug: string;
  readonly breaches: number;
  readonly lateOurs: number;
  readonly lateTheirs: number;
  readonly decisionsWaiting: number;
  readonly incomplete: number;
  /** Whole days; negative when it is over already. Null: none is planned. */
  readonly daysToReview: number | null;
  readonly daysToEnd: number;
}

/** A reason with who it asks to act, and how urgent it is: the lowest rank comes first. */
export interface Reason {
  readonly rank: number;
  readonly needs: 'firm' | 'client';
  readonly text: string;
  readonly path: string;
}

const some = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace('#', String(count));

/** Days before the end of an engagement from which on it is a reason to act. */
const ENDING = 30;

/** Why a client needs somebody, most urgent first. */
export function reasonsFor(client: ClientSituation): Reason[] {
  const page = (section: string): string => `/c/${client.slug}/${section}`;
  const { breaches, lateOurs, lateTheirs, decisionsWaiting, incomplete } = client;
  const overdue = client.daysToReview !== null && client.daysToReview < 0;
  const all: (Reason | false)[] = [
    breaches > 0 && {
      ...{ rank: 1, needs: 'firm', path: page('monitors') },
      text: some(breaches, 'A threshold is crossed.', '# thresholds are crossed.'),
    },
    lateOurs > 0 && {
      ...{ rank: 2, needs: 'firm', path: page('tasks') },
      text: some(lateOurs, 'A task of ours is late.', '# tasks of ours are late.'),
    },
    client.daysToEnd <= ENDING && {
      ...{ rank: 3, needs: 'firm', path: page('members') },
      text:
        client.daysToEnd < 1
          ? 'Our access ends today.'
          : `Our access ends in ${some(client.daysToEnd, 'a day', '# days')}.`,
    },
    overdue && {
      ...{ rank: 4, needs: 'firm', path: page('ai-systems') },
      text: `A review is ${some(-client.daysToReview, 'a day', '# days')} overdue.`,
    },
    lateTheirs > 0 && {
      ...{ rank: 5, needs: 'client', path: page('tasks') },
      text: some(lateTheirs, 'A task at the client is late.', '# tasks at the client are late.'),
    },
    decisionsWaiting > 0 && {
      ...{ rank: 6, needs: 'client', path: page('tasks') },
      text: some(decisionsWaiting, 'A decision waits.', '# decisions wait.'),
    },
    incomplete > 0 && {
      ...{ rank: 7, needs: 'firm', path: page('ai-systems') },
      text: some(incomplete, 'An AI system is incomplete.', '# AI systems are incomplete.'),
    },
  ];
  return all.filter((reason) => reason !== false);
}

/** Whether somebody at the firm, or at the client, should act. */
export const needs = (reasons: readonly Reason[], who: Reason['needs']): boolean =>
  reasons.some((reason) => reason.needs === who);

type Ordered = PortfolioRow & { readonly rank: number };

const byName = (a: Ordered, b: Ordered): number =>
  a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);

/** How a portfolio can be ordered; clients without a value come last. */
export const ORDERS: Readonly<Record<string, (a: Ordered, b: Ordered) => number>> = {
  needs: (a, b) => a.rank - b.rank || b.reasons.length - a.reasons.length || byName(a, b),
  name: byName,
  lastActivityAt: (a, b) =>
    (b.lastActivityAt ?? '').localeCompare(a.lastActivityAt ?? '') || byName(a, b),
  nextReviewOn: (a, b) =>
    (a.nextReviewOn ?? '9999').localeCompare(b.nextReviewOn ?? '9999') || byName(a, b),
};
