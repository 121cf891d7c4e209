import { DOCUMENT, effect, inject, Injectable, signal, type WritableSignal } from '@angular/core';

export type Scheme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

/** How this person likes this browser: kept here, since a phone and a desk differ. */
@Injectable({ providedIn: 'root' })
export class Preferences {
  private readonly root = inject(DOCUMENT).documentElement;

  readonly scheme = kept<Scheme>('scheme', ['system', 'light', 'dark']);
  readonly density = kept<Density>('density', ['comfortable', 'compact']);
  /** Single keys (`?`, `/`, J, K) can be switched off, for people who dictate. */
  readonly singleKeys = kept<'on' | 'off'>('single-keys', ['on', 'off']);

  constructor() {
    effect(() => {
      const { classList } = this.root;
      classList.toggle('user-light', this.scheme() === 'light');
      classList.toggle('user-dark', this.scheme() === 'dark');
      classList.toggle('compact', this.density() === 'compact');
    });
  }
}

/** A choice that survives the tab; the first one is where everybody starts. */
function kept<T extends string>(name: string, choices: readonly [T, ...T[]]): WritableSignal<T> {
  const key = `plumbline.${name}`;
  const stored = localStorage.getItem(key);
  const choice = signal<T>(choices.find((one) => one === stored) ?? choices[0]);
  effect(() => localStorage.setItem(key, choice()));
  return choice;
}
