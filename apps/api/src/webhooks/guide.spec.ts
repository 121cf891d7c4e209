import { describe, expect, it } from '@jest/globals';
import { WEBHOOK_EVENT_TYPES, WEBHOOK_TEST, webhookEventSchema } from '@plumbline/contracts';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WAITS } from './schedule.ts';
import { secretText, signedHeaders } from './signing.ts';

const guide = readFileSync(join(process.cwd(), 'docs/api/webhooks.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    ([, code = '']) => code,
  );
const SECRET = secretText('k'.repeat(43));

/** What the example of the page makes of a call: the event, or why it refuses. */
function verify(headers: Record<string, string>, body: string, secret = SECRET): string {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-guide-'));
  try {
    const file = join(folder, 'receiver.mjs');
    const [example] = blocks('js');
    writeFileSync(
      file,
      `${example!}
       const call = JSON.parse(process.argv[2]);
       try {
         const event = verifiedEvent(call.headers, call.body, call.secret);
         process.stdout.write(JSON.stringify(event));
       } catch (error) {
         process.stdout.write(error.message);
       }`,
    );
    const call = JSON.stringify({ headers, body, secret });
    return execFileSync(process.execPath, [file, call], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the page about webhooks', () => {
  const now = Math.floor(Date.now() / 1000);
  const body = '{"type":"webhook.test","name":"Ä"}';
  const call = (timestamp = now, ...secrets: string[]) =>
    signedHeaders({ id: 'evt_1', timestamp, body }, secrets.length > 0 ? secrets : [SECRET]);

  it('has an example that takes what we send, also signed with two secrets', () => {
    expect(verify(call(), body)).toBe(body);
    expect(verify(call(now, secretText('n'.repeat(43)), SECRET), body)).toBe(body);
  });

  it.each([
    ['another body', call(), `${body} `, 'not signed with this secret'],
    ['another id', { ...call(), 'webhook-id': 'evt_2' }, body, 'not signed with this secret'],
    ['another secret', call(now, secretText('x'.repeat(43))), body, 'not signed with this secret'],
    ['a signature of another kind', withVersion('v2'), body, 'not signed with this secret'],
    ['an old call that is played again', call(now - 600), body, 'too old, or from the future'],
    ['no time', { ...call(), 'webhook-timestamp': 'x' }, body, 'too old, or from the future'],
  ])('has an example that refuses %s', (_, headers, sent, why) => {
    expect(verify(headers, sent)).toBe(why);
  });

  it('shows bodies as the contract has them, and names every type', () => {
    const shown = blocks('json').map((text) => webhookEventSchema.parse(JSON.parse(text)));
    expect(shown.length).toBeGreaterThan(3);
    for (const type of [...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST])
      expect(guide).toContain(`\`${type}\``);
  });

  it('tells the schedule of attempts as it is', () => {
    const [seconds, ...rest] = WAITS;
    const minutes = rest.filter((wait) => wait < 3600).map((wait) => wait / 60);
    const hours = rest.filter((wait) => wait >= 3600).map((wait) => wait / 3600);
    const listed = (numbers: number[]) =>
      `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)!}`;
    expect(guide.replaceAll(/\s+/g, ' ')).toContain(
      `After ${seconds} seconds, ${listed(minutes)} minutes, then ${listed(hours)} hours`,
    );
  });

  function withVersion(version: string): Record<string, string> {
    const headers = signedHeaders({ id: 'evt_1', timestamp: now, body }, [SECRET]);
    return {
      ...headers,
      'webhook-signature': headers['webhook-signature']!.replace('v1', version),
    };
  }
});
