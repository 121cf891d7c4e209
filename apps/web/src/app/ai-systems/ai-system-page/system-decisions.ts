import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type AiSystem, decisionSchema, page } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import { Chip, DateText, EmptyState, FactsList, Sheet, TableFrame } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';

const decisionsSchema = page(decisionSchema);

/** Who answers for the system, and every decision about it. */
@Component({
  selector: 'app-system-decisions',
  imports: [Chip, DateText, EmptyState, FactsList, Loaded, RouterLink, Sheet, TableFrame],
  templateUrl: './system-decisions.html',
  host: { role: 'region', 'aria-labelledby': 'decisions-title' },
})
export class SystemDecisions {
  readonly system = input.required<AiSystem>();
  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly systemId = computed(() => this.system().id);
  protected readonly answer = answerOf(decisionsSchema, () =>
    withQuery(this.organisation.api('decisions'), { aiSystem: this.systemId() }),
  );
  protected readonly builders = computed(() =>
    this.system()
      .builders.map(({ name }) => name)
      .join(', '),
  );

  constructor() {
    whenChanged(['system-changed', 'run-changed'], () => this.answer.reload());
  }

  protected roleOf(role: string): string {
    return roleLabel(role);
  }
}
