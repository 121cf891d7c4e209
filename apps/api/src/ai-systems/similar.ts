/** From this likeness on, two names are shown as perhaps the same system. */
const ALIKE = 0.45;

/** Words that say nothing about which system is meant. */
const COMMON = new Set([
  'a',
  'ai',
  'an',
  'and',
  'for',
  'in',
  'ml',
  'of',
  'on',
  'system',
  'the',
  'to',
]);

/** The telling words of a name: lower case, without accents and punctuation. */
export function wordsOf(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const telling = words.filter((word) => !COMMON.has(word));
  return telling.length > 0 ? telling : words;
}

function trigramsOf(words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const word of words) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at += 1) found.add(padded.slice(at, at + 3));
  }
  return found;
}

interface Prepared {
  readonly words: ReadonlySet<string>;
  readonly trigrams: ReadonlySet<string>;
}

const prepare = (name: string): Prepared => {
  const words = wordsOf(name);
  return { words: new Set(words), trigrams: trigramsOf(words) };
};

/** How alike two names are, from 0 to 1: shared trigrams, or one name's words all in the other's. */
function likeness(a: Prepared, b: Prepared): number {
  let shared = 0;
  for (const part of a.trigrams) if (b.trigrams.has(part)) shared += 1;
  // Most names share nothing, and the words of one cannot be in the other then.
  if (shared === 0) return 0;
  const [shorter, longer] = a.words.size <= b.words.size ? [a.words, b.words] : [b.words, a.words];
  const contained = shorter.size > 1 && [...shorter].every((word) => longer.has(word));
  return Math.max(shared / (a.trigrams.size + b.trigrams.size - shared), contained ? ALIKE : 0);
}

/** The candidates whose name is like `name`, most alike first. */
export function mostSimilar<T extends { readonly name: string }>(
  name: string,
  candidates: readonly T[],
  limit: number,
): T[] {
  const wanted = prepare(name);
  return candidates
    .map((candidate) => ({ candidate, score: likeness(wanted, prepare(candidate.name)) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}
