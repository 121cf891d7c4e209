import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { localMailSchema } from '@plumbline/contracts';
import { Button, DateText, EmptyState, PageHeader, Sheet } from '@plumbline/ui';
import { answerOf, Loaded, pageTitle, words } from '../platform/index.ts';
import { PublicFrame } from '../sessions/public-frame.ts';
import { linkParts } from './link-parts.ts';
import type file from './local-outbox.en-GB.json';

/** The mails of a product without a mail server: for trying it out on one's own machine. */
@Component({
  selector: 'app-local-outbox',
  imports: [Button, DateText, EmptyState, Loaded, PageHeader, PublicFrame, RouterLink, Sheet],
  template: `
    <app-public-frame>
      <ui-page-header [heading]="t('title')">
        <button pageAction uiButton look="quiet" type="button" (click)="mails.reload()">
          {{ t('again') }}
        </button>
      </ui-page-header>
      <p class="measure">{{ t('text') }}</p>
      <app-loaded
        [loading]="mails.loading()"
        [problem]="mails.problem()"
        (again)="mails.reload()"
      />
      @for (mail of mails.value(); track mail.effectId) {
        <ui-sheet [heading]="mail.subject">
          <p class="hint">
            {{ t('to', { address: mail.to }) }} ·
            <ui-date [value]="mail.at" shape="short-time" />
          </p>
          <p class="text">
            @for (part of partsOf(mail.text); track $index) {
              @if (part.path) {
                <a [routerLink]="part.path">{{ part.text }}</a>
              } @else {
                {{ part.text }}
              }
            }
          </p>
        </ui-sheet>
      } @empty {
        @if (mails.value()) {
          <ui-empty kind="first-use" [heading]="t('empty')">
            <p>{{ t('emptyText') }}</p>
          </ui-empty>
        }
      }
      <p>
        <a routerLink="/sign-in">{{ t('signIn') }}</a>
      </p>
    </app-public-frame>
  `,
  styles: `
    .text {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class LocalOutbox {
  protected readonly t = words<typeof file>('local-outbox');
  protected readonly mails = answerOf(localMailSchema.array(), () => '/api/local-outbox');
  protected readonly partsOf = (text: string) => linkParts(text, location.origin);

  constructor() {
    pageTitle(() => this.t('title'));
  }
}
