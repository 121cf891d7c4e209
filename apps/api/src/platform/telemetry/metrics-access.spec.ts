import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { mayReadMetrics } from './metrics-access.ts';

const TOKEN = 'a-token-of-at-least-32-characters';

const from = (remoteAddress: string, headers: Request['headers'] = {}) =>
  ({ headers, socket: { remoteAddress } }) as Request;

describe('who may read the figures', () => {
  it.each<[string, boolean, Request, string | undefined]>([
    ['this machine', true, from('127.0.0.1'), undefined],
    ['this machine over IPv6', true, from('::1'), undefined],
    ['this machine, mapped', true, from('::ffff:127.0.0.1'), TOKEN],
    ['another machine', false, from('10.0.0.7'), undefined],
    ['another machine when there is a token', false, from('10.0.0.7'), TOKEN],
    ['behind a proxy here', false, from('127.0.0.1', { 'x-forwarded-for': '::1' }), TOKEN],
    ['behind another kind of proxy', false, from('127.0.0.1', { forwarded: 'for=x' }), TOKEN],
    ['with the token', true, from('10.0.0.7', { authorization: `Bearer ${TOKEN}` }), TOKEN],
    [
      'with the token through a proxy',
      true,
      from('127.0.0.1', { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '1.2.3.4' }),
      TOKEN,
    ],
    ['with a wrong token', false, from('127.0.0.1', { authorization: 'Bearer nearly' }), TOKEN],
    ['with a token when none is set', false, from('::1', { authorization: 'Bearer x' }), undefined],
  ])('%s: %s', (_, may, request, token) => {
    expect(mayReadMetrics(request, token)).toBe(may);
  });
});
