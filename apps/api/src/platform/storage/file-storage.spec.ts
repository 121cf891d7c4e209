import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { Configuration } from '../config/configuration.ts';
import { newId } from '../ids.ts';
import { FileStorage } from './file-storage.ts';
import { cleanFileName } from './upload.ts';
import { assertHonestSizes, surveyZip } from './zip-survey.ts';

const ours = newId();
const theirs = newId();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const names = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-storage-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const settings = (extra: Readonly<Record<string, string>> = {}) =>
  new Configuration(
    'http',
    { DATA_DIR: folder, ...extra } as Configuration['environment'],
    {} as Configuration['secrets'],
  );

/** Both kinds of shelf behave alike; the object store is one of our own in memory. */
describe.each(['disk', 'object store'])('files on a %s', (kind) => {
  let storage: FileStorage;
  let server: Server | null = null;
  let damage: (hash: string) => void;
  let kept: () => string[];

  beforeEach(async () => {
    if (kind === 'disk') {
      storage = new FileStorage(settings());
      const files = join(folder, 'files', 'kept');
      kept = () => names(files);
      damage = (hash) => writeFileSync(join(files, ours, hash.slice(0, 2), hash), 'other bytes');
      return;
    }
    const objects = new Map<string, Buffer>();
    server = createServer((request, response) => {
      const key = new URL(request.url ?? '', 'http://store').pathname;
      if (request.method === 'PUT') {
        void buffer(request).then((bytes) => {
          objects.set(key, bytes);
          response.end();
        });
        return;
      }
      const found = objects.get(key);
      response.statusCode = found ? 200 : 404;
      response.end(found ?? '<Error><Code>NoSuchKey</Code></Error>');
    });
    await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    storage = new FileStorage(
      settings({
        S3_ENDPOINT: `http://127.0.0.1:${address.port}`,
        S3_BUCKET: 'files',
        S3_ACCESS_KEY_ID: 'id',
        S3_SECRET_ACCESS_KEY: 'secret',
      }),
    );
    kept = () => [...objects.keys()];
    damage = (hash) =>
      void objects.set(`/files/${ours}/${hash.slice(0, 2)}/${hash}`, Buffer.from('other bytes'));
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = null;
  });

  const keep = async (text: string, organisation = ours) => {
    const file = await storage.receive(Readable.from([Buffer.from(text)]));
    await storage.keep(organisation, file);
    await storage.discard(file);
    return file.sha256;
  };
  const read = async (hash: string, organisation = ours) =>
    (await buffer(await storage.open(organisation, hash))).toString();

  it('gives back what was stored, named by its hash', async () => {
    const hash = await keep('minutes of the meeting');
    expect(hash).toBe(sha256('minutes of the meeting'));
    expect(await read(hash)).toBe('minutes of the meeting');
  });

  it('keeps the same bytes once', async () => {
    await keep('same');
    await keep('same');
    expect(kept()).toHaveLength(1);
    expect(names(join(folder, 'files', 'arriving'))).toEqual([]);
  });

  it('keeps organisations apart, also for the same bytes', async () => {
    const hash = await keep('same');
    await expect(read(hash, theirs)).rejects.toThrow(/nothing here/);
  });

  it('does not give out what was tampered with, and heals when the file comes again', async () => {
    const hash = await keep('signed by the board');
    damage(hash);
    await expect(read(hash)).rejects.toThrow(/no longer what was stored/);
    await expect(storage.verify(ours, hash)).rejects.toThrow(/no longer what was stored/);
    await keep('signed by the board');
    expect(await read(hash)).toBe('signed by the board');
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield await Promise.resolve(Buffer.from('half'));
        throw new Error('connection lost');
      })(),
    );
    await expect(storage.receive(broken)).rejects.toThrow('connection lost');
    expect(names(folder)).toEqual([]);
  });

  it.each(['../../etc/passwd', '', 'x'.repeat(64), '/'.repeat(64)])(
    'has nothing under %j',
    async (hash) => {
      await expect(read(hash)).rejects.toThrow(/nothing here/);
    },
  );
});

it('sweeps away what a crash left behind, and only that', async () => {
  const storage = new FileStorage(settings());
  const fresh = await storage.receive(Readable.from([Buffer.from('arriving now')]));
  const stale = await storage.receive(Readable.from([Buffer.from('from last week')]));
  utimesSync(stale.path, 0, 0);
  await storage.onModuleInit();
  expect(names(folder)).toEqual([fresh.path.split('/').at(-1)]);
});

describe('cleanFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\plan.docx', 'plan.docx'],
    ['a\0b\r\nSet-Cookie: x.txt', 'abSet-Cookie x.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    [`${'x'.repeat(500)}.pdf`, `${'x'.repeat(180)}.pdf`],
  ])('makes of %j: %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean);
  });
});

describe('an archive', () => {
  const limits = { entries: 3, unpackedSize: 1000 };
  const write = async (fill: (zip: ZipFile) => void, change = (bytes: Buffer) => bytes) => {
    const zip = new ZipFile();
    fill(zip);
    zip.end();
    const path = join(folder, 'archive.zip');
    writeFileSync(path, change(await buffer(zip.outputStream)));
    return path;
  };
  const add = (zip: ZipFile, name: string, size = 1) =>
    zip.addBuffer(Buffer.alloc(size, 'a'), name, { compress: true });

  it('is surveyed without being unpacked', async () => {
    const path = await write((zip) => {
      add(zip, 'a.txt', 10);
      add(zip, 'b.txt', 20);
    });
    expect(await surveyZip(path, limits)).toEqual({ names: ['a.txt', 'b.txt'], unpackedSize: 30 });
  });

  it.each<[string, (zip: ZipFile) => void, RegExp]>([
    ['unpacks too large', (zip) => add(zip, 'bomb', 1001), /more than is allowed/],
    [
      'has too many entries',
      (zip) => ['a', 'b', 'c', 'd'].forEach((n) => add(zip, n)),
      /more than/,
    ],
  ])('is refused when it %s', async (_, fill, reason) => {
    await expect(surveyZip(await write(fill), limits)).rejects.toThrow(reason);
  });

  it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['points outside', (b) => replaceAll(b, 'xx/evil', '../evil'), /not a real archive/],
    ['is cut off', (b) => b.subarray(0, b.length - 30), /not a real archive/],
    ['is none', () => Buffer.from('PK\x03\x04 not really'), /not a real archive/],
    ['is encrypted', (b) => flagEncrypted(b), /password/],
  ])('is refused when it %s', async (_, change, reason) => {
    const path = await write((zip) => add(zip, 'xx/evil'), change);
    await expect(surveyZip(path, limits)).rejects.toThrow(reason);
  });

  it('is refused when an entry holds more than it declares', async () => {
    const path = await write(
      (zip) => add(zip, 'bomb', 100_000),
      (bytes) => declareSize(bytes, 100_000, 10),
    );
    await expect(assertHonestSizes(path)).rejects.toThrow(/not a real archive/);
  });
});

const replaceAll = (bytes: Buffer, from: string, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

/** Sets the bit that says "encrypted" in the central directory. */
function flagEncrypted(bytes: Buffer): Buffer {
  const at = bytes.indexOf('PK\x01\x02');
  bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
  return bytes;
}

/** Makes the central directory declare another unpacked size. */
function declareSize(bytes: Buffer, from: number, to: number): Buffer {
  const at = bytes.indexOf('PK\x01\x02');
  expect(bytes.readUInt32LE(at + 24)).toBe(from);
  bytes.writeUInt32LE(to, at + 24);
  return bytes;
}
