import type { Request } from 'express';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a changing request may come from where it comes from (ASVS 3.5.1): same origin by
 * Fetch Metadata, or by Origin where a client sends none, and never a form's content type.
 */
export function isCrossSite(request: Request, publicUrl: string): boolean {
  if (SAFE.has(request.method)) return false;
  const site = request.headers['sec-fetch-site'];
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  const origin = request.headers.origin;
  if (origin !== undefined) return origin !== new URL(publicUrl).origin;
  // No browser: it must say so, which no cross-site form can.
  return request.headers['x-plumbline-client'] === undefined;
}
