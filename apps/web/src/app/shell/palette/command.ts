import type { Injector } from '@angular/core';

/** Something that the palette can do. */
export interface Command {
  readonly id: string;
  readonly section: Section;
  readonly text: string;
  /** Said after the text: a role, a reference, a key. */
  readonly hint?: string;
  /** The organisation whose mark stands before it. */
  readonly mark?: { readonly name: string; readonly text: string; readonly plate: number };
  readonly yourTurn?: number;
  /** Goes there or does it, given the page's injector; the palette has closed by then. */
  readonly run: (injector: Injector) => unknown;
}

export const SECTIONS = ['go', 'do', 'find', 'people', 'switch', 'help'] as const;
export type Section = (typeof SECTIONS)[number];

/** What somebody typed: a prefix narrows it to verbs (`>`), references (`#`) or people (`@`). */
export function readQuery(typed: string): { sections: readonly Section[] | null; text: string } {
  const prefixes: Readonly<Record<string, readonly Section[]>> = {
    '>': ['do'],
    '#': ['find'],
    '@': ['people'],
  };
  const sections = prefixes[typed.trimStart()[0] ?? ''];
  const text = (sections ? typed.trimStart().slice(1) : typed).trim();
  return { sections: sections ?? null, text };
}

/** Commands whose words all start with something typed, best first: a match at the start wins. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return commands;
  const score = ({ text: name, hint = '' }: Command): number => {
    const parts = `${name} ${hint}`.toLowerCase().split(/[\s,.()-]+/);
    const all = wanted.every((word) => parts.some((part) => part.startsWith(word)));
    if (!all) return 0;
    return name.toLowerCase().startsWith(wanted.join(' ')) ? 2 : 1;
  };
  return commands
    .map((command) => ({ command, score: score(command) }))
    .filter((it) => it.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((it) => it.command);
}
