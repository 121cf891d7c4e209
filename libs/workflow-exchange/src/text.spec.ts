import { describe, expect, it } from '@jest/globals';
import { fromText, toJson, toYaml } from './index.ts';
import { everyWord } from './testing/every-word.data.ts';

const document = { definition: everyWord, layout: { places: { ask: { x: 10, y: 20 } } } };
const refusal = (text: string): string => fromText(text).problems[0]?.message ?? 'read';

describe('workflows as text', () => {
  it.each([
    ['YAML', toYaml],
    ['JSON', toJson],
  ])('come back from %s as they were', (_, write) => {
    expect(fromText(write(document)).document).toEqual(document);
  });

  it('are written without a layout when nobody moved anything', () => {
    expect(toYaml({ ...document, layout: { places: {} } })).not.toContain('layout');
  });

  it('are read from a document of the API, too', () => {
    expect(fromText(JSON.stringify(document)).document).toEqual(document);
  });

  it('tell the line of a mistake', () => {
    expect(refusal('key: A\nname: [1, 2\nsteps: []\n')).toMatch(/^Line 3: /);
  });

  it('tell the place of what the language does not know', () => {
    const { problems } = fromText(toYaml(document).replace('type: form', 'type: poem'));
    expect(problems[0]?.place).toMatch(/^steps\./);
  });

  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghij'.split('').map((name, at) => {
      const before = 'abcdefghij'[at] ?? 'a';
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
    }),
  ].join('\n');
  it.each([
    ['an alias bomb', bomb],
    ['brackets without end', '['.repeat(100_000)],
    [
      'indentation without end',
      Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at * 2)}a:`).join('\n'),
    ],
    ['dashes without end', `${'- '.repeat(50_000)}a`],
    ['50 MB', 'a: '.padEnd(50_000_000, 'x')],
    ['nothing', ''],
    ['a list', '- a\n- b\n'],
    ['a prototype', '__proto__:\n  key: A\nkey: B\n'],
    ['a tag of code', 'key: !!js/function "() => 1"\n'],
  ])('refuse %s and say why', (_, text) => {
    expect(fromText(text).document).toBeNull();
    expect(refusal(text)).not.toBe('');
  });
});
