import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';
import { contentOf, mediaTypeOf } from './file-kind.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-kinds-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const PNG = latin1('\x89PNG\r\n\x1a\n and so on');
const PDF = latin1('%PDF-1.7\n');
const JPEG = latin1('\xff\xd8\xff\xe0 and so on');
const EICAR = latin1(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join(''),
);

const zip = async (...names: string[]) => {
  const file = new ZipFile();
  for (const name of names) file.addBuffer(Buffer.from('x'), name);
  file.end();
  return buffer(file.outputStream);
};

const decide = (fileName: string, bytes: Buffer) => {
  const path = join(folder, 'upload');
  writeFileSync(path, bytes);
  return mediaTypeOf({ path, fileName, size: bytes.length, sha256: '' }, bytes);
};

describe('mediaTypeOf', () => {
  it.each<[string, Buffer, string]>([
    ['minutes.pdf', PDF, 'application/pdf'],
    ['SCREEN.PNG', PNG, 'image/png'],
    ['photo.jpeg', JPEG, 'image/jpeg'],
    ['notes.txt', Buffer.from('Café, agreed: 3 < 4'), 'text/plain'],
    ['wide.txt', Buffer.from('\ufeffnotes', 'utf16le'), 'text/plain'],
    ['rows.csv', Buffer.from('a,b\n1,2\n'), 'text/csv'],
    ['log.json', Buffer.from('{"ok":true}'), 'application/json'],
  ])('takes %s', async (name, bytes, mediaType) => {
    expect(await decide(name, bytes)).toBe(mediaType);
  });

  it('takes documents that are archives of the right shape', async () => {
    const word = await zip('[Content_Types].xml', 'word/document.xml');
    expect(await decide('plan.docx', word)).toMatch(/wordprocessingml/);
    expect(await decide('pictures.zip', await zip('a.png'))).toBe('application/zip');
  });

  it.each<[string, string, Buffer, string]>([
    ['a picture called .pdf', 'minutes.pdf', PNG, 'file-disguised'],
    ['a program called .pdf', 'minutes.pdf', latin1('MZ\x90\x00'), 'file-active'],
    ['a Linux program', 'notes.txt', latin1('\x7fELF\x02'), 'file-active'],
    ['a shell script', 'notes.txt', Buffer.from('#!/bin/sh\nrm -rf /'), 'file-active'],
    ['a web page called .txt', 'notes.txt', Buffer.from(' <!DOCTYPE html><p>'), 'file-active'],
    ['a script in a CSV', 'rows.csv', Buffer.from('a,<script >x</script>'), 'file-active'],
    ['a web page in UTF-16', 'n.txt', Buffer.from('\ufeff<html>', 'utf16le'), 'file-active'],
    ['a drawing with scripts', 'logo.png', Buffer.from('<svg onload=x>'), 'file-active'],
    ['the scanners’ test file', 'notes.txt', EICAR, 'file-active'],
    ['an old Word file', 'plan.docx', latin1('\xd0\xcf\x11\xe0\xa1\xb1'), 'file-active'],
    ['bytes called .txt', 'notes.txt', latin1('a\0b'), 'file-disguised'],
    ['a PDF header that does not come first', 'm.pdf', latin1('xx%PDF-1.7'), 'file-disguised'],
    ['a web page by its name', 'page.html', Buffer.from('<p>'), 'file-kind'],
    ['a drawing by its name', 'logo.svg', Buffer.from('<svg>'), 'file-kind'],
    ['a document with macros by its name', 'plan.docm', PDF, 'file-kind'],
    ['a name without an ending', 'README', Buffer.from('x'), 'file-kind'],
    ['a name that objects have', 'x.constructor', Buffer.from('x'), 'file-kind'],
    ['an empty file', 'notes.txt', Buffer.alloc(0), 'file-empty'],
  ])('refuses %s', async (_, name, bytes, code) => {
    await expect(decide(name, bytes)).rejects.toMatchObject({ status: 415, code });
  });

  it('refuses archives in the dress of documents, and macros', async () => {
    const archive = await zip('a.txt');
    await expect(decide('plan.docx', archive)).rejects.toMatchObject({ code: 'file-disguised' });
    const macros = await zip('[Content_Types].xml', 'word/vbaProject.bin');
    await expect(decide('plan.docx', macros)).rejects.toMatchObject({ code: 'file-active' });
    const broken = latin1('PK\x03\x04 and nothing more');
    await expect(decide('a.zip', broken)).rejects.toMatchObject({ code: 'archive-refused' });
  });

  it('knows a picture that also is a script by how it begins', () => {
    expect(contentOf(latin1('GIF89a/*<script>*/'))).toBe('gif');
  });
});
