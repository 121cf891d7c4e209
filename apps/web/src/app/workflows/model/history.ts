import type { Design, Said } from './design.ts';

/** How many edits can be undone. */
export const DEPTH = 250;
/** Typing in one field within this time is undone at once (milliseconds). */
const TOGETHER = 2_000;

interface Entry {
  /** The design that undoing, or redoing, goes to. */
  readonly design: Design;
  readonly said: Said;
}

/** A design with the way back and forth. Designs share what they have in common. */
export interface History {
  readonly present: Design;
  readonly past: readonly Entry[];
  readonly future: readonly Entry[];
  /** The field that was typed in last, and when. */
  readonly typing: { readonly field: string; readonly at: number } | null;
}

/** A history that starts with this design. */
export function startOf(present: Design): History {
  return { present, past: [], future: [], typing: null };
}

/**
 * Takes over an edit. With `field`, edits of the same field shortly after each other count as one.
 * `now` in milliseconds.
 */
export function record(
  history: History,
  edit: { readonly design: Design; readonly said: Said },
  now: number,
  field: string | null = null,
): History {
  const { present, past, typing } = history;
  if (edit.design === present) return history;
  const more =
    field !== null && past.length > 0 && typing?.field === field && now - typing.at < TOGETHER;
  return {
    present: edit.design,
    past: more ? past : [...past, { design: present, said: edit.said }].slice(-DEPTH),
    future: [],
    typing: field === null ? null : { field, at: now },
  };
}

/** One edit back, with what was undone; null when there is none. */
export function undo(history: History): { history: History; undone: Said } | null {
  const last = history.past.at(-1);
  if (!last) return null;
  return {
    undone: last.said,
    history: {
      present: last.design,
      past: history.past.slice(0, -1),
      future: [...history.future, { design: history.present, said: last.said }],
      typing: null,
    },
  };
}

/** One edit forth again, with what was redone; null when there is none. */
export function redo(history: History): { history: History; redone: Said } | null {
  const next = history.future.at(-1);
  if (!next) return null;
  return {
    redone: next.said,
    history: {
      present: next.design,
      past: [...history.past, { design: history.present, said: next.said }],
      future: history.future.slice(0, -1),
      typing: null,
    },
  };
}
