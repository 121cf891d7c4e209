import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LucideChevronDown } from '@lucide/angular';
import { ClientMark, initialsOf } from '@plumbline/ui';
import { CurrentOrganisation, Session, words } from '../platform/index.ts';
import type file from './shell.en-GB.json';

/** The top of every page: which organisation, search, help, and the signed-in person. */
@Component({
  selector: 'app-top-bar',
  imports: [CdkMenu, CdkMenuItem, CdkMenuTrigger, ClientMark, LucideChevronDown, RouterLink],
  template: `
    <header>
      <a class="organisation" routerLink="/organisations">
        <ui-client-mark [name]="organisation.name()" [mark]="organisation.standing().mark.text" />
        <span class="name">{{ organisation.name() }}</span>
        <svg lucideChevronDown [size]="16" aria-hidden="true"></svg>
        <span class="visually-hidden">{{ t('switch') }}</span>
      </a>
      <span class="space"></span>
      <button
        type="button"
        class="person"
        [cdkMenuTriggerFor]="account"
        [attr.aria-label]="t('account', { name: person()?.name ?? '' })"
      >
        {{ initials() }}
      </button>
      <ng-template #account>
        <div class="menu" cdkMenu>
          <p>{{ person()?.name }}<br />{{ person()?.email }}</p>
          <button type="button" cdkMenuItem (cdkMenuItemTriggered)="session.signOut()">
            {{ t('signOut') }}
          </button>
        </div>
      </ng-template>
    </header>
  `,
  styles: `
    :host {
      position: sticky;
      inset-block-start: 0;
      z-index: 10;
    }
    header {
      display: flex;
      align-items: center;
      gap: var(--s-3);
      min-block-size: 53px;
      padding: 6px var(--s-4);
      background: var(--c-surface);
      border-block-end: 1px solid var(--c-hair);
    }
    .organisation {
      display: inline-flex;
      align-items: center;
      gap: var(--s-2);
      min-inline-size: 0;
      min-block-size: 36px;
      padding: 4px 10px;
      border: 1px solid var(--c-line);
      border-radius: var(--r-m);
      color: var(--c-ink);
      text-decoration: none;
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .space {
      flex: 1;
    }
    .person {
      flex: none;
      inline-size: 36px;
      block-size: 36px;
      border: 1px solid var(--c-line);
      border-radius: 50%;
      background: var(--c-surface-2);
      font: 600 13px/18px var(--font-ui);
      cursor: pointer;
    }
    .menu {
      display: grid;
      min-inline-size: 220px;
      padding: var(--s-2);
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-m);
      box-shadow: var(--lift-2);
    }
    .menu p {
      padding: var(--s-2);
      color: var(--c-ink-2);
    }
    .menu button {
      padding: var(--s-2);
      border: 0;
      border-radius: var(--r-s);
      background: none;
      text-align: start;
      cursor: pointer;
    }
    .menu button:hover {
      background: var(--c-surface-2);
    }
  `,
})
export class TopBar {
  protected readonly t = words<typeof file>('shell');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly session = inject(Session);
  protected readonly person = () => this.session.me()?.person;
  protected readonly initials = () => initialsOf(this.person()?.name ?? '');
}
