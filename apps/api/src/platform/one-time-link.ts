import { createHash, createHmac } from 'node:crypto';

/**
 * The secret of a link that is mailed and works once. It is made from the key, so that it is stored
 * nowhere: the database keeps its hash, and whoever sends the mail makes it again.
 */
export const linkSecret = (
  key: Buffer,
  purpose: 'invitation' | 'password-reset' | 'guest-task',
  id: string,
  sent = 1,
): string => createHmac('sha256', key).update(`${purpose}:${id}:${sent}`).digest('base64url');

/** How a secret of ours is stored: all of them are random, so a plain hash is enough. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
