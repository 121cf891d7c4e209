import { createServer } from 'node:http';

/**
 * A server of somebody else on this machine that keeps every call. `answer` is the status of its
 * answers; `next()` resolves with the next call that nobody has taken yet.
 */
export async function openReceiver() {
  const calls = [];
  const waiting = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => {
      response.writeHead(receiver.answer).end();
      const call = { headers: request.headers, body };
      const waiter = waiting.shift();
      if (waiter) waiter(call);
      else calls.push(call);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const receiver = {
    origin: `http://127.0.0.1:${server.address().port}`,
    answer: 204,
    next: () =>
      calls.length > 0
        ? Promise.resolve(calls.shift())
        : new Promise((done) => {
            waiting.push(done);
          }),
    close: () => server.close(),
  };
  return receiver;
}
