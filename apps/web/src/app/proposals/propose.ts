import { Component, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import {
  AI_SYSTEM_KINDS,
  proposalSchema,
  type ProposeAiSystem,
  proposeAiSystemSchema,
  type SimilarAiSystems,
  similarAiSystemsSchema,
} from '@plumbline/contracts';
import { Button, Chip, ErrorSummary, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import { STAGE_CHIPS } from '../ai-systems/register-chips.ts';
import {
  Api,
  ApiProblem,
  contractForm,
  CurrentOrganisation,
  newCommandKey,
  pageTitle,
  problemText,
  withQuery,
  words,
} from '../platform/index.ts';
import type file from './proposals.en-GB.json';

/** Proposes an AI system: a name, a look at what is there already, then the first task opens. */
@Component({
  selector: 'app-propose',
  imports: [Button, Chip, ErrorSummary, FieldFrame, FormField, PageHeader, RouterLink, Sheet],
  templateUrl: './propose.html',
  styleUrl: './propose.scss',
})
export class Propose {
  protected readonly t = words<typeof file>('proposals');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly describe = problemText();
  private readonly key = newCommandKey();
  protected readonly kinds = AI_SYSTEM_KINDS;
  protected readonly chips = STAGE_CHIPS;
  protected readonly model = signal({ name: '', kind: '' });
  /** What looks like it, once somebody has gone on; they say that theirs is another use. */
  protected readonly similar = signal<SimilarAiSystems['items']>([]);
  protected readonly proposal = signal<ProposeAiSystem | null>(null);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);

  protected readonly form = contractForm(this.model, {
    schema: proposeAiSystemSchema,
    toInput: ({ name, kind }) => ({ name, kind: kind || null }),
    send: async (proposal) => {
      const path = withQuery(this.organisation.api('ai-systems', 'similar'), {
        name: proposal.name,
      });
      const { items } = await this.api.get(path, similarAiSystemsSchema);
      if (items.length === 0) return this.propose(proposal);
      this.similar.set(items);
      this.proposal.set(proposal);
    },
  });

  constructor() {
    pageTitle(() => this.t('title'));
  }

  protected back(): void {
    this.proposal.set(null);
    this.similar.set([]);
  }

  protected async send(proposal: ProposeAiSystem): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await this.propose(proposal);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }

  private async propose(proposal: ProposeAiSystem): Promise<void> {
    const { taskId } = await this.api.post(this.organisation.api('proposals'), proposal, {
      answer: proposalSchema,
      key: this.key,
    });
    await this.router.navigate(this.organisation.page('tasks', taskId));
  }
}
