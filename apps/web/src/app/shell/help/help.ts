import { Dialog, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, type Injector } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button } from '@plumbline/ui';
import { Preferences, Session, words } from '../../platform/index.ts';
import type file from '../shell.en-GB.json';

const KEYS = [
  ['Ctrl K', 'keys.palette'],
  ['Ctrl Shift K', 'keys.switcher'],
  ['/', 'keys.search'],
  ['J', 'keys.next'],
  ['K', 'keys.previous'],
  ['Enter', 'keys.open'],
  ['Esc', 'keys.close'],
  ['?', 'keys.help'],
] as const;

/** Keys, and where to find out more. */
@Component({
  selector: 'app-help',
  imports: [Button, RouterLink],
  template: `
    <h2 id="help-title">{{ t('help') }}</h2>
    <table>
      <caption class="visually-hidden">
        {{
          t('help.keys')
        }}
      </caption>
      <thead>
        <tr>
          <th scope="col">{{ t('key') }}</th>
          <th scope="col">{{ t('whatItDoes') }}</th>
        </tr>
      </thead>
      <tbody>
        @for (row of keys; track row[0]) {
          <tr>
            <td>
              <kbd>{{ nameOf(row[0]) }}</kbd>
            </td>
            <td>{{ t(row[1]) }}</td>
          </tr>
        }
      </tbody>
    </table>
    <p class="hint">{{ t('keysText') }}</p>
    <label class="row">
      <input type="checkbox" [checked]="preferences.singleKeys() === 'on'" (change)="toggle()" />
      {{ t('singleKeys') }}
    </label>
    <ul class="plain-list stack-tight">
      <li>
        <a routerLink="/verify" (click)="ref.close()">{{ t('help.verify') }}</a>
      </li>
      @if (session.me()) {
        <li>
          <a routerLink="/me" (click)="ref.close()">{{ t('help.me') }}</a>
        </li>
      }
      <li>
        <a href="/api/docs" target="_blank" rel="noopener">{{ t('help.api') }}</a>
      </li>
    </ul>
    <div>
      <button uiButton look="quiet" type="button" (click)="ref.close()">{{ t('close') }}</button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
      inline-size: min(520px, 92vw);
      max-block-size: 88dvh;
      overflow-y: auto;
      padding: var(--s-5);
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
      box-shadow: var(--lift-2);
    }
    th,
    td {
      padding: 6px var(--s-2);
    }
    td:first-child {
      white-space: nowrap;
    }
  `,
})
export class Help {
  protected readonly t = words<typeof file>('shell');
  protected readonly preferences = inject(Preferences);
  protected readonly session = inject(Session);
  protected readonly ref = inject(DialogRef);
  protected readonly keys = KEYS;
  private readonly apple = /Mac|iP(hone|ad)/.test(navigator.userAgent);

  protected nameOf(key: string): string {
    return this.apple ? key.replace('Ctrl', '⌘') : key;
  }

  protected toggle(): void {
    this.preferences.singleKeys.update((now) => (now === 'on' ? 'off' : 'on'));
  }
}

/** Opens the help over the page. */
export function openHelp(injector: Injector): void {
  injector.get(Dialog).open(Help, { injector, ariaLabelledBy: 'help-title' });
}
