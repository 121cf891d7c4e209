import { Invalid } from '../platform/problems.ts';

/** Beginnings of long passwords that everybody tries first, without spaces and punctuation. */
const WELL_KNOWN = [
  'password',
  'passw0rd',
  'passphrase',
  'qwertyuiop',
  'qwerty123',
  'azertyuiop',
  'qwertzuiop',
  '1234567890',
  '0123456789',
  '12345678',
  '123456',
  '1qaz2wsx3edc',
  'zaq12wsx',
  'abcdefghij',
  'asdfghjkl',
  'iloveyou',
  'letmein',
  'welcome',
  'administrator',
  'changeme',
  'trustno1',
  'correcthorsebatterystaple',
  'plumbline',
];

/** The least number of characters that must remain when the guessable parts are taken away. */
const REST = 8;
/** The least number of different characters. */
const DIFFERENT = 6;

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Why a password is too easy to guess, or null: known from lists, made of the person's or the
 * organisation's own words (`about`), or of few different characters.
 */
export function weakness(password: string, about: readonly string[]): string | null {
  const text = plain(password);
  if (new Set(text).size < DIFFERENT) return 'This uses too few different characters.';
  const guessable = [
    ...WELL_KNOWN,
    ...about.flatMap((words) => words.split(/[\s@.]+/)).map(plain),
  ].filter((word) => word.length >= 4);
  const rest = guessable.reduce((left, word) => left.replaceAll(word, ''), text);
  return rest.length < REST && rest.length < text.length
    ? 'This is easy to guess: it is made of a well-known password, your name or your organisation.'
    : null;
}

/** Refuses a password that is easy to guess, with what to do. */
export function refuseWeakPassword(password: string, about: readonly string[]): void {
  const why = weakness(password, about);
  if (!why) return;
  throw new Invalid('Choose another password.', [
    { field: 'password', message: `${why} A few unrelated words make a good password.` },
  ]);
}
