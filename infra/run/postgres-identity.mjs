import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from './trouble.mjs';

// PostgreSQL refuses to run as root. Inside a user namespace root looks like "nobody" to it, while
// its files stay root's own, so the repository may even lie under a folder only root can enter.
const NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

const works = ([command, ...args]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const direct = { prefix: [], options: {}, adopt: () => undefined };
const namespaced = { prefix: NAMESPACE, options: {}, adopt: () => undefined };
const as = (uid, gid) => ({
  prefix: [],
  options: { uid, gid },
  adopt: (path) => chownSync(path, uid, gid),
});

/** The unprivileged account root can lend to PostgreSQL. */
function lentAccount() {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find((row) => row[0] === name))
    .find(Boolean);
  if (found) return as(Number(found[2]), Number(found[3]));
  throw new Trouble(
    'PostgreSQL cannot run as root, and there is no account to lend it.',
    'run Plumbline as an ordinary user, or create one: useradd --system postgres',
  );
}

/**
 * As whom PostgreSQL runs: `prefix` goes before the command, `options` to spawn, `adopt(path)` gives
 * it a file or folder. An existing cluster decides by its owner.
 */
export function postgresIdentity(cluster) {
  if (process.platform === 'win32') return direct;
  const me = process.geteuid();
  const versionFile = join(cluster, 'PG_VERSION');
  const owner = existsSync(versionFile) ? statSync(versionFile).uid : null;
  if (me !== 0) {
    if (owner === null || owner === me) return direct;
    throw new Trouble(
      `The database in ${cluster} belongs to another user (uid ${owner}).`,
      `start as that user, or take it over: sudo chown -R ${me} ${cluster}`,
    );
  }
  if (owner !== null && owner !== 0) return as(owner, statSync(versionFile).gid);
  if (works([...NAMESPACE, 'true'])) return namespaced;
  if (owner === null) return lentAccount();
  throw new Trouble(
    `The database in ${cluster} belongs to root, and this machine allows no user namespaces.`,
    `give it to an ordinary account: chown -R nobody ${cluster}`,
  );
}
