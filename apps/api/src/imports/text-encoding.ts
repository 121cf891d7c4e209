import type { Readable } from 'node:stream';
import { UnreadableFile } from './unreadable-file.ts';

/** How the text of a file is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How many bytes tell UTF-16 without a mark from other text. */
const SAMPLE = 4096;

/** Bytes that mean nothing in Windows-1252: a file with one is written in something else. */
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const NOT_TEXT = 'Open it in a spreadsheet program and save it as “CSV UTF-8”.';

/**
 * Tells how a text file is written by reading it through: a byte order mark, or bytes that are valid
 * UTF-8, or UTF-16 by its empty bytes, or else Windows-1252. Refuses what is no text.
 */
export async function detectEncoding(content: Readable): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let strange = false;
  let sample = Buffer.alloc(0);
  let line = 1;
  let nul: number | null = null;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    if (sample.length < SAMPLE) sample = Buffer.concat([sample, chunk]).subarray(0, SAMPLE);
    if (isUtf8) isUtf8 = decodes(utf8, chunk);
    for (const byte of chunk) {
      if (byte === 0x0a) line += 1;
      else if (byte === 0) nul ??= line;
      else if (UNDEFINED_1252.has(byte)) strange = true;
    }
  }
  const wide = utf16(sample);
  if (wide) return wide;
  if (nul !== null) {
    throw new UnreadableFile(
      `Line ${nul} holds a NUL byte, which no text has. The file is damaged or no CSV. ${NOT_TEXT}`,
    );
  }
  if (isUtf8 && decodes(utf8, null)) return 'utf-8';
  if (strange) {
    throw new UnreadableFile(
      `It cannot be told how the text of this file is written: it is neither UTF-8, UTF-16 nor Windows-1252. ${NOT_TEXT}`,
    );
  }
  return 'windows-1252';
}

/** Whether the decoder takes the next bytes; null for the end. */
function decodes(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer | null): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch (error) {
    if (isUndecodable(error)) return false;
    throw error;
  }
}

const isUndecodable = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

function utf16(sample: Buffer): Encoding | null {
  const mark = sample.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  if (mark === 'feff') return 'utf-16be';
  const pairs = Math.floor(sample.length / 2);
  if (pairs === 0) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  // Western text in UTF-16 has an empty byte in nearly every pair, always on the same side.
  if (odd > pairs * 0.4 && even === 0) return 'utf-16le';
  if (even > pairs * 0.4 && odd === 0) return 'utf-16be';
  return null;
}

/** The file's text, piece by piece, without a byte order mark. */
export async function* decodeText(content: Readable, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true });
      const nul = text.indexOf('\0');
      if (nul >= 0) {
        line += lines(text.slice(0, nul));
        throw new UnreadableFile(`Line ${line} holds a NUL character. ${NOT_TEXT}`);
      }
      line += lines(text);
      yield text;
    }
    yield decoder.decode();
  } catch (error) {
    if (!isUndecodable(error)) throw error;
    throw new UnreadableFile(`The text breaks off or is damaged near line ${line}. ${NOT_TEXT}`, {
      cause: error,
    });
  }
}

const lines = (text: string): number => text.split('\n').length - 1;
