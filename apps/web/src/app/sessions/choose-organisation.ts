import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { OrganisationStanding } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import { Button, Chip, ClientMark, EmptyState, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import { pageTitle, Session, words } from '../platform/index.ts';
import { startOf } from './landing.ts';
import { PublicFrame } from './public-frame.ts';
import type file from './sessions.en-GB.json';

/** From here on a list is searched rather than read. */
const MANY = 8;

/** Every organisation that the person may enter. */
@Component({
  selector: 'app-choose-organisation',
  imports: [
    Button,
    Chip,
    ClientMark,
    EmptyState,
    FieldFrame,
    PageHeader,
    PublicFrame,
    RouterLink,
    Sheet,
  ],
  template: `
    <app-public-frame>
      <ui-page-header [heading]="t('choose')" />
      @if (all().length > many) {
        <ui-field for="search" [label]="t('searchOrganisations')">
          <input id="search" type="search" autocomplete="off" (input)="search($event)" />
        </ui-field>
      }
      @if (found().length > 0) {
        <ui-sheet>
          <ul class="plain-list">
            @for (one of found(); track one.id) {
              <li>
                <ui-client-mark [name]="one.name" [mark]="one.mark.text" [plate]="one.mark.plate" />
                <span>
                  <a [routerLink]="linkOf(one)">{{ one.name }}</a>
                  <span class="roles">{{ rolesOf(one) }}</span>
                </span>
                @if (one.yourTurn > 0) {
                  <ui-chip state="your-turn">{{ t.count('yourTurn', one.yourTurn) }}</ui-chip>
                }
              </li>
            }
          </ul>
        </ui-sheet>
      } @else {
        <ui-empty
          [kind]="all().length > 0 ? 'no-matches' : 'no-access'"
          [heading]="t(all().length > 0 ? 'noMatches' : 'noOrganisation')"
        >
          <p>{{ t(all().length > 0 ? 'noMatchesText' : 'noOrganisationText') }}</p>
        </ui-empty>
      }
      <div>
        <button uiButton look="quiet" type="button" (click)="session.signOut()">
          {{ t('signOut') }}
        </button>
      </div>
    </app-public-frame>
  `,
  styles: `
    li {
      display: flex;
      align-items: center;
      gap: var(--s-3);
      padding-block: var(--s-3);
    }
    li + li {
      border-block-start: 1px solid var(--c-hair);
    }
    .roles {
      display: block;
      color: var(--c-ink-2);
    }
    ui-chip {
      margin-inline-start: auto;
    }
  `,
})
export class ChooseOrganisation {
  protected readonly t = words<typeof file>('sessions');
  protected readonly session = inject(Session);
  protected readonly many = MANY;
  private readonly query = signal('');

  protected readonly all = computed(() =>
    [...this.session.organisations()].sort(
      (a, b) =>
        b.yourTurn - a.yourTurn ||
        Number(a.relation === 'adviser') - Number(b.relation === 'adviser') ||
        a.name.localeCompare(b.name),
    ),
  );
  protected readonly found = computed(() =>
    this.all().filter(({ name }) => name.toLowerCase().includes(this.query().toLowerCase())),
  );

  constructor() {
    pageTitle(() => this.t('choose'));
  }

  protected search(event: Event): void {
    this.query.set((event.target as HTMLInputElement).value.trim());
  }

  protected linkOf(organisation: OrganisationStanding): string[] {
    return startOf(organisation);
  }

  protected rolesOf({ roles, relation, firm }: OrganisationStanding): string {
    if (relation === 'adviser') return this.t('adviserFrom', { firm: firm?.name ?? '' });
    return roles.map(roleLabel).join(', ');
  }
}
