import { describe, expect, it } from '@jest/globals';
import { secretText, signedHeaders } from './signing.ts';

describe('the signature of a call', () => {
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
  };

  it('is the one of the published example of Standard Webhooks', () => {
    expect(signedHeaders(signed, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': signed.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is given for each secret in force, and differs with id, time, body and secret', () => {
    const [first, second] = [secretText('a'.repeat(43)), secretText('b'.repeat(43))];
    const of = (more: object, ...secrets: string[]) =>
      signedHeaders({ ...signed, ...more }, secrets)['webhook-signature'];
    expect(of({}, first, second)).toBe(`${of({}, first)} ${of({}, second)}`);
    const all = [of({}, first), of({}, second), of({ id: 'b' }, first), of({ body: '' }, first)];
    expect(new Set([...all, of({ timestamp: 1 }, first)]).size).toBe(5);
  });

  it('has a secret of 32 bytes in base64 with the usual prefix', () => {
    const raw = Buffer.alloc(32, 251);
    const text = secretText(raw.toString('base64url'));
    expect(text).toBe(`whsec_${raw.toString('base64')}`);
  });
});
