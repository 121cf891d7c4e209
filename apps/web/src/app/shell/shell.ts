import { Component, DestroyRef, inject, Injector, viewChild, type ElementRef } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { SnackbarOutlet } from '@plumbline/ui';
import { distinctUntilChanged, filter, map, skip } from 'rxjs';
import {
  CurrentOrganisation,
  Live,
  PageTitle,
  Preferences,
  Session,
  whenChanged,
  words,
} from '../platform/index.ts';
import { Bell } from './bell.ts';
import { BottomBar } from './bottom-bar.ts';
import { Connection } from './connection.ts';
import { Navigation } from './navigation.ts';
import { NavigationList } from './navigation-list.ts';
import { rememberOrganisation } from './palette/recent.ts';
import type file from './shell.en-GB.json';
import { shellKey } from './shell-keys.ts';
import { TopBar } from './top-bar.ts';

const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '';

/** The frame of every page inside an organisation: who, where, and where to go. */
@Component({
  selector: 'app-shell',
  imports: [BottomBar, Connection, NavigationList, RouterOutlet, SnackbarOutlet, TopBar],
  providers: [Bell, CurrentOrganisation, Navigation],
  host: { '(document:keydown)': 'press($event)' },
  template: `
    <a class="skip" href="#main" (click)="skipToMain($event)">{{ t('skip') }}</a>
    <app-connection class="no-print" />
    <app-top-bar
      (switchOrganisation)="openPalette('organisations')"
      (openSearch)="openPalette('all')"
      (openHelp)="openHelp()"
    />
    @if (organisation.adviserOf(); as firm) {
      <p class="adviser">
        {{ t('adviserLine', { client: organisation.name(), firm: firm.name }) }}
      </p>
    }
    <div class="frame">
      <nav class="rail no-print" [attr.aria-label]="t('navigation')">
        <app-navigation-list class="places" />
      </nav>
      <main id="main" tabindex="-1" #main><router-outlet /></main>
    </div>
    <app-bottom-bar class="no-print" />
    <ui-snackbar-outlet class="no-print" [label]="t('notices')" />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 100dvh;
    }
    .skip {
      position: absolute;
      inset-block-start: -60px;
      inset-inline-start: var(--s-4);
      z-index: 30;
      padding: var(--s-2) var(--s-4);
      background: var(--c-surface);
    }
    .skip:focus {
      inset-block-start: var(--s-2);
    }
    .adviser {
      padding: var(--s-1) var(--s-4);
      background: var(--c-surface-3);
      color: var(--c-ink);
      font: var(--text-meta);
    }
    .frame {
      display: grid;
      grid-template-columns: 208px minmax(0, 1fr);
      flex: 1;
    }
    .rail {
      border-inline-end: 1px solid var(--c-hair);
    }
    .places {
      display: block;
      position: sticky;
      inset-block-start: 53px;
      max-block-size: calc(100dvh - 53px);
      overflow-y: auto;
      padding: var(--s-4) var(--s-3);
    }
    main {
      min-inline-size: 0;
      max-inline-size: 1240px;
      padding: var(--s-5) 28px var(--s-7);
    }
    app-bottom-bar {
      display: none;
    }
    @media (max-width: 820px) {
      .frame {
        grid-template-columns: minmax(0, 1fr);
      }
      .rail {
        display: none;
      }
      main {
        padding: var(--s-4) var(--s-4) 96px;
      }
      app-bottom-bar {
        display: block;
        position: fixed;
        z-index: 10;
        inset: auto 0 0;
      }
      :host {
        --snackbar-end: 76px;
      }
    }
    @media print {
      .frame {
        display: block;
      }
      main {
        padding: 0;
      }
      app-bottom-bar {
        display: none;
      }
    }
  `,
})
export class Shell {
  protected readonly t = words<typeof file>('shell');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly injector = inject(Injector);
  private readonly preferences = inject(Preferences);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');

  constructor() {
    const live = inject(Live);
    const title = inject(PageTitle);
    const session = inject(Session);
    live.connect(this.organisation.api('stream'));
    title.organisation.set(this.organisation.name());
    rememberOrganisation(this.organisation.slug);
    // Counts of "your turn" in the rail and the switcher come with the session.
    whenChanged(['task-changed'], () => void session.refresh());
    inject(DestroyRef).onDestroy(() => {
      live.disconnect();
      title.organisation.set('');
    });
    this.focusNewPages();
  }

  protected press(event: KeyboardEvent): void {
    const key = shellKey(event, this.preferences.singleKeys() === 'on');
    // A dialog is on top: its own keys hold.
    if (!key || document.querySelector('[role="dialog"]')) return;
    event.preventDefault();
    switch (key) {
      case 'palette':
        return void this.openPalette('all');
      case 'switcher':
        return void this.openPalette('organisations');
      case 'help':
        return void this.openHelp();
      case 'search': {
        const box = this.main().nativeElement.querySelector<HTMLElement>('input[type="search"]');
        if (box) box.focus();
        else void this.openPalette('all');
      }
    }
  }

  protected async openPalette(mode: 'all' | 'organisations'): Promise<void> {
    const { openPalette } = await import('./palette/palette.ts');
    openPalette(this.injector, mode, this.t(mode === 'all' ? 'search' : 'switch'));
  }

  protected async openHelp(): Promise<void> {
    const { openHelp } = await import('./help/help.ts');
    openHelp(this.injector);
  }

  protected skipToMain(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  /** A new page takes focus, as a page load would; filters in the query do not. */
  private focusNewPages(): void {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        map((event) => pathOf(event.urlAfterRedirects)),
        distinctUntilChanged(),
        skip(1),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.main().nativeElement.focus({ preventScroll: true }));
  }
}
