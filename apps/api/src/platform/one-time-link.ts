import { createHash, createHmac } from 'node:crypto';

/**
 * The secret of a link that is mailed and works once, or that signs calls of a webhook. It is made from
 * the key, so that it is stored nowhere: whoever sends the mail or signs makes it again, and of a link
 * the database keeps the hash.
 */
export const linkSecret = (
  key: Buffer,
  purpose: 'invitation' | 'password-reset' | 'guest-task' | 'webhook',
  id: string,
  sent = 1,
): string => createHmac('sha256', key).update(`${purpose}:${id}:${sent}`).digest('base64url');

/** How a secret of ours is stored: all of them are random, so a plain hash is enough. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
