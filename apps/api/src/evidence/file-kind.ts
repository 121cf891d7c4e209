import type { SpooledFile } from '../platform/storage/index.ts';
import { surveyZip, UnsafeArchive, type ZipSurvey } from '../platform/storage/index.ts';
import { Problem } from '../platform/problems.ts';

/** How many bytes decide what a file is. */
export const HEAD_BYTES = 64 * 1024;

/** What an archive may hold, though it is never unpacked here. */
const ARCHIVE_LIMITS = { entries: 10_000, unpackedSize: 1024 * 1024 * 1024 };

type Content = 'pdf' | 'png' | 'jpeg' | 'gif' | 'webp' | 'zip' | 'text' | 'active' | 'unknown';

interface Kind {
  readonly mediaType: string;
  readonly content: Content;
  /** An entry that an archive of this kind has. */
  readonly entry?: string;
}

const office = (format: string): Kind => ({
  mediaType: `application/vnd.openxmlformats-officedocument.${format}`,
  content: 'zip',
  entry: '[Content_Types].xml',
});
const openDocument = (format: string): Kind => ({
  mediaType: `application/vnd.oasis.opendocument.${format}`,
  content: 'zip',
  entry: 'META-INF/manifest.xml',
});
const plain = (mediaType: string): Kind => ({ mediaType, content: 'text' });

/** The kinds of file that evidence may be, by the ending of the name. */
const KINDS: Readonly<Record<string, Kind>> = {
  pdf: { mediaType: 'application/pdf', content: 'pdf' },
  png: { mediaType: 'image/png', content: 'png' },
  jpg: { mediaType: 'image/jpeg', content: 'jpeg' },
  jpeg: { mediaType: 'image/jpeg', content: 'jpeg' },
  gif: { mediaType: 'image/gif', content: 'gif' },
  webp: { mediaType: 'image/webp', content: 'webp' },
  docx: office('wordprocessingml.document'),
  xlsx: office('spreadsheetml.sheet'),
  pptx: office('presentationml.presentation'),
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  odp: openDocument('presentation'),
  zip: { mediaType: 'application/zip', content: 'zip' },
  txt: plain('text/plain'),
  log: plain('text/plain'),
  md: plain('text/markdown'),
  csv: plain('text/csv'),
  json: plain('application/json'),
};

/** How files begin, in hexadecimal. */
const MAGIC: readonly (readonly [Content, RegExp])[] = [
  ['pdf', /^255044462d/],
  ['png', /^89504e470d0a1a0a/],
  ['jpeg', /^ffd8ff/],
  ['gif', /^47494638(37|39)61/],
  ['webp', /^52494646.{8}57454250/],
  ['zip', /^504b(0304|0506)/],
  // Programs (Windows, Linux, macOS, Java), old Office files, shell scripts: never acceptable.
  ['active', /^(4d5a|7f454c46|cafebabe|feedfa|cefaed|cffaed|d0cf11e0|2321)/],
];

/** The standard test file of virus scanners. */
const SCANNER_TEST = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';
const MARKUP =
  /<\s*(!doctype\s+html|html|head|body|script|svg|iframe|object|embed|\?xml-stylesheet)\b/i;

/** What the first bytes say that a file is, whatever its name says. */
export function contentOf(head: Buffer): Content {
  const text = head.toString('latin1');
  if (text.includes(SCANNER_TEST)) return 'active';
  const start = head.subarray(0, 16).toString('hex');
  const known = MAGIC.find(([, pattern]) => pattern.test(start));
  if (known) return known[0];
  const wide = head.subarray(0, 2).toString('hex');
  const readable = wide === 'fffe' || wide === 'feff' ? text.replaceAll('\0', '') : text;
  if (readable.includes('\0')) return 'unknown';
  return MARKUP.test(readable) ? 'active' : 'text';
}

const refused = (code: string, message: string) => new Problem(415, code, message);

/** The ending of a name, lower case, or an empty text. */
const endingOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * The media type of an uploaded file, from its ending and its bytes, which must agree. Refuses
 * programs, web pages, macros, and archives that hide what they hold.
 */
export async function mediaTypeOf(file: SpooledFile & { fileName: string }, head: Buffer) {
  const kind = Object.hasOwn(KINDS, endingOf(file.fileName))
    ? KINDS[endingOf(file.fileName)]
    : null;
  if (!kind) {
    throw refused(
      'file-kind',
      `Files of this kind cannot be added. Use one of: ${Object.keys(KINDS).join(', ')}.`,
    );
  }
  if (file.size === 0) throw refused('file-empty', 'The file is empty. Choose it again.');
  const content = contentOf(head);
  if (content === 'active') {
    throw refused(
      'file-active',
      'This file could run as a program or a web page. Add a PDF or a picture of it instead.',
    );
  }
  if (content !== kind.content) {
    throw refused(
      'file-disguised',
      `The name says .${endingOf(file.fileName)}, the content says something else. Save the file again from its program, or give it its true ending.`,
    );
  }
  if (kind.content === 'zip') await assertHarmless(file, kind);
  return kind.mediaType;
}

async function assertHarmless(file: SpooledFile, kind: Kind): Promise<void> {
  const { names } = await survey(file);
  if (kind.entry && !names.includes(kind.entry)) {
    throw refused(
      'file-disguised',
      'This is an archive, not a document. Give it the ending .zip, or save the document again.',
    );
  }
  if (names.some((name) => /vbaProject\.bin$|(^|\/)(activeX|Basic)\//i.test(name))) {
    throw refused('file-active', 'This document has macros. Save it without them.');
  }
}

async function survey(file: SpooledFile): Promise<ZipSurvey> {
  try {
    return await surveyZip(file.path, ARCHIVE_LIMITS);
  } catch (error) {
    if (error instanceof UnsafeArchive) {
      throw refused('archive-refused', `This archive cannot be added. ${error.message}`);
    }
    throw error;
  }
}
