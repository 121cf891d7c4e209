import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { Configuration } from '../config/configuration.ts';
import { Outgoing } from './outgoing.ts';

/** Something that listens on this machine, and how often anybody has come. */
interface Listener {
  readonly port: number;
  readonly connections: () => number;
}

describe('a call to an address that somebody chose', () => {
  const open: { close(): unknown }[] = [];
  afterEach(() => {
    for (const server of open.splice(0)) server.close();
  });

  const listening = async (listener: RequestListener): Promise<Listener> => {
    let connections = 0;
    const server = createServer(listener).on('connection', () => (connections += 1));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    open.push(server);
    return { port: (server.address() as AddressInfo).port, connections: () => connections };
  };
  const outgoing = (...allowed: string[]) =>
    new Outgoing(
      new Configuration(
        'worker',
        { WEBHOOK_ALLOWED_ORIGINS: allowed } as Configuration['environment'],
        {} as Configuration['secrets'],
      ),
    );
  const call = { headers: { 'content-type': 'application/json' }, body: '{"a":"ä"}' };
  const post = (port: number, path = '/in', timeout?: number) =>
    outgoing(`http://127.0.0.1:${port}`).post(
      { ...call, url: `http://127.0.0.1:${port}${path}` },
      timeout,
    );

  it('carries its body and headers, and brings back the status and the beginning', async () => {
    const seen: unknown[] = [];
    const { port } = await listening((request, response) => {
      request
        .setEncoding('utf8')
        .on('data', (text) => seen.push(request.method, request.url, text));
      request.on('end', () => {
        response.writeHead(202, { 'retry-after': '30' }).end('taken\u0000<b>\u202E');
      });
    });
    expect(await post(port, '/in?a=1')).toEqual({
      kind: 'answered',
      ...{ status: 202, excerpt: 'taken <b>', retryAfter: 30 },
    });
    expect(seen).toEqual(['POST', '/in?a=1', call.body]);
  });

  it('follows no redirect', async () => {
    const inside = await listening((_, response) => response.end('secret'));
    const { port } = await listening((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/` }).end(),
    );
    expect(await post(port)).toMatchObject({ kind: 'answered', status: 307 });
    expect(inside.connections()).toBe(0);
  });

  it('reads no more than a beginning, however much comes', async () => {
    const { port } = await listening((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    });
    const end = await post(port);
    expect(end).toMatchObject({ kind: 'answered', status: 200 });
    expect(end.kind === 'answered' && end.excerpt.length).toBe(500);
  });

  it('waits no longer than its time for an answer, and keeps a status whose body never ends', async () => {
    const { port } = await listening((request, response) => {
      if (request.url === '/slow') response.writeHead(200).write('so far');
    });
    expect(await post(port, '/silent', 50)).toEqual({ kind: 'unanswered', why: 'timeout' });
    expect(await post(port, '/slow', 200)).toMatchObject({ status: 200, excerpt: 'so far' });
  });

  it('says what went wrong where nobody listens, something else does, or TLS does not hold', async () => {
    const gone = await listening(() => undefined);
    open.splice(0).forEach((server) => server.close());
    expect(await post(gone.port)).toEqual({ kind: 'unanswered', why: 'connection' });
    const rude = createTcpServer((socket) => socket.end('SSH-2.0-x\r\n'));
    await new Promise<void>((done) => rude.listen(0, '127.0.0.1', done));
    open.push(rude);
    const { port } = rude.address() as AddressInfo;
    expect(await post(port)).toEqual({ kind: 'unanswered', why: 'connection' });
    const plain = await listening(() => undefined);
    const origin = `https://127.0.0.1:${plain.port}`;
    const end = await outgoing(origin).post({ ...call, url: `${origin}/in` });
    expect(end).toEqual({ kind: 'unanswered', why: 'certificate' });
  });

  it('does not even look a name up that may not be called', async () => {
    const calls = outgoing();
    calls.resolve = () => Promise.reject(new Error('asked'));
    const end = await calls.post({ ...call, url: 'http://hooks.example.org/in' });
    expect(end).toEqual({ kind: 'unanswered', why: 'not-allowed' });
  });

  it.each([
    ['leads to this machine', ['127.0.0.1']],
    ['leads there by IPv6', ['::1']],
    ['leads there by a mapped address', ['::ffff:127.0.0.1']],
    ['leads to metadata', ['169.254.169.254']],
    ['has one private address among public ones', ['1.1.1.1', '10.0.0.1']],
    ['has no address', []],
  ])('connects nowhere when the name %s', async (_, addresses) => {
    const { port, connections } = await listening((__, response) => response.end());
    const calls = outgoing();
    calls.resolve = () =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    const end = await calls.post({ ...call, url: `https://hooks.example.org:${port}/in` });
    expect(end).toEqual({ kind: 'unanswered', why: 'not-public' });
    expect(connections()).toBe(0);
  });

  it('asks for a name once, so that another answer a moment later changes nothing', async () => {
    const { port, connections } = await listening((_, response) => response.end());
    const calls = outgoing();
    let asked = 0;
    calls.resolve = () => {
      asked += 1;
      // The first answer is public and leads nowhere from here, each later one to this machine.
      const address = asked === 1 ? '198.41.0.4' : '127.0.0.1';
      return Promise.resolve([{ address, family: 4 }]);
    };
    const url = `https://rebinding.example.org:${port}/in`;
    expect(await calls.post({ ...call, url }, 300)).toMatchObject({ kind: 'unanswered' });
    expect(asked).toBe(1);
    expect(connections()).toBe(0);
  });

  it('finds a host that the operator has named as this machine finds it', async () => {
    const { port } = await listening((_, response) => response.end('here'));
    const origin = `http://localhost:${port}`;
    const end = await outgoing(origin).post({ ...call, url: `${origin}/in` });
    expect(end).toMatchObject({ status: 200, excerpt: 'here' });
  });

  it('says that a name is unknown', async () => {
    const calls = outgoing();
    calls.resolve = () => Promise.reject(new Error('queryA ENOTFOUND'));
    const end = await calls.post({ ...call, url: 'https://nobody.example.org/in' });
    expect(end).toEqual({ kind: 'unanswered', why: 'name' });
  });
});
