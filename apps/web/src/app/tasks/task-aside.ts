import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Task } from '@plumbline/contracts';
import { DateText } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** Entries of the history shown before somebody asks for the earlier ones. */
const RECENT = 6;

/** Beside a task: what happened so far, and where it sits. */
@Component({
  selector: 'app-task-aside',
  imports: [DateText, NgTemplateOutlet, RouterLink],
  template: `
    <h2>{{ t('history') }}</h2>
    <ol class="plain-list">
      @for (entry of recent(); track $index) {
        <li><ng-container [ngTemplateOutlet]="said" [ngTemplateOutletContext]="{ entry }" /></li>
      } @empty {
        <li class="hint">{{ t('noHistory') }}</li>
      }
    </ol>
    @if (earlier().length > 0) {
      <details>
        <summary>{{ t.count('earlier', earlier().length) }}</summary>
        <ol class="plain-list">
          @for (entry of earlier(); track $index) {
            <li>
              <ng-container [ngTemplateOutlet]="said" [ngTemplateOutletContext]="{ entry }" />
            </li>
          }
        </ol>
      </details>
    }
    <ng-template #said let-entry="entry">
      {{ entry.text }}
      @if (entry.detail) {
        <p class="hint">“{{ entry.detail }}”</p>
      }
      <p class="meta"><ui-date [value]="entry.at" shape="long-time" /></p>
    </ng-template>
    <h2>{{ t('whereThisSits') }}</h2>
    <ul class="plain-list">
      <li>
        {{ t('workflow') }}
        @if (organisation.can('read', 'Run')) {
          <a [routerLink]="organisation.page('runs', task().runId)">{{ task().workflow.name }}</a>
        } @else {
          {{ task().workflow.name }}
        }
      </li>
      <li>{{ t('askedOf', { role: task().roleLabel }) }}</li>
      @if (task().requirements.length > 0) {
        <li>
          {{ t('serves') }}
          @for (requirement of task().requirements; track requirement.id) {
            <p>
              <strong>{{ requirement.id }}</strong> {{ requirement.title }}
            </p>
          }
        </li>
      }
      @for (item of task().evidenceAsked; track $index) {
        <li>{{ t('leaves', { item }) }}</li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      font: 400 14px/20px var(--font-ui);
    }
    h2 {
      margin-block: var(--s-5) var(--s-1);
    }
    h2:first-child {
      margin-block-start: 0;
    }
    summary {
      min-block-size: 24px;
      padding-block: var(--s-2);
      border-block-start: 1px solid var(--c-hair);
      color: var(--c-primary);
      cursor: pointer;
    }
    li {
      padding-block: var(--s-2);
      border-block-start: 1px solid var(--c-hair);
    }
  `,
})
export class TaskAside {
  readonly task = input.required<Task>();
  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly recent = computed(() => this.task().history.slice(0, RECENT));
  protected readonly earlier = computed(() => this.task().history.slice(RECENT));
}
