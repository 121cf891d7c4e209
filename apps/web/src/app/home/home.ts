import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { homeSchema, type Home as HomeAnswer } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, formatDate, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './home.en-GB.json';
import { ReadinessTable } from './readiness-table.ts';

type Next = HomeAnswer['next'][number];

/** Where a client stands and what to do next. */
@Component({
  selector: 'app-home',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    PageHeader,
    ReadinessTable,
    RouterLink,
    Sheet,
  ],
  templateUrl: './home.html',
  styleUrl: './home.scss',
})
export class Home {
  protected readonly t = words<typeof file>('home');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly home = answerOf(homeSchema, () => this.organisation.api('home'));

  /** The setting up is shown until it is done. */
  protected readonly start = computed(() => {
    const steps = this.home.value()?.start ?? [];
    const done = steps.filter((step) => step.done).length;
    return done < steps.length ? { steps, done } : null;
  });
  protected readonly mayPropose = computed(() => this.organisation.can('create', 'AiSystem'));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['task-changed', 'run-changed', 'system-changed'], () => this.home.reload());
  }

  protected dueText({ dueAt, late }: Next): string | null {
    if (!dueAt) return null;
    return this.t(late ? 'late' : 'due', { date: formatDate(dueAt, 'due') });
  }

  protected waitingText({ who }: Next): string {
    return who ? this.t('waitingFor', { who }) : this.t('waitingForSomeone');
  }
}
