import type { Facts } from './condition.ts';
import { readFact } from './dictionary.ts';

const placeholder = /\{([^{}]{1,80})\}/g;

/** Names of the facts written in a text like “Can {name} go live?”. */
export function factsInText(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name ?? '');
}

/** The text with facts filled in: “Can {name} go live?”; an unknown one leaves an ellipsis. */
export function fillText(text: string, facts: Facts): string {
  return text.replace(placeholder, (_, name: string) => {
    const value = readFact(facts, name);
    return value === null || typeof value === 'object' ? '…' : String(value);
  });
}
