import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.ts';
import { urlTrouble } from './outgoing-url.ts';
import { isPublicAddress } from './public-address.ts';

/** Milliseconds for one call, from looking the name up to the end of what is read. */
export const CALL_TIMEOUT = 10_000;
/** Bytes that are read of an answer. */
const READ_AT_MOST = 2000;

/** Why no answer came. */
export type NoAnswer =
  'not-allowed' | 'name' | 'not-public' | 'certificate' | 'connection' | 'timeout';

/** How a call ended. */
export type CallEnd =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The beginning of the answer's body as text, without control characters. */
      readonly excerpt: string;
      /** Seconds after which the other side wants to be asked again. */
      readonly retryAfter: number | null;
    }
  | { readonly kind: 'unanswered'; readonly why: NoAnswer };

/** A call to an address that somebody of an organisation chose. */
export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How names become addresses. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** Asks the name servers, for a few seconds: other people's slow ones must not take up our threads. */
const byServers: Resolve = async (name) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = [four, six].flatMap((answer, nth) =>
    answer.status === 'fulfilled'
      ? answer.value.map((address) => ({ address, family: nth === 0 ? 4 : 6 }))
      : [],
  );
  if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
  return addresses;
};

/** As this machine resolves names, its own file of hosts included: for what the operator has named. */
const byThisMachine: Resolve = (name) => lookup(name, { all: true });

class NameUnknown extends Error {}
class NotPublic extends Error {}

/**
 * Calls to addresses that people of organisations chose. A name is looked up once, every address that
 * it has must be public, and the connection goes to one of these very addresses, so that a name which
 * answers otherwise a moment later gains nothing. Redirects are not followed and nothing is reused.
 */
@Injectable()
export class Outgoing {
  private readonly allowed: ReadonlySet<string>;
  /** Replaced by tests that answer for the name servers. */
  resolve = byServers;

  constructor(@Inject(Configuration) { environment }: Configuration) {
    this.allowed = new Set(environment.WEBHOOK_ALLOWED_ORIGINS);
  }

  /** What is wrong with an address, in words for who entered it; null when it may be tried. */
  trouble(url: string): string | null {
    return urlTrouble(url, this.allowed);
  }

  /** Posts; never throws for what the other side does or is. Takes CALL_TIMEOUT at most. */
  async post({ url, headers, body }: Call, timeout = CALL_TIMEOUT): Promise<CallEnd> {
    // Saved under other settings, perhaps: the address is looked at again each time.
    if (this.trouble(url) !== null) return { kind: 'unanswered', why: 'not-allowed' };
    const to = new URL(url);
    const signal = AbortSignal.timeout(timeout);
    const request = (to.protocol === 'http:' ? requestHttp : requestHttps)(to, {
      method: 'POST',
      agent: false,
      signal,
      lookup: this.lookupFor(to),
      headers: {
        ...headers,
        'content-length': Buffer.byteLength(body),
        'accept-encoding': 'identity',
        connection: 'close',
      },
    });
    try {
      const response = await answerTo(request, body);
      const text = await beginningOf(response);
      return {
        kind: 'answered',
        status: response.statusCode ?? 0,
        excerpt: plainText(text),
        retryAfter: secondsIn(response.headers['retry-after']),
      };
    } catch (error) {
      return { kind: 'unanswered', why: signal.aborted ? 'timeout' : whyNot(error) };
    } finally {
      request.destroy();
    }
  }

  private lookupFor(to: URL): LookupFunction {
    const mayBePrivate = this.allowed.has(to.origin);
    return (name, options, done) => {
      const resolve = mayBePrivate ? byThisMachine : this.resolve;
      resolve(name).then(
        (addresses) => {
          const [first] = addresses;
          const ours = mayBePrivate || addresses.every(({ address }) => isPublicAddress(address));
          if (!first || !ours) done(new NotPublic(), '');
          else if (options.all) done(null, [...addresses]);
          else done(null, first.address, first.family);
        },
        () => {
          done(new NameUnknown(), '');
        },
      );
    };
  }
}

function answerTo(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.once('close', () => {
      reject(new Error('closed without an answer'));
    });
    // Another protocol is nothing that we speak.
    request.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Error('wants another protocol'));
    });
    request.end(body);
  });
}

/** As much of the body as is of interest; one that never ends, or breaks off, is no failure by itself. */
async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response) {
      if (!Buffer.isBuffer(part)) break;
      parts.push(part);
      size += part.length;
      if (size >= READ_AT_MOST) break;
    }
  } catch {
    // The status came; the rest is only for people to look at.
  }
  return Buffer.concat(parts).subarray(0, READ_AT_MOST);
}

const plainText = (bytes: Buffer): string =>
  bytes
    .toString('utf8')
    .replaceAll(/[\p{Cc}\p{Cf}\uFFFD]+/gu, ' ')
    .trim()
    .slice(0, 500);

/** Only the form in seconds: a date would trust the other side's clock. */
const secondsIn = (header: string | undefined): number | null =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null;

const CERTIFICATE = /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|^UNABLE_TO|^EPROTO$/;

function whyNot(error: unknown): NoAnswer {
  if (error instanceof NotPublic) return 'not-public';
  if (error instanceof NameUnknown) return 'name';
  const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : '';
  return CERTIFICATE.test(code) ? 'certificate' : 'connection';
}
