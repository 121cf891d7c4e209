import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** What a proxy adds: with any of these, the caller is somebody behind it. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether a request may read the figures: with the token of `METRICS_TOKEN`, or on this machine. */
export function mayReadMetrics(
  { headers, socket }: Pick<Request, 'headers' | 'socket'>,
  token: string | undefined,
): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given !== undefined) return token !== undefined && same(given, token);
  return (
    LOOPBACK.has(socket.remoteAddress ?? '') &&
    FORWARDING.every((header) => headers[header] === undefined)
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (given: string, token: string): boolean =>
  timingSafeEqual(digest(given), digest(token));
