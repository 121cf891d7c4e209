import { deflateRawSync } from 'node:zlib';
import { text, utf8 } from './encoding.ts';
import { BadArchive, unzip } from './unzip.ts';
import { verifyPackFile } from './verify-file.ts';

interface File {
  name: string;
  bytes: Uint8Array;
  deflate?: boolean;
  /** What the list says instead of the truth. */
  lie?: { size?: number; flags?: number; method?: number };
}

/** A ZIP archive of these files, written by hand. */
function zip(files: readonly File[]): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, deflate = false, lie = {} } of files) {
    const packed = deflate ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(lie.flags ?? 0, 2);
    common.writeUInt16LE(lie.method ?? (deflate ? 8 : 0), 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lie.size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02');
    entry.writeUInt16LE(20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    list.push(entry, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(list).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...list, end]);
}

const one = { name: 'data/a.txt', bytes: utf8('hello') };

describe('unpacking an archive', () => {
  it('gives stored and deflated files by path', async () => {
    const long = utf8('plumb '.repeat(50_000));
    const files = await unzip(zip([one, { name: 'b.txt', bytes: long, deflate: true }]));
    expect([...files.keys()]).toEqual(['data/a.txt', 'b.txt']);
    expect(text(files.get('data/a.txt')!)).toBe('hello');
    expect(files.get('b.txt')).toEqual(new Uint8Array(long));
  });

  it.each<[string, Uint8Array, string]>([
    ['something else', utf8('no archive, but long enough to be one'), 'not a ZIP'],
    ['nothing', new Uint8Array(), 'not a ZIP'],
    ['a cut archive', zip([one]).subarray(0, 40), 'not a ZIP'],
    ['a path that leads out', zip([{ ...one, name: '../a' }]), 'no pack has'],
    ['an absolute path', zip([{ ...one, name: '/etc/a' }]), 'no pack has'],
    ['a backslash', zip([{ ...one, name: 'a\\b' }]), 'no pack has'],
    ['a hidden file', zip([{ ...one, name: 'data/.x' }]), 'no pack has'],
    ['two files of one name', zip([one, one]), 'twice'],
    ['an encrypted file', zip([{ ...one, lie: { flags: 1 } }]), 'encrypted'],
    ['an unknown method', zip([{ ...one, lie: { method: 12 } }]), 'not known'],
    ['a stored file that lies', zip([{ ...one, lie: { size: 3 } }]), 'as long as it says'],
    [
      'a deflated file that grows',
      zip([{ name: 'a', bytes: new Uint8Array(1e6), deflate: true, lie: { size: 10 } }]),
      'as long as it says',
    ],
    [
      'a deflated file that is damaged',
      zip([{ name: 'a', bytes: utf8('xxxxx'), lie: { method: 8 } }]),
      'damaged',
    ],
    [
      'an archive that says it is huge',
      zip([{ name: 'a', bytes: utf8('x'), deflate: true, lie: { size: 4e9 } }]),
      'more than',
    ],
  ])('refuses %s', async (_, archive, words) => {
    await expect(unzip(archive)).rejects.toThrow(words);
    await expect(unzip(archive)).rejects.toBeInstanceOf(BadArchive);
  });

  it('refuses more files or bytes than it may', async () => {
    await expect(unzip(zip([one, { ...one, name: 'b' }]), { files: 1, bytes: 99 })).rejects.toThrow(
      'more than 1 files',
    );
    await expect(unzip(zip([one]), { files: 9, bytes: 4 })).rejects.toThrow('more than 4 bytes');
  });

  it('turns a bad archive or key into a verdict in words', async () => {
    const bad = await verifyPackFile(utf8('letter'), '');
    expect(bad).toMatchObject({ ok: false, result: 'unknown', text: 'This is not a ZIP archive.' });
    const key = await verifyPackFile(zip([one]), 'PEM');
    expect(key).toMatchObject({ ok: false, result: 'unknown', problems: [{ path: 'the key' }] });
  });
});
