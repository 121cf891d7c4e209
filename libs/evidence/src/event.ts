import { canonicalJson } from './canonical-json.ts';
import { concatBytes, hex, utf8 } from './encoding.ts';
import { hashBytes } from './merkle.ts';

/**
 * One entry of the record as it is hashed. It names nobody: `actor` is a random reference that only
 * the organisation can resolve, and what happened is bound by `commit` without being shown.
 */
export interface EventBody {
  readonly v: 1;
  readonly id: string;
  /** RFC 3339, UTC, by the database's clock. */
  readonly at: string;
  readonly actor: string;
  /** For example `ai-system.created`. */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** Hex SHA-256 of salt‖payload. */
  readonly commit: string;
}

/** The canonical bytes of a payload. */
export const payloadBytes = (payload: unknown): Uint8Array => utf8(canonicalJson(payload));

/** Binds a payload without showing it; with the salt erased, the commitment tells nothing about it. */
export const payloadCommit = (salt: Uint8Array, payload: Uint8Array): string =>
  hex(hashBytes(concatBytes(salt, payload)));

/** The canonical bytes of an entry: what the log hashes. */
export const eventBytes = (body: EventBody): Uint8Array => utf8(canonicalJson(body));

/**
 * The canonical text of an entry around its time, so that the database can put its own clock between
 * the two halves without a round trip.
 */
export function eventAroundTime(body: Omit<EventBody, 'at' | 'actor'>): {
  beforeActor: string;
  beforeTime: string;
  afterTime: string;
} {
  // Splitting at the markers is safe: they are the first two variable members, right after `action`.
  const whole = canonicalJson({ ...body, actor: '', at: '' });
  const head = `{"action":${canonicalJson(body.action)},"actor":"`;
  const middle = '","at":"';
  return {
    beforeActor: head,
    beforeTime: middle,
    afterTime: whole.slice(head.length + middle.length),
  };
}

const FIELDS: readonly (keyof EventBody)[] = [
  'id',
  'at',
  'actor',
  'action',
  'entity',
  'entityId',
  'commit',
];

/** An entry read back from its bytes, or null when they are not the canonical bytes of one. */
export function parseEvent(line: string): EventBody | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not JSON, so not an entry.
    return null;
  }
  if (!isRecord(value) || value['v'] !== 1) return null;
  if (Object.keys(value).length !== FIELDS.length + 1) return null;
  const strings = Object.fromEntries(FIELDS.map((field) => [field, value[field]]));
  if (!isStrings(strings)) return null;
  const body: EventBody = { v: 1, ...strings };
  return canonicalJson(body) === line ? body : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isStrings = (
  value: Record<string, unknown>,
): value is Record<Exclude<keyof EventBody, 'v'>, string> =>
  Object.values(value).every((member) => typeof member === 'string');
