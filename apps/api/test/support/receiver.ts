import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that somebody made. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server of somebody else, on this machine: keeps what it is called with, answers as told. */
export interface Receiver {
  readonly origin: string;
  readonly calls: ReceivedCall[];
  /** The status of the next answers; a promise lets the caller wait. 204 unless a test says otherwise. */
  answer: (call: ReceivedCall) => number | Promise<number>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const call = { path: request.url ?? '', headers: request.headers, body };
      receiver.calls.push(call);
      void Promise.resolve(receiver.answer(call)).then((status) => {
        response.writeHead(status).end(status === 204 ? '' : `status ${status}`);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const receiver: Receiver = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    answer: () => 204,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}
