import type { PersonRef } from '@plumbline/contracts';

/** The mention that is being typed before the caret: where it begins, and its text after the @. */
export interface TypedMention {
  readonly from: number;
  readonly text: string;
}

/** What is typed after an @ right before `caret`; null when no mention is being typed there. */
export function mentionAt(text: string, caret: number): TypedMention | null {
  const before = text.slice(0, caret);
  const found = /(^|\s)@([\p{L}\p{M}'’-]*(?: [\p{L}\p{M}'’-]*)?)$/u.exec(before);
  const typed = found?.[2];
  return typed === undefined ? null : { from: caret - typed.length - 1, text: typed };
}

/** At most six people whose name, or a later part of it, begins with what was typed. */
export function suggestions(people: readonly PersonRef[], typed: string): PersonRef[] {
  const wanted = typed.trim().toLowerCase();
  return people
    .filter(({ name }) => {
      const lower = name.toLowerCase();
      return lower.startsWith(wanted) || lower.split(' ').some((part) => part.startsWith(wanted));
    })
    .slice(0, 6);
}

/** The text with the person written out, and where the caret goes. */
export function withMention(
  text: string,
  { from, text: typed }: TypedMention,
  { name }: PersonRef,
): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + text.slice(from + 1 + typed.length), caret: before.length };
}

/** Who is mentioned in a text, by name. */
export const mentionedIn = (text: string, people: readonly PersonRef[]): PersonRef[] =>
  people.filter(({ name }) => text.includes(`@${name}`));
