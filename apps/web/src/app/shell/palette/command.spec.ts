import { matching, readQuery, type Command } from './command.ts';

const command = (text: string, hint?: string): Command => ({
  id: text,
  section: 'go',
  text,
  ...(hint && { hint }),
  run: () => undefined,
});

describe('readQuery', () => {
  it.each([
    ['import', null, 'import'],
    ['> import', ['do'], 'import'],
    ['#AIS-0001', ['find'], 'AIS-0001'],
    ['@pri', ['people'], 'pri'],
    ['', null, ''],
  ])('reads %j', (typed, sections, text) => {
    expect(readQuery(typed)).toEqual({ sections, text });
  });
});

describe('matching', () => {
  const all = [
    command('Add a client'),
    command('Clients'),
    command('Northgate Foods', 'Approver'),
    command('Propose an AI system'),
  ];

  it('keeps the order when nothing is typed', () => {
    expect(matching(all, '')).toEqual(all);
  });

  it('finds by the start of any word and puts a match at the start first', () => {
    expect(matching(all, 'cl').map(({ text }) => text)).toEqual(['Clients', 'Add a client']);
  });

  it('looks at the hint too, and wants every word', () => {
    expect(matching(all, 'north appr').map(({ text }) => text)).toEqual(['Northgate Foods']);
    expect(matching(all, 'north owner')).toEqual([]);
  });

  it('does not match inside a word', () => {
    expect(matching(all, 'ient')).toEqual([]);
  });
});
