import { shellKey } from './shell-keys.ts';

const press = (key: string, init: KeyboardEventInit = {}, on: Element = document.body) => {
  let event!: KeyboardEvent;
  document.addEventListener('keydown', (heard) => (event = heard), { once: true });
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
  return event;
};

const typingIn = (tag: string): Element => document.body.appendChild(document.createElement(tag));

describe('shellKey', () => {
  it.each([
    ['k', { ctrlKey: true }, 'palette'],
    ['k', { metaKey: true }, 'palette'],
    ['K', { ctrlKey: true, shiftKey: true }, 'switcher'],
    ['?', { shiftKey: true }, 'help'],
    ['/', {}, 'search'],
    ['k', {}, null],
    ['a', {}, null],
    ['?', { altKey: true }, null],
  ])('reads %s %j as %s', (key, init, expected) => {
    expect(shellKey(press(key, init), true)).toBe(expected);
  });

  it.each(['input', 'textarea', 'select'])('leaves single keys to a %s', (tag) => {
    expect(shellKey(press('/', {}, typingIn(tag)), true)).toBeNull();
    expect(shellKey(press('k', { ctrlKey: true }, typingIn(tag)), true)).toBe('palette');
  });

  it('knows no single keys when they are switched off', () => {
    expect(shellKey(press('?'), false)).toBeNull();
    expect(shellKey(press('k', { ctrlKey: true }), false)).toBe('palette');
  });
});
