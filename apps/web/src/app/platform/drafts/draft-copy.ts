/** Where unsaved answers outlive a closed tab. */
export interface DraftCopy<A> {
  keep(answers: A): void;
  drop(): void;
}

const PREFIX = 'plumbline.draft.';

/** A copy in this browser, for one person and one task. */
export function browserCopy<A>(
  storage: Storage,
  person: string,
  task: string,
): DraftCopy<A> & {
  read(): A | null;
} {
  const key = `${PREFIX}${person}.${task}`;
  return {
    keep: (answers) => {
      try {
        storage.setItem(key, JSON.stringify(answers));
      } catch {
        // A full or forbidden storage must not stop the writing: the server's copy is the one that counts.
      }
    },
    drop: () => storage.removeItem(key),
    read: () => {
      const text = storage.getItem(key);
      return text === null ? null : (JSON.parse(text) as A);
    },
  };
}

/** Removes every copy: on a shared machine the next person must find none. */
export function forgetCopies(storage: Storage): void {
  for (const key of Object.keys(storage)) {
    if (key.startsWith(PREFIX)) storage.removeItem(key);
  }
}
