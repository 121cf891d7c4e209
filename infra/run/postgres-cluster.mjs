import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Trouble } from './trouble.mjs';

/** Runs initdb into a fresh folder and moves it into place whole, so a crash leaves no half cluster. */
function create(binaries, identity, cluster, { user, password }) {
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(cluster), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  identity.adopt(draft);
  const secret = mkdtempSync(join(tmpdir(), 'plumbline-'));
  const passwordFile = join(secret, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  identity.adopt(secret);
  identity.adopt(passwordFile);
  const [command, ...args] = [
    ...identity.prefix,
    binaries.initdb,
    ...['-D', draft, '-U', user, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-sync'],
    ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
  ];
  const { status, stderr, error } = spawnSync(command, args, {
    ...identity.options,
    cwd: draft,
    encoding: 'utf8',
  });
  rmSync(secret, { recursive: true });
  if (error) throw error;
  if (status !== 0) {
    throw new Trouble(
      `PostgreSQL could not create its data folder ${cluster}:\n${stderr.trim()}`,
      'mend what the last line names, or set DATA_DIR to a folder PostgreSQL may enter and write.',
    );
  }
  renameSync(draft, cluster);
}

/** Makes the cluster if there is none yet; refuses one that another PostgreSQL version wrote. */
export function ensureCluster(binaries, identity, cluster, administrator) {
  const versionFile = join(cluster, 'PG_VERSION');
  if (!existsSync(versionFile)) return create(binaries, identity, cluster, administrator);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== '18') {
    throw new Trouble(
      `The data in ${cluster} was written by PostgreSQL ${version}; this is 18.`,
      'move it with pg_dump and pg_restore, or set DATA_DIR to another folder to start afresh.',
    );
  }
}
