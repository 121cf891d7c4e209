import { Component, computed, inject, input, output, signal } from '@angular/core';
import { Router } from '@angular/router';
import { type BulkAction, type BulkFilter, bulkSchema, membersSchema } from '@plumbline/contracts';
import { Button, DateField, FieldFrame } from '@plumbline/ui';
import { answerOf, Api, CurrentOrganisation, newCommandKey, words } from '../../platform/index.ts';
import { attempts } from '../attempts.ts';
import type file from '../runs.en-GB.json';

const KINDS = ['remind', 'assign', 'due', 'suspend', 'resume', 'cancel'] as const;
type Kind = BulkAction['kind'];

/**
 * What to do with the runs that are ticked, or with all that match. Choosing freezes which ones, on
 * the server; the page that follows shows them before anything is done.
 */
@Component({
  selector: 'app-bulk-choice',
  imports: [Button, DateField, FieldFrame],
  templateUrl: './bulk-choice.html',
  styleUrl: './bulk-choice.scss',
  host: { '[class.asking]': 'kind() !== null' },
})
export class BulkChoice {
  readonly count = input.required<number>();
  /** All that match are chosen, also those that the list has not loaded. */
  readonly everything = input(false);
  readonly offersAll = input(false);
  readonly filter = input.required<BulkFilter>();
  readonly all = output();
  readonly cleared = output();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  protected readonly kinds = KINDS;
  protected readonly trying = attempts();
  protected readonly kind = signal<Kind | null>(null);
  protected readonly assignee = signal('');
  protected readonly dueOn = signal('');
  protected readonly reason = signal('');
  private readonly members = answerOf(membersSchema, () =>
    this.kind() === 'assign' ? this.organisation.api('members') : undefined,
  );
  protected readonly people = computed(() =>
    (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person),
  );

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
  }

  protected ask(kind: Kind | null): void {
    this.trying.clear();
    this.kind.update((now) => (now === kind ? null : kind));
  }

  protected async choose(event: Event, kind: Kind): Promise<void> {
    event.preventDefault();
    const action = this.actionOf(kind);
    const reason = this.reason().trim();
    if (!action || !reason) {
      this.trying.refuse(this.t(action ? 'sayWhy' : MISSING[kind]));
      return;
    }
    await this.trying.run(async () => {
      const body = { action, filter: this.filter(), reason };
      const options = { answer: bulkSchema, key: newCommandKey() };
      const { id } = await this.api.post(this.organisation.api('bulk-operations'), body, options);
      await this.router.navigate(this.organisation.page('runs', 'bulk', id));
    });
  }

  private actionOf(kind: Kind): BulkAction | null {
    switch (kind) {
      case 'assign': {
        const assignee = this.assignee();
        if (!assignee) return null;
        return { kind, assignee: assignee === 'nobody' ? null : assignee };
      }
      case 'due':
        return this.dueOn() ? { kind, dueOn: this.dueOn() } : null;
      default:
        return { kind };
    }
  }
}

/** What to say when the action itself is not complete. */
const MISSING: Readonly<Record<Kind, 'bulk.chooseWho' | 'bulk.chooseDay' | 'sayWhy'>> = {
  remind: 'sayWhy',
  assign: 'bulk.chooseWho',
  due: 'bulk.chooseDay',
  suspend: 'sayWhy',
  resume: 'sayWhy',
  cancel: 'sayWhy',
};
