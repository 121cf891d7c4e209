import { parseArgs } from 'node:util';
import { dataDirectory } from '../places.mjs';
import { runningUrl } from '../run-lock.mjs';
import { Trouble } from '../trouble.mjs';
import { Client, signIn } from './client.mjs';

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

/** Where Plumbline is, as the arguments or the environment say, else the one on this machine. */
function addressOf({ url }) {
  const address = url ?? process.env.PLUMBLINE_URL ?? runningUrl(dataDirectory());
  if (address) return address;
  throw new Trouble(
    'No Plumbline runs on this machine.',
    'start it with npm start, or give --url.',
  );
}

/** Who signs in: as the arguments or the environment say, else the demo adviser. */
export function credentialsOf({ email, password }) {
  const { PLUMBLINE_EMAIL, PLUMBLINE_PASSWORD } = process.env;
  return {
    email: email ?? PLUMBLINE_EMAIL ?? 'ana.ruiz@harbour.example',
    password: password ?? PLUMBLINE_PASSWORD ?? 'plumb-line-demo-2026',
  };
}

/** A client of the HTTP API without a session, for what needs none. */
export const anonymous = (args) => new Client(addressOf(args));

/** Signs in and answers a client of the HTTP API. */
export const connect = (args) => signIn(addressOf(args), credentialsOf(args));
