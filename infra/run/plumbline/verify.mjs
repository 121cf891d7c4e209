import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { node24 } from '../node24.mjs';
import { inRoot } from '../places.mjs';
import { Trouble } from '../trouble.mjs';
import { readArguments } from './connection.mjs';

export const summary = 'checks an evidence pack offline: verify <pack.zip or folder> --key <pem>';

export const usage = `  Checks the signature, every file, the signed head of the record and the proof of every entry.
  Nothing is sent anywhere and nothing needs to run.

    <pack.zip or folder>  the evidence pack, as it was handed over or unpacked
    --key <pem>           the public key, from whoever made the pack or from
                          <address of their Plumbline>/api/verification-keys; never from the pack

  Ends with 0: genuine · 1: changed or unknown · 2: matches, but part of the record is not proven
`;

/** Checks a pack with the same library as the page /verify; answers the exit code. */
export function run(args) {
  const { values, positionals } = readArguments(args, { key: { type: 'string' } });
  const [pack, ...rest] = positionals;
  if (!pack || rest.length > 0 || !values.key) {
    throw new Trouble(
      'Give one pack and the key.',
      'npm run plumbline -- verify <pack.zip or folder> --key <pem>',
    );
  }
  for (const path of [pack, values.key]) {
    if (!existsSync(path)) throw new Trouble(`There is no ${path}.`, 'look the path over.');
  }
  // The library is TypeScript, which the bundled Node runs as it is and older ones do not.
  const { status, error } = spawnSync(
    node24(),
    [
      '--disable-warning=ExperimentalWarning',
      inRoot('infra/verify/verify-pack.mjs'),
      ...[pack, values.key],
    ],
    { stdio: 'inherit' },
  );
  if (error) throw error;
  return status ?? 1;
}
