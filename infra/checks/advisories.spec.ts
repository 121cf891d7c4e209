import { readFileSync } from 'node:fs';
import { inRoot } from '../run/places.mjs';
import { type Advisory, knownBad, type Lock } from './advisories.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(inRoot(path), 'utf8'));
const advisories = read('infra/checks/advisories.json') as Advisory[];
const lock = read('package-lock.json') as Lock;

describe('known bad versions', () => {
  it('are not in the lock', () => {
    expect(knownBad(lock, advisories)).toEqual([]);
  });

  it.each([
    ['node_modules/multer', '2.0.1'],
    ['node_modules/some/node_modules/multer', '1.4.5'],
    ['node_modules/@nestjs/platform-fastify', '12.5.0'],
    ['node_modules/@casl/ability', '7.0.0'],
  ])('are found at %s@%s', (path, version) => {
    expect(knownBad({ packages: { [path]: { version } } }, advisories)).toHaveLength(1);
  });

  it.each([
    ['node_modules/multer', '2.0.2'],
    ['node_modules/not-multer', '1.0.0'],
    ['node_modules/@casl/ability', '7.0.2'],
  ])('let %s@%s pass', (path, version) => {
    expect(knownBad({ packages: { [path]: { version } } }, advisories)).toEqual([]);
  });

  it('are accepted only while they are what we run: else the exception is stale', () => {
    const exceptions = advisories.filter(({ accepted }) => accepted);
    const stale = exceptions.filter(
      (advisory) =>
        lock.packages[`node_modules/${advisory.package}`]?.version !== advisory.accepted?.version,
    );
    expect(stale).toEqual([]);
  });
});
