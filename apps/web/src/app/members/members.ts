import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { membersSchema, type Invitation, type Member } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  ErrorSummary,
  formatDate,
  PageHeader,
  Person,
  Sheet,
  Snackbar,
  TableFrame,
  type FormProblem,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  words,
} from '../platform/index.ts';
import type file from './members.en-GB.json';
import { RoleChoice } from './role-choice.ts';

/** Who is in this organisation, as what, and who is invited. */
@Component({
  selector: 'app-members',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    ErrorSummary,
    Loaded,
    PageHeader,
    Person,
    RoleChoice,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  templateUrl: './members.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
    }
    .email {
      display: block;
      overflow-wrap: anywhere;
    }
    .editing {
      display: grid;
      gap: var(--s-4);
    }
    .plain-list li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-1) var(--s-4);
      padding-block: var(--s-2);
    }
  `,
})
export class Members {
  protected readonly t = words<typeof file>('members');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly answer = answerOf(membersSchema, () => this.organisation.api('members'));
  protected readonly members = computed(() =>
    (this.answer.value()?.members ?? []).filter(({ status }) => status === 'active'),
  );
  protected readonly invitations = computed(() => this.answer.value()?.invitations ?? []);
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Member'));

  /** The member whose roles are being changed, and the roles as they would be. */
  protected readonly editing = signal<{ id: string; roles: readonly string[] } | null>(null);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected rolesOf(roles: readonly string[]): string {
    return roles.map(roleLabel).join(', ');
  }

  protected leavesOn({ validTo }: Member): string {
    return this.t('leaves', { date: formatDate(validTo ?? '', 'long') });
  }

  protected untilOf({ expiresAt }: Invitation): string {
    return this.t('invitedFor', { date: formatDate(expiresAt, 'long') });
  }

  protected edit({ id, roles }: Member): void {
    this.problems.set([]);
    this.editing.set({ id, roles });
  }

  protected choose(id: string, roles: readonly string[]): void {
    this.editing.set({ id, roles });
  }

  protected async save(member: Member, roles: readonly string[]): Promise<void> {
    await this.attempt(async () => {
      await this.api.patch(
        this.organisation.api('members', member.id),
        { roles },
        { version: member.version },
      );
      this.editing.set(null);
      this.snackbar.show(this.t('rolesSaved', { name: member.person.name }));
    });
  }

  protected async remove(member: Member): Promise<void> {
    const { name } = member.person;
    const sure = await this.confirm.ask({
      title: this.t('removeTitle', { name, organisation: this.organisation.name() }),
      text: this.t('removeText'),
      confirm: this.t('remove', { name }),
      cancel: this.t('keep', { name }),
      danger: true,
    });
    if (!sure) return;
    await this.attempt(async () => {
      await this.api.delete(this.organisation.api('members', member.id));
      this.editing.set(null);
      this.snackbar.show(this.t('memberRemoved', { name }));
    });
  }

  protected async sendAgain({ id, email }: Invitation): Promise<void> {
    await this.attempt(async () => {
      await this.api.post(this.organisation.api('invitations', id, 'resend'));
      this.snackbar.show(this.t('sentAgain', { email }));
    });
  }

  protected async withdraw({ id, email }: Invitation): Promise<void> {
    await this.attempt(async () => {
      await this.api.delete(this.organisation.api('invitations', id));
      this.snackbar.show(this.t('withdrawn', { email }));
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.problems.set([]);
    try {
      await work();
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }
}
