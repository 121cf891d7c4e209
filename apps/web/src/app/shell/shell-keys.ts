/** What a key asks of the shell. */
export type ShellKey = 'palette' | 'switcher' | 'help' | 'search';

const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"]';

/**
 * Reads a key press. Single keys count only when they are switched on and nobody is typing
 * (WCAG 2.1.4); nothing here ever submits anything.
 */
export function shellKey(event: KeyboardEvent, singleKeys: boolean): ShellKey | null {
  const { key, ctrlKey, metaKey, shiftKey, altKey, target } = event;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') {
    return shiftKey ? 'switcher' : 'palette';
  }
  const typing = target instanceof Element && target.closest(TYPING) !== null;
  if (!singleKeys || typing || ctrlKey || metaKey || altKey) return null;
  if (key === '?') return 'help';
  return key === '/' ? 'search' : null;
}
