import { once } from 'node:events';
import { createServer } from 'node:net';

const END_OF_MAIL = '\r\n.\r\n';

/**
 * A mail server outside the product: takes every mail and counts its copies by the Message-ID, which is
 * the id of the effect. A mail counts from the moment at which it is accepted.
 */
export async function openMailSink() {
  const copies = new Map();
  const sockets = new Set();
  const accept = (mail) => {
    const [, id = 'without an id'] = /^message-id:\s*<([^@>]+)@/im.exec(mail) ?? [];
    copies.set(id, (copies.get(id) ?? 0) + 1);
  };
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
    // A sender that was killed: what it had handed over whole has been counted.
    socket.on('error', () => socket.destroy());
    converse(socket, accept);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${server.address().port}`,
    /** How many copies of each mail came, by the id of its effect. */
    copies,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The server's side of SMTP, as far as a sender needs it. */
function converse(socket, accept) {
  const say = (line) => socket.write(`${line}\r\n`);
  let waiting = '';
  let inMail = false;
  say('220 sink');
  socket.setEncoding('utf8').on('data', (data) => {
    waiting += data;
    for (;;) {
      const mark = inMail ? END_OF_MAIL : '\r\n';
      const end = waiting.indexOf(mark);
      if (end < 0) return;
      const said = waiting.slice(0, end);
      waiting = waiting.slice(end + mark.length);
      if (inMail) {
        inMail = false;
        accept(said);
        say('250 taken');
        continue;
      }
      const command = said.slice(0, 4).toUpperCase();
      inMail = command === 'DATA';
      if (inMail) say('354 go on');
      else if (command === 'QUIT') return void socket.end('221 bye\r\n');
      else say('250 ok');
    }
  });
}
