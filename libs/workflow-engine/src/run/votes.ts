import type { RunEvent } from './run-event.ts';
import type { Actor, OpenTask, Vote } from './run-state.ts';

/** A vote as a reader may see it. */
export interface VisibleVote {
  readonly personId: string;
  readonly onBehalfOf?: string;
  /** What was decided; `null` while it is kept from this reader. */
  readonly outcome: string | null;
}

/** The vote of somebody who decides: with their roles and those of the person represented. */
export function voteOf(by: Actor & { readonly kind: 'person' }, outcome: string): Vote {
  const { personId, roles, onBehalfOf } = by;
  return onBehalfOf
    ? {
        ...{ personId, onBehalfOf: onBehalfOf.personId, outcome },
        roles: [...new Set([...roles, ...onBehalfOf.roles])],
      }
    : { personId, roles, outcome };
}

/**
 * The votes on an open task as this person may see them. While a blind matter is not settled, only
 * one's own vote says what was decided, and those that one is a party to by representing or being
 * represented. `viewer` is a person's id, or `null` for somebody without any vote.
 */
export function visibleVotes(
  { votes, blind }: Pick<OpenTask, 'votes' | 'blind'>,
  viewer: string | null,
): readonly VisibleVote[] {
  return votes.map(({ personId, onBehalfOf, outcome }) => ({
    personId,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    outcome: blind && !isParty({ personId, onBehalfOf }, viewer) ? null : outcome,
  }));
}

/**
 * Whether what this event says about a vote must be kept from the viewer: its outcome, reason and
 * conditions, also in a capsule, a list, a feed or an export. `open` are the tasks of the run as it
 * stands now; once the task is settled, nothing is kept from anybody.
 */
export function isVoteHidden(
  open: readonly Pick<OpenTask, 'key' | 'blind'>[],
  { key, by }: { readonly key: string; readonly by: Actor },
  viewer: string | null,
): boolean {
  const task = open.find((each) => each.key === key);
  if (!task?.blind || by.kind !== 'person') return false;
  return !isParty({ personId: by.personId, onBehalfOf: by.onBehalfOf?.personId }, viewer);
}

/**
 * Events as everybody may read them, for a record or a message: of a vote in a blind matter that is
 * still open they do not say what was decided, why, or on which conditions.
 */
export function withoutSealedVotes(
  open: readonly Pick<OpenTask, 'key' | 'blind'>[],
  events: readonly RunEvent[],
): readonly (RunEvent | Omit<RunEvent, 'outcome' | 'reason' | 'conditions'>)[] {
  return events.map((event) => {
    if (event.type !== 'decision-recorded' || !isVoteHidden(open, event, null)) return event;
    const { outcome: _outcome, reason: _reason, conditions: _conditions, ...rest } = event;
    return rest;
  });
}

function isParty(
  { personId, onBehalfOf }: { readonly personId: string; readonly onBehalfOf?: string | undefined },
  viewer: string | null,
): boolean {
  return viewer !== null && (viewer === personId || viewer === onBehalfOf);
}
