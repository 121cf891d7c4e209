import { parseEvent, payloadCommit } from '@plumbline/evidence';
import { actorRef } from '../platform/record/record-writer.ts';

/** One leaf with all that is stored about its entry; null members are missing rows. */
export interface AuditedEntry {
  readonly index: number;
  readonly eventId: string;
  readonly id: string | null;
  /** As the canonical text writes it. */
  readonly at: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly entity: string | null;
  readonly entityId: string | null;
  readonly body: Buffer | null;
  readonly payload: string | null;
  readonly salt: Buffer | null;
  readonly personId: string | null;
  readonly personSalt: Buffer | null;
}

/** What is wrong with an entry beside its hash, in words. `erased` says that its payload may be gone. */
export function entryProblems(entry: AuditedEntry, erased: boolean): string[] {
  if (entry.id === null || entry.body === null) return ['The entry is missing.'];
  const body = parseEvent(entry.body.toString('utf8'));
  if (!body) return ['The entry cannot be read: its text has been changed.'];
  const repeated: [string, string, string | null][] = [
    ['id', body.id, entry.id],
    ['time', body.at, entry.at],
    ['actor', body.actor, entry.actor],
    ['action', body.action, entry.action],
    ['entity', body.entity, entry.entity],
    ['entity id', body.entityId, entry.entityId],
  ];
  const problems = repeated
    .filter(([, signed, stored]) => signed !== stored)
    .map(
      ([name, signed, stored]) =>
        `The ${name} shown is “${stored}”, but the signed entry says “${signed}”.`,
    );
  problems.push(...payloadProblems(entry, body.commit, erased));
  if (entry.personId !== null && entry.personSalt !== null) {
    if (actorRef(entry.personSalt, entry.personId) !== body.actor)
      problems.push('The entry is shown as somebody else’s.');
  }
  return problems;
}

function payloadProblems(entry: AuditedEntry, commit: string, erased: boolean): string[] {
  if (entry.payload === null || entry.salt === null) {
    return erased ? [] : ['What happened is missing, and no entry says that it was erased.'];
  }
  return payloadCommit(entry.salt, Buffer.from(entry.payload, 'utf8')) === commit
    ? []
    : ['What happened is not what the entry was bound to: it has been changed.'];
}
