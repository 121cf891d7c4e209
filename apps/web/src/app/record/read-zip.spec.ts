import { deflateRawSync } from 'node:zlib';
import { readZip, UnreadableZip } from './read-zip.ts';

interface Packed {
  readonly path: string;
  readonly content: string;
  readonly deflated?: boolean;
}

/** A ZIP as PKWARE describes it, without check sums: the reader compares hashes of its own. */
function zip(files: readonly Packed[]): ArrayBuffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { path, content, deflated } of files) {
    const name = Buffer.from(path);
    const plain = Buffer.from(content);
    const body = deflated ? deflateRawSync(plain) : plain;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflated ? 8 : 0, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(plain.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, name, body);
    entries.push(entry, name);
    at += local.length + name.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, ...entries, end])).buffer;
}

const textsOf = async (archive: ArrayBuffer) =>
  Object.fromEntries(
    [...(await readZip(archive))].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]),
  );

describe('readZip', () => {
  it('reads stored and deflated files', async () => {
    const archive = zip([
      { path: 'bagit.txt', content: 'BagIt' },
      { path: 'data/report.html', content: 'x'.repeat(5000), deflated: true },
    ]);
    expect(await textsOf(archive)).toEqual({
      'bagit.txt': 'BagIt',
      'data/report.html': 'x'.repeat(5000),
    });
  });

  it('takes away a folder that holds everything', async () => {
    const archive = zip([
      { path: 'pack/', content: '' },
      { path: 'pack/bagit.txt', content: 'BagIt' },
      { path: 'pack/data/a', content: 'a' },
    ]);
    expect(await textsOf(archive)).toEqual({ 'bagit.txt': 'BagIt', 'data/a': 'a' });
  });

  it.each([
    ['something else', new TextEncoder().encode('PK but not really').buffer],
    ['nothing', new ArrayBuffer(0)],
    [
      'the same name twice',
      zip([
        { path: 'a', content: '1' },
        { path: 'a', content: '2' },
      ]),
    ],
    ['a name that leads out', zip([{ path: '../a', content: '1' }])],
    ['a cut file', zip([{ path: 'a', content: '1'.repeat(100) }]).slice(60)],
  ])('refuses %s', async (_, archive) => {
    await expect(readZip(archive)).rejects.toThrow(UnreadableZip);
  });
});
