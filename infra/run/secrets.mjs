import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const key = () => randomBytes(32).toString('base64');
// Hexadecimal, because these travel inside connection URLs.
const password = () => randomBytes(24).toString('hex');

/** Reads a private JSON file, or makes it once with `create()`; readable by its owner alone. */
function keepPrivately(file, create) {
  if (!existsSync(file)) {
    const draft = `${file}.new`;
    writeFileSync(draft, `${JSON.stringify(create(), null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The installation's secrets, made at the first start; `file` is what the product is told. */
export function loadSecrets(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secrets.json');
  const values = keepPrivately(file, () => ({
    contextKey: key(),
    sessionPepper: key(),
    logSigningKey: key(),
    packSigningKey: key(),
    databasePasswords: { rt: password(), wk: password(), log: password(), ro: password() },
  }));
  return { file, values };
}

/** The embedded database's administrator; kept apart, so the product's processes never read it. */
export function loadAdministrator(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  return keepPrivately(join(dataDir, 'administrator.json'), () => ({
    user: 'plumbline_admin',
    password: password(),
  }));
}
