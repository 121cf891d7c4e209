import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { decisionCapsuleSchema } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import { Button, Chip, DateText, FactsList, PageHeader, Sheet } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, Loaded, pageTitle, words } from '../platform/index.ts';
import { capsuleWords } from './capsule.ts';
import type file from './decisions.en-GB.json';

const states = {
  approve: 'done',
  'approve-with-conditions': 'done',
  'ask-for-changes': 'warn',
  reject: 'bad',
  stop: 'bad',
} as const;

/** The record of one decision: who, what, why, and what it was decided on. Made to be printed. */
@Component({
  selector: 'app-decision-page',
  imports: [Button, Chip, DateText, FactsList, Loaded, PageHeader, RouterLink, Sheet],
  templateUrl: './decision-page.html',
  styleUrl: './decision-page.scss',
})
export class DecisionPage {
  readonly id = input.required<string>();
  protected readonly t = words<typeof file>('decisions');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly answer = answerOf(
    decisionCapsuleSchema,
    () => this.organisation.api('decisions', this.id()),
    { keepOver: false },
  );
  protected readonly decision = this.answer.value;
  protected readonly state = computed(() => states[this.decision()?.effect ?? 'approve']);
  protected readonly basis = computed(() => capsuleWords(this.decision()?.capsule ?? {}));
  /** As it was hashed, for whoever wants to check it by hand. */
  protected readonly frozen = computed(() =>
    JSON.stringify(this.decision()?.capsule ?? {}, null, 2),
  );
  protected readonly role = computed(() => roleLabel(this.decision()?.role ?? ''));
  protected readonly printedAt = new Date().toISOString();
  protected readonly address = location.href;

  constructor() {
    pageTitle(() => this.decision()?.question);
  }

  protected print(): void {
    window.print();
  }
}
