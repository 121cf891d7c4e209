import { createHmac } from 'node:crypto';

/** What is signed: the id and time of a call, and its body, byte for byte. */
export interface Signed {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

const PREFIX = 'whsec_';

/** A secret as people copy it, of raw bytes in base64url. */
export const secretText = (raw: string): string =>
  `${PREFIX}${Buffer.from(raw, 'base64url').toString('base64')}`;

/**
 * Headers by Standard Webhooks 1.0: one signature for each secret that is in force, newest first, of
 * which a receiver accepts any.
 */
export function signedHeaders(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
