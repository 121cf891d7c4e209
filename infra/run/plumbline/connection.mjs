import { parseArgs } from 'node:util';
import { dataDirectory } from '../places.mjs';
import { runningUrl } from '../run-lock.mjs';
import { Trouble } from '../trouble.mjs';
import { signIn } from './client.mjs';

const CONNECTION_OPTIONS = {
  url: { type: 'string' },
  email: { type: 'string' },
  password: { type: 'string' },
};

/** Reads a command's arguments: its own `options` (as for `util.parseArgs`) and those of the connection. */
export function readArguments(args, options = {}) {
  try {
    return parseArgs({
      args,
      options: { ...CONNECTION_OPTIONS, ...options },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Trouble(error.message, 'npm run plumbline -- help <command> shows what it takes.');
  }
}

/** Signs in as the arguments or the environment say; answers a client of the HTTP API. */
export function connect({ url, email, password }) {
  const { PLUMBLINE_URL, PLUMBLINE_EMAIL, PLUMBLINE_PASSWORD } = process.env;
  const address = url ?? PLUMBLINE_URL ?? runningUrl(dataDirectory());
  if (!address) {
    throw new Trouble(
      'No Plumbline runs on this machine.',
      'start it with npm start, or give --url.',
    );
  }
  return signIn(address, {
    email: email ?? PLUMBLINE_EMAIL ?? 'ana.ruiz@harbour.example',
    password: password ?? PLUMBLINE_PASSWORD ?? 'plumb-line-demo-2026',
  });
}
