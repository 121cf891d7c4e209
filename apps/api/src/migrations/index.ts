import foundation from './0001-foundation.sql';
import identity from './0010-identity.sql';
import type { Migration } from '../platform/database/migrate.ts';

/** The schema's history, oldest first. A bundle has no folder to read, so each file is named. */
export const migrations: readonly Migration[] = [
  { name: '0001-foundation', sql: foundation },
  { name: '0010-identity', sql: identity },
];
