/** Longest short name before a number is added; the database allows 60. */
const LONGEST = 50;
const PLATES = 8;

const letters = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '');

/** The short name that an organisation has in addresses, made from its name. */
export function slugOf(name: string): string {
  const slug = letters(name)
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
  return slug || 'organisation';
}

/** Two letters and one of eight plates: the same for the same name. */
export function markOf(name: string): { text: string; plate: number } {
  const words = letters(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const [first = '?', second] = words;
  const text = second ? head(first, 1) + head(second, 1) : head(first, 2);
  const sum = Array.from(name).reduce((total, letter) => {
    return (total * 31 + letter.codePointAt(0)!) % 9973;
  }, 7);
  return { text: text.toUpperCase(), plate: sum % PLATES };
}

const head = (word: string, length: number): string => Array.from(word).slice(0, length).join('');
