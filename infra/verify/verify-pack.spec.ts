import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { publicKeyOf, publicKeyPem } from '@plumbline/evidence';

const cli = fileURLToPath(new URL('../run/cli.mjs', import.meta.url));

describe('npm run plumbline -- verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-verify-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (path: string, content: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    return join(folder, path);
  };
  const key = file('key.pem', publicKeyPem(publicKeyOf(new Uint8Array(32).fill(7))));
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], {
      encoding: 'utf8',
    });
    return { status, out: stdout + stderr };
  };

  it.each([
    ['no archive', () => [file('letter.zip', 'hello'), '--key', key], 'not a ZIP archive'],
    ['no key', () => [file('letter.zip', 'hello')], 'Give one pack and the key'],
    ['a folder that is no pack', () => [dirname(file('p/a', 'x')), '--key', key], 'We do not know'],
    ['a missing file', () => [join(folder, 'none.zip'), '--key', key], 'There is no'],
  ])('says what is wrong: %s', (_, args, words) => {
    const { status, out } = run(...args());
    expect(out).toContain(words);
    expect(status).toBe(1);
  });

  it('is explained by help', () => {
    const said = execFileSync(process.execPath, [cli, 'help', 'verify'], { encoding: 'utf8' });
    expect(said).toContain('never from the pack');
  });
});
