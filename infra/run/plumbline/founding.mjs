import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { apiEnvironment } from '../api-environment.mjs';
import { ensureBuilt } from '../build.mjs';
import { node24 } from '../node24.mjs';
import { dataDirectory, inRoot, root } from '../places.mjs';
import { readPidFile } from '../postgres-pid-file.mjs';
import { runningUrl } from '../run-lock.mjs';
import { loadAdministrator, loadSecrets } from '../secrets.mjs';
import { Trouble } from '../trouble.mjs';

/** Secrets go by input: arguments and environments can be looked at. */
const ON_INPUT = '--password-on-input';

/** The database as `npm start` uses it: the one that was given, or the embedded one while it runs. */
function databaseUrl(dataDir) {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const noted = runningUrl(dataDir) && readPidFile(join(dataDir, 'postgres'));
  if (!noted?.ready) {
    throw new Trouble(
      'No Plumbline runs on this machine.',
      'start it with npm start, or set DATABASE_URL and PUBLIC_URL.',
    );
  }
  const { user, password } = loadAdministrator(dataDir);
  return `postgres://${user}:${password}@127.0.0.1:${noted.port}/plumbline`;
}

/** Where links lead: as given, or as `npm start` says it when nothing is given. */
function publicUrl(dataDir) {
  const url = process.env.PUBLIC_URL ?? runningUrl(dataDir)?.replace('127.0.0.1', 'localhost');
  if (url) return url;
  throw new Trouble(
    'It is not known where Plumbline is served.',
    'set PUBLIC_URL to its address, for example https://plumbline.example.org.',
  );
}

/**
 * Creates a firm or a client that stands alone; answers its short name and its first person’s link.
 * With the `password` by which the person is to enter, nothing is created when it cannot be used.
 */
export function found(kind, name, person, email, password) {
  ensureBuilt(console.error);
  const dataDir = dataDirectory();
  const env = apiEnvironment({
    ...{ databaseUrl: databaseUrl(dataDir), publicUrl: publicUrl(dataDir), dataDir },
    ...{ port: 0, queue: {}, secrets: loadSecrets(dataDir), demo: false },
  });
  const main = inRoot('apps/api/dist/main.js');
  const { status, stdout, stderr } = spawnSync(
    node24(),
    [main, 'create-organisation', kind, name, person, email, ...(password ? [ON_INPUT] : [])],
    { cwd: root, encoding: 'utf8', env, ...(password && { input: password }) },
  );
  if (status !== 0) {
    throw new Trouble(`The ${kind} was not created: ${stderr.trim()}`, 'mend what it names.');
  }
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** How the help explains a founding command. */
export const usage = `
  Creates it and invites its first person, who gets a mail with a link; the link is printed as well.
  It is for the operator: it needs this machine's secrets and the database, not a sign-in.
  With a database of your own, set DATABASE_URL and PUBLIC_URL as for npm start.
`;

/** Founds an organisation of this kind as the arguments say, and prints the link of its first person. */
export function foundAndTell(kind, args) {
  if (args.length !== 3) {
    throw new Trouble(
      'Three things are needed: its name, its first person, and that person’s e-mail address.',
      `for example: npm run plumbline -- create-${kind} "Harbour & Co" "Ana Ruiz" ana@harbour.example`,
    );
  }
  const [name, person, email] = args;
  const { slug, link } = found(kind, name, person, email);
  const address = `/${kind === 'firm' ? 'f' : 'c'}/${slug}`;
  console.log(
    `\n  ${name} is there, as ${address}.\n  ${person} enters by this link, once, within 72 hours:\n\n    ${link}\n`,
  );
  return 0;
}
