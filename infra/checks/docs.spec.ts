import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inRoot, root } from '../run/places.mjs';

const read = (...parts: string[]): string => readFileSync(inRoot(...parts), 'utf8');

/** Every file below `folder` whose name ends in `ending`, tests left out. */
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('.spec.'))
    .map((file) => join(folder, file))
    .sort();

/** What people read: the pages at the top and all of docs. */
const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...filesIn('docs', '.md'),
];
const pages = PAGES.map((page) => ({ page, text: read(page) }));

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((found) => found[1] ?? '');

const sorted = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/** First cells of a page's tables that are a name in backquotes. */
const named = (text: string, pattern: RegExp): string[] =>
  all(text, /^\| `([^`]+)`\s*\|/gm).filter((name) => pattern.test(name));

/** The anchor of a heading, as GitHub makes it. */
const anchorsOf = (text: string): string[] =>
  all(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('links', () => {
  const links = pages.flatMap(({ page, text }) =>
    all(text, /\]\(([^)\s]+)\)/g)
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => ({ page, target })),
  );

  it.each(links)('$page: $target leads somewhere', ({ page, target }) => {
    const [path = '', anchor] = target.split('#', 2);
    const file = path === '' ? inRoot(page) : resolve(root, dirname(page), path);
    expect(existsSync(file)).toBe(true);
    if (anchor) expect(anchorsOf(readFileSync(file, 'utf8'))).toContain(anchor);
  });

  it('leaves no picture without a page', () => {
    const shown = links
      .filter(({ target }) => target.endsWith('.png'))
      .map(({ page, target }) => join(dirname(page), target));
    expect(sorted(shown)).toEqual(filesIn('docs/guide/pictures', '.png'));
  });
});

describe('commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

  it.each(pages)('$page names only commands that exist', ({ text }) => {
    const commands = [
      ...all(text, /npm run (?:--silent )?([\w:-]+)/g),
      ...all(text, /npm (start|test)\b/g),
    ];
    expect(commands.filter((name) => !(name in scripts))).toEqual([]);
  });

  it.each(pages)('$page names only commands of the command line that exist', ({ text }) => {
    const commands = all(text, /npm run plumbline -- ([\w-]+)/g);
    const files = commands.map((name) => `infra/run/plumbline/${name}.mjs`);
    expect(files.filter((file) => !existsSync(inRoot(file)))).toEqual([]);
  });
});

describe('settings', () => {
  const VARIABLE = /^[A-Z][A-Z0-9_]+$/;
  const schema = /environmentSchema = z\.object\(\{([\s\S]*?)\n\}\);/.exec(
    read('apps/api/src/platform/config/configuration.ts'),
  )?.[1];
  const ofTheApi = all(schema ?? '', /^ {2}([A-Z][A-Z0-9_]+):/gm);
  const runners = filesIn('infra/run', '.mjs').map((file) => read(file));
  const mentioned = runners.flatMap((text) => [
    ...all(text, /process\.env\.([A-Z][A-Z0-9_]+)/g),
    ...all(text, /const \{([^}]+)\} = process\.env/g).flatMap((names) =>
      names.split(',').map((name) => name.split(':')[0]!.trim()),
    ),
  ]);
  // What npm itself sets is written in lower case.
  const ofTheRunner = mentioned.filter((name) => VARIABLE.test(name));

  it('finds those of the API and of npm start', () => {
    expect(ofTheApi).toContain('SECRETS_FILE');
    expect(ofTheRunner).toEqual(expect.arrayContaining(['REDIS_URL', 'PLUMBLINE_EMAIL', 'DEMO']));
  });

  it('are all in the operator’s table, and no others', () => {
    expect(sorted(named(read('docs/guide/operator.md'), VARIABLE))).toEqual(
      sorted([...ofTheApi, ...ofTheRunner]),
    );
  });
});

describe('problem codes', () => {
  const CODE = /^[a-z][a-z-]*$/;
  /** Where a code is not written beside the problem; each is read in its own way below. */
  const PASSED_ON = [
    'apps/api/src/evidence/file-kind.ts',
    'apps/api/src/platform/problems.ts',
    'apps/api/src/runs/refusal.ts',
  ];
  const sources = filesIn('apps/api/src', '.ts').map((file) => ({ file, text: read(file) }));
  const raised = sources.flatMap(({ text }) => [
    ...all(text, /new Problem\(\s*\w+,\s*'([a-z-]+)'/g),
    ...all(text, /new (?:Conflict|Refused)\(\s*'([a-z-]+)'/g),
    ...all(text, /super\(\s*\d{3},\s*'([a-z-]+)'/g),
    ...all(text, /extends (?:Conflict|Refused) \{[^}]*?super\(\s*'([a-z-]+)'/g),
  ]);
  const ofFiles = all(read('apps/api/src/evidence/file-kind.ts'), /refused\(\s*'([a-z-]+)'/g);
  const union = /readonly code:\n([\s\S]*?);/.exec(
    read('libs/workflow-engine/src/run/run.ts').split('interface Refusal')[1] ?? '',
  )?.[1];
  const ofTheEngine = all(union ?? '', /\| '([a-z-]+)'/g);

  it('are written where they are raised, save for known places', () => {
    const elsewhere = sources.filter(({ text }) =>
      /new Problem\(\s*[^,]+,\s*(?=[^\s'])|new (?:Conflict|Refused)\(\s*(?=[^\s'])/.test(text),
    );
    expect(elsewhere.map(({ file }) => file).filter((file) => !PASSED_ON.includes(file))).toEqual(
      [],
    );
    expect(ofFiles).toContain('file-disguised');
    expect(ofTheEngine).toContain('separation-of-duties');
  });

  it('are all in the table of docs/api, and no others', () => {
    expect(sorted(named(read('docs/api/README.md'), CODE))).toEqual(
      sorted([...raised, ...ofFiles, ...ofTheEngine]),
    );
  });
});
