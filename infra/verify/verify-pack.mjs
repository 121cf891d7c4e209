import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPackFile, verifyPackWithPem } from '@plumbline/evidence';

/** Problems shown at most; the rest is counted. */
const SHOWN = 20;

/** The files of an unpacked pack, by path. */
function readFolder(root) {
  const files = new Map();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    // A link has no bytes of its own: as an empty file it cannot match what was signed.
    const bytes = entry.isFile() ? readFileSync(path) : new Uint8Array();
    files.set(
      path
        .slice(root.length)
        .replace(/^[\\/]/, '')
        .replaceAll('\\', '/'),
      bytes,
    );
  }
  return files;
}

const [pack, keyFile] = process.argv.slice(2);
const key = readFileSync(keyFile, 'utf8');
const report = statSync(pack).isDirectory()
  ? verifyPackWithPem(readFolder(join(pack, '.')), key)
  : await verifyPackFile(readFileSync(pack), key);

for (const { ok, text } of report.checks) console.log(`${ok ? 'ok      ' : 'PROBLEM '} ${text}`);
for (const { path, text } of report.problems.slice(0, SHOWN))
  console.log(`         ${path}: ${text}`);
const hidden = report.problems.length - SHOWN;
if (hidden > 0) console.log(`         … and ${hidden} more`);
console.log(`\n${report.heading}\n${report.text}`);
process.exitCode = { genuine: 0, partial: 2 }[report.result] ?? 1;
