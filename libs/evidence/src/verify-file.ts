import { parsePublicKeyPem } from './public-key.ts';
import { BadArchive, unzip, type UnzipLimits } from './unzip.ts';
import { verdictWords } from './verdict.ts';
import { verifyPack, type PackReport } from './verify-pack.ts';

/**
 * Checks a pack as it was handed over, a ZIP archive, with the PEM of the public key: the one call
 * behind the page, the command line and whoever embeds it. Never throws for what is in the file.
 */
export async function verifyPackFile(
  archive: Uint8Array,
  keyPem: string,
  options: { maxEntries?: number; limits?: UnzipLimits } = {},
): Promise<PackReport> {
  const { limits, ...checking } = options;
  try {
    return verifyPackWithPem(await unzip(archive, limits), keyPem, checking);
  } catch (error) {
    if (!(error instanceof BadArchive)) throw error;
    return cannotBeRead('the file', error.message);
  }
}

/** The same for a pack that is unpacked already: its files by path. */
export function verifyPackWithPem(
  files: ReadonlyMap<string, Uint8Array>,
  keyPem: string,
  options: { maxEntries?: number } = {},
): PackReport {
  const key = parsePublicKeyPem(keyPem);
  if (!key) {
    return cannotBeRead(
      'the key',
      'This is not an Ed25519 public key in PEM. It starts with -----BEGIN PUBLIC KEY-----.',
    );
  }
  return verifyPack(files, key, options);
}

function cannotBeRead(path: string, problem: string): PackReport {
  const entries = { checked: 0, total: 0 };
  const { heading } = verdictWords('unknown', { madeBy: '', madeOn: '', entries });
  return {
    ...{ ok: false, result: 'unknown', heading, text: problem, checks: [], entries },
    problems: [{ path, text: problem }],
  };
}
