import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { type AiSystem, membersSchema } from '@plumbline/contracts';
import { Button, EmptyState, Sheet, TableFrame } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, words } from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';
import { type MapCell, RiskMap } from './risk-map.ts';
import { type Placed, risksOf } from './risks.ts';

/** Risks of one system: as a table with before and after, and as a map that filters it. */
@Component({
  selector: 'app-system-risks',
  imports: [Button, EmptyState, RiskMap, Sheet, TableFrame],
  templateUrl: './system-risks.html',
  styleUrl: './system-risks.scss',
  host: { role: 'region', 'aria-labelledby': 'risks-title' },
})
export class SystemRisks {
  readonly system = input.required<AiSystem>();

  protected readonly t = words<typeof file>('aiSystem');
  private readonly organisation = inject(CurrentOrganisation);
  private readonly members = answerOf(membersSchema, () =>
    this.organisation.can('read', 'Member') ? this.organisation.api('members') : undefined,
  );
  protected readonly risks = computed(() => risksOf(this.system().facts));
  protected readonly hasBefore = computed(() => this.risks().some(({ before }) => before));
  protected readonly hasLeft = computed(() => this.risks().some(({ left }) => left));
  protected readonly when = linkedSignal<boolean, 'before' | 'left'>({
    source: this.hasLeft,
    computation: (left) => (left ? 'left' : 'before'),
  });
  protected readonly chosen = signal<MapCell | null>(null);
  protected readonly shown = computed(() => {
    const cell = this.chosen();
    if (!cell) return this.risks();
    return this.risks().filter((risk) => {
      const placed = risk[this.when()];
      return placed?.likelihood === cell.likelihood && placed.impact === cell.impact;
    });
  });

  protected show(when: 'before' | 'left'): void {
    this.when.set(when);
    this.chosen.set(null);
  }

  protected inWords(placed: Placed | null): string {
    return placed
      ? this.t('scored', { score: placed.score, level: this.t.of('level', placed.level) })
      : this.t('notScored');
  }

  protected ownerOf(id: string | null): string {
    const member = this.members.value()?.members.find(({ person }) => person.id === id);
    return member?.person.name ?? '–';
  }
}
