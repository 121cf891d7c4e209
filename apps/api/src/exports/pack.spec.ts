import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  PACK,
  publicKeyOf,
  publicKeyPem,
  sign,
  unzip,
  verifyPackFile,
  verifyPackWithPem,
} from '@plumbline/evidence';
import { FILE_HASH, KEYS, openFile, packSource } from '../../test/support/pack-fixture.ts';
import { buildPack } from './pack-builder.ts';

// Real processes and a real database: slow where many tests run at once.
jest.setTimeout(120_000);

const TOOLS = [
  ...['awk', 'basename', 'basenc', 'bash', 'cat', 'comm', 'cut', 'dirname', 'find', 'grep', 'head'],
  ...['mkdir', 'mktemp', 'openssl', 'paste', 'rm', 'sed', 'seq', 'sha256sum', 'sort', 'split'],
  ...['tail', 'tr', 'uniq', 'unzip', 'wc', 'xargs'],
];

describe('an evidence pack', () => {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-pack-'));
  const tools = join(root, 'bin');
  const keyFile = join(root, 'key.pem');
  const pem = publicKeyPem(publicKeyOf(KEYS.pack));
  let archive: Buffer;
  let folder: string;

  const build = async (name: string, options: Parameters<typeof packSource>[0] = {}) => {
    const phases: string[] = [];
    const built = await buildPack(join(root, name), {
      withSource: (work) => work(packSource(options)),
      open: openFile,
      keys: KEYS,
      progress: (phase, done, total) => {
        phases.push(`${phase} ${done}/${total}`);
        return Promise.resolve();
      },
    });
    return { built, phases, zip: await buffer(built.zip()) };
  };

  /** Runs the pack's script where there is nothing but the tools that it may use. */
  const verify = (pack: string, key = keyFile) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      execFile(
        join(tools, 'bash'),
        [join(folder, '../verify.sh'), pack, key],
        { env: { PATH: tools } },
        (error, stdout, stderr) => {
          resolve({
            code: typeof error?.code === 'number' ? error.code : error ? 99 : 0,
            out: stdout + stderr,
          });
        },
      );
    });

  const filesOf = (at: string): string[] =>
    readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(at.length + 1))
      .sort();
  const read = (at: string) =>
    new Map(filesOf(at).map((path) => [path, new Uint8Array(readFileSync(join(at, path)))]));

  beforeAll(async () => {
    mkdirSync(tools);
    const places = (process.env['PATH'] ?? '').split(':');
    for (const tool of TOOLS) {
      const place = places.find((at) => statSync(join(at, tool), { throwIfNoEntry: false }));
      symlinkSync(join(place!, tool), join(tools, tool));
    }
    writeFileSync(keyFile, pem);
    const made = await build('one');
    archive = made.zip;
    folder = join(root, 'one');
    writeFileSync(join(root, 'pack.zip'), archive);
    // The script as a reader keeps it: a copy that a changed pack cannot change.
    writeFileSync(join(root, 'verify.sh'), readFileSync(join(folder, 'verify.sh')));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is the same, byte for byte, when it is built again', async () => {
    const again = await build('two');
    expect(createHash('sha256').update(again.zip).digest('hex')).toBe(
      createHash('sha256').update(archive).digest('hex'),
    );
    expect(again.phases).toContain('Proving the record 9/9');
    expect(again.phases.at(-1)).toBe('Signing 0/1');
  });

  it.each([1, 2, 3, 8, 9, 70])(
    'verifies with %i entries: as a folder and an archive, by the script and by the library',
    async (entries) => {
      const { zip } = await build(`n${entries}`, { entries });
      writeFileSync(join(root, `n${entries}.zip`), zip);
      for (const pack of [join(root, `n${entries}`), join(root, `n${entries}.zip`)]) {
        const { code, out } = await verify(pack);
        expect(out).toContain(`${entries} of ${entries} entries are proven`);
        expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('genuine') });
      }
      const report = await verifyPackFile(new Uint8Array(zip), pem);
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ ok: true, result: 'genuine' });
    },
  );

  it.each(['pack.zip', 'one'])('is found genuine by the command line: %s', (pack) => {
    const cli = fileURLToPath(new URL('../../../../infra/run/cli.mjs', import.meta.url));
    const said = execFileSync(process.execPath, [
      cli,
      'verify',
      join(root, pack),
      '--key',
      keyFile,
    ]);
    expect(said.toString()).toContain(
      'This file is genuine\nMade by Northgate Foods on 24 November 2026',
    );
  });

  it('never calls a pack genuine of which part of the record waits for a head', async () => {
    const { built, zip } = await build('waiting', { waiting: 2 });
    expect(built.gaps).toContainEqual(
      expect.objectContaining({ what: 'Proofs of 2 entries of the record' }),
    );
    const { code, out } = await verify(join(root, 'waiting'));
    expect(out).toContain('9 of 11 entries of the record are proven');
    expect(code).toBe(2);
    expect((await verifyPackFile(new Uint8Array(zip), pem)).result).toBe('partial');
  });

  it('does not believe another key, a key that is none, or a tool that is missing', async () => {
    const other = join(root, 'other.pem');
    writeFileSync(other, publicKeyPem(publicKeyOf(KEYS.record)));
    expect((await verify(folder, other)).code).toBe(1);
    writeFileSync(other, 'no key');
    expect((await verify(folder, other)).code).toBe(1);
    expect((await verify(folder, join(root, 'nothing'))).code).toBe(3);
    expect((await verify(join(root, 'nothing'))).code).toBe(3);
  });

  it('holds reports, workbooks, data, the evidence once by its hash, and says what is missing', () => {
    const files = read(folder);
    const textOf = (path: string) => Buffer.from(files.get(path)!).toString('utf8');
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        ...['README.txt', 'verify.sh', 'data/report.html', 'data/report.pdf'],
        ...['data/register.xlsx', 'data/decisions.xlsx', `data/evidence/${FILE_HASH}.txt`],
        ...['data/ai-systems/AIS-0001.json', 'data/runs/AIS-0001-1.json', 'data/gaps.json'],
        ...['data/decisions/DEC-0001.json', 'data/decisions/DEC-0001.capsule.json'],
        ...['data/workflows/WF-RISK-v2.json', PACK.checkpoint, PACK.signature],
      ]),
    );
    expect(JSON.parse(textOf('data/gaps.json'))).toEqual([
      { what: 'EVD-0001: old.txt', why: 'The file is missing from the store.' },
    ]);
    const html = textOf('data/report.html');
    expect(html).not.toContain('<script');
    expect(html).toContain('&#60;script&#62;alert(1)');
    expect(html).toContain('The adviser looks again each month.');
    expect(html).toContain('Gap: a finished step says so');
    expect(html).toContain('Excluded: No supplier takes part.');
    expect(html).not.toMatch(/(src|href)="https?:/);
    const pdf = Buffer.from(files.get('data/report.pdf')!).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toContain('/Lang (en-GB)');
    expect(pdf).not.toMatch(/\/(JS|JavaScript|Launch|URI)\b/);
    expect(
      createHash('sha256').update(files.get('data/decisions/DEC-0001.capsule.json')!).digest('hex'),
    ).toBe(
      (JSON.parse(textOf('data/decisions/DEC-0001.json')) as { capsuleHash: string }).capsuleHash,
    );
  });

  it('has no formula in its workbooks, whatever people wrote', () => {
    for (const name of ['register', 'decisions']) {
      const book = readFileSync(join(folder, `data/${name}.xlsx`)).toString('latin1');
      expect(book).toContain(name === 'register' ? '=HYPERLINK' : '@cmd');
      expect(book).not.toMatch(/<f[ >]/);
    }
  });

  it('tells links and nothing signed as gaps', async () => {
    const { built } = await build('links', { link: true });
    expect(built.gaps).toEqual([
      {
        what: 'EVD-0001 version 1: https://example.org/minutes',
        why: expect.stringContaining('link'),
      },
    ]);
  });

  describe('when it is changed', () => {
    /** A small generator with a seed, so that a failure can be repeated (mulberry32). */
    const seed = 20261125;
    let state = seed;
    const random = (below: number): number => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };

    /** Changes the unpacked pack at random; answers what was done, and how to undo it. */
    function mutate(at: string): { what: string; undo: () => void } {
      const paths = filesOf(at);
      const path = paths[random(paths.length)]!;
      const file = join(at, path);
      const bytes = readFileSync(file);
      const restore = () => {
        writeFileSync(file, bytes);
      };
      switch (random(6)) {
        case 0:
          rmSync(file);
          return { what: `removed ${path}`, undo: restore };
        case 1: {
          const added = join(dirname(file), `added-${random(1e6)}`);
          writeFileSync(added, 'x');
          return { what: `added beside ${path}`, undo: () => rmSync(added) };
        }
        case 2: {
          const renamed = `${file}.${random(10)}`;
          renameSync(file, renamed);
          return { what: `renamed ${path}`, undo: () => renameSync(renamed, file) };
        }
        default: {
          const position = random(bytes.length);
          const bit = 1 << random(8);
          const changed = Buffer.from(bytes);
          changed[position]! ^= bit;
          writeFileSync(file, changed);
          return { what: `flipped ${path} at ${position}, bit ${bit}`, undo: restore };
        }
      }
    }

    it('all of 200 random flips, removals, additions and renamings are found, twice over', async () => {
      const copies = ['m1', 'm2', 'm3', 'm4'];
      for (const copy of copies) await build(copy, { entries: 3 });
      const missed: string[] = [];
      for (let turn = 0; turn < 200; turn += copies.length) {
        await Promise.all(
          copies.map(async (copy) => {
            const at = join(root, copy);
            const { what, undo } = mutate(at);
            if (verifyPackWithPem(read(at), pem).ok) missed.push(`library: ${what}`);
            const { code } = await verify(at);
            if (code !== 1) missed.push(`script, code ${code}: ${what}`);
            undo();
          }),
        );
      }
      expect({ seed, missed }).toEqual({ seed, missed: [] });
      for (const copy of copies) expect((await verify(join(root, copy))).code).toBe(0);
    });

    it.each<[string, (at: string) => void]>([
      ['a symbolic link', (at) => symlinkSync('/etc/hostname', join(at, 'data/link'))],
      ['an empty folder', (at) => mkdirSync(join(at, 'data/empty'))],
      ['a file whose name has a line break', (at) => writeFileSync(join(at, 'data/a\nb'), '')],
      ['a hidden file', (at) => writeFileSync(join(at, '.hidden'), '')],
      ['other letters of case', (at) => renameSync(join(at, 'README.txt'), join(at, 'readme.txt'))],
      ['a file in signatures/', (at) => writeFileSync(join(at, 'signatures/more'), 'x')],
    ])('the script finds %s', async (name, change) => {
      const at = `s${name.length}`;
      await build(at, { entries: 2 });
      change(join(root, at));
      expect((await verify(join(root, at))).code).toBe(1);
    });

    /** Signs the lists again, as a dishonest maker who holds the pack's key would. */
    function signAgain(at: string): void {
      const hash = (path: string) =>
        createHash('sha256')
          .update(readFileSync(join(at, path)))
          .digest('hex');
      const list = (paths: string[]) => paths.map((path) => `${hash(path)}  ${path}\n`).join('');
      const files = filesOf(at);
      writeFileSync(
        join(at, PACK.manifest),
        list(files.filter((path) => path.startsWith('data/'))),
      );
      const tags = files.filter(
        (path) => !path.startsWith('data/') && path !== PACK.tagManifest && path !== PACK.signature,
      );
      writeFileSync(join(at, PACK.tagManifest), list(tags));
      writeFileSync(
        join(at, PACK.signature),
        sign(new Uint8Array(readFileSync(join(at, PACK.tagManifest))), KEYS.pack),
      );
    }
    const edit = (path: string, change: (text: string) => string) => (at: string) =>
      writeFileSync(join(at, path), change(readFileSync(join(at, path), 'utf8')));

    it.each<[string, (at: string) => void]>([
      ['an entry is changed', edit(PACK.events, (t) => t.replace('16:20', '16:19'))],
      ['an entry is left out', edit(PACK.events, (t) => t.slice(t.indexOf('\n') + 1))],
      ['a payload is changed', edit(PACK.payloads, (t) => t.replace('"n":3', '"n":4'))],
      [
        'a payload has no entry',
        edit(PACK.payloads, (t) => t.replace('000000000103"', '000000000999"')),
      ],
      ['a salt is malformed', edit(PACK.payloads, (t) => t.replace(/"salt":"../, '"salt":"zz'))],
      ['the head is changed', edit(PACK.checkpoint, (t) => t.replace('\n9\n', '\n8\n'))],
      [
        'a proof is changed',
        edit('tlog/proofs/4.tlog-proof', (t) => t.replace('index 3', 'index 4')),
      ],
      [
        'a proof is about another head',
        edit('tlog/proofs/4.tlog-proof', (t) => t.replace('\n9\n', '\n8\n')),
      ],
      [
        'a proof is another entry’s',
        (at) =>
          writeFileSync(
            join(at, 'tlog/proofs/4.tlog-proof'),
            readFileSync(join(at, 'tlog/proofs/3.tlog-proof')),
          ),
      ],
      [
        'a proof is longer',
        edit('tlog/proofs/4.tlog-proof', (t) => t.replace('\n\n', `\n${'A'.repeat(43)}=\n\n`)),
      ],
      ['a proof is missing', (at) => rmSync(join(at, 'tlog/proofs/9.tlog-proof'))],
    ])('and signed again by its maker, both find out: %s', async (name, change) => {
      const at = join(root, `again${name.length}`);
      await build(`again${name.length}`);
      change(at);
      signAgain(at);
      expect(verifyPackWithPem(read(at), pem).ok).toBe(false);
      const { code, out } = await verify(at);
      expect(out).toContain('ok       The list of files is signed');
      expect(code).toBe(1);
    });
  });

  it('is an archive of plain files at fixed times', async () => {
    expect([...(await unzip(new Uint8Array(archive))).keys()]).toEqual(filesOf(folder));
    chmodSync(join(folder, 'verify.sh'), 0o755);
    expect((await build('three')).zip.equals(archive)).toBe(true);
  });
});
