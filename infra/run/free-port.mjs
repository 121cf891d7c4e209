import { createServer } from 'node:net';

const tryPort = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const taken = server.address().port;
      server.close(() => resolve(taken));
    });
  });

/** A port nobody listens on at this moment: the preferred one if it is free, else any. */
export async function freePort(preferred) {
  return (preferred && (await tryPort(preferred))) || tryPort(0);
}
