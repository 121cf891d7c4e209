import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, inject, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  LucideBell,
  LucideChevronDown,
  LucideCircleQuestionMark,
  LucideSearch,
} from '@lucide/angular';
import { ClientMark, initialsOf } from '@plumbline/ui';
import { CurrentOrganisation, Session, words } from '../platform/index.ts';
import { Bell } from './bell.ts';
import type file from './shell.en-GB.json';

/** The top of every page: which organisation, search, notices, help, and the signed-in person. */
@Component({
  selector: 'app-top-bar',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    ClientMark,
    LucideBell,
    LucideChevronDown,
    LucideCircleQuestionMark,
    LucideSearch,
    RouterLink,
  ],
  template: `
    <header>
      <button
        type="button"
        class="box organisation"
        aria-haspopup="dialog"
        (click)="switchOrganisation.emit()"
      >
        <ui-client-mark
          [name]="organisation.name()"
          [mark]="organisation.standing().mark.text"
          [plate]="organisation.standing().mark.plate"
        />
        <span class="name">{{ organisation.name() }}</span>
        <svg lucideChevronDown [size]="16" aria-hidden="true"></svg>
        <span class="visually-hidden">{{ t('switch') }}</span>
      </button>
      <span class="space"></span>
      <button type="button" class="box search" aria-haspopup="dialog" (click)="openSearch.emit()">
        <svg lucideSearch [size]="16" aria-hidden="true"></svg>
        <span class="wide">{{ t('search') }}</span>
        <kbd class="wide" aria-hidden="true">{{ t(apple ? 'keyApple' : 'keyOther') }}</kbd>
        <span class="visually-hidden narrow">{{ t('search') }}</span>
      </button>
      <a
        class="box icon"
        [routerLink]="organisation.page('notifications')"
        [attr.aria-label]="t.count('bell', bell.unread())"
      >
        <svg lucideBell [size]="20" aria-hidden="true"></svg>
        @if (bell.unread() > 0) {
          <span class="unread" aria-hidden="true">{{ unreadText() }}</span>
        }
      </a>
      <button type="button" class="box icon" aria-haspopup="dialog" (click)="openHelp.emit()">
        <svg lucideCircleQuestionMark [size]="20" aria-hidden="true"></svg>
        <span class="visually-hidden">{{ t('help') }}</span>
      </button>
      <button type="button" class="box icon person" [cdkMenuTriggerFor]="account">
        {{ initials() }}
        <span class="visually-hidden">{{ t('account', { name: name() }) }}</span>
      </button>
      <ng-template #account>
        <div class="menu" cdkMenu>
          <p>
            {{ name() }}<br /><span class="meta">{{ session.me()?.person?.email }}</span>
          </p>
          <a cdkMenuItem routerLink="/me">{{ t('help.me') }}</a>
          <a cdkMenuItem routerLink="/organisations">{{ t('allOrganisations') }}</a>
          <button type="button" cdkMenuItem (cdkMenuItemTriggered)="session.signOut()">
            {{ t('signOut') }}
          </button>
        </div>
      </ng-template>
    </header>
  `,
  styleUrl: './top-bar.scss',
})
export class TopBar {
  protected readonly t = words<typeof file>('shell');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly session = inject(Session);
  protected readonly bell = inject(Bell);
  protected readonly apple = /Mac|iP(hone|ad)/.test(navigator.userAgent);

  readonly switchOrganisation = output();
  readonly openSearch = output();
  readonly openHelp = output();

  protected readonly name = computed(() => this.session.me()?.person.name ?? '');
  protected readonly initials = computed(() => initialsOf(this.name()));
  protected readonly unreadText = computed(() =>
    this.bell.unread() > 99 ? '99+' : String(this.bell.unread()),
  );
}
