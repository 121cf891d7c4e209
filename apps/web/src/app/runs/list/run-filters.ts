import { Component, computed, inject, input, output } from '@angular/core';
import { membersSchema, page, workflowDetailSchema, workflowSchema } from '@plumbline/contracts';
import { CLIENT_ROLES, roleLabel } from '@plumbline/policies';
import { Button } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, words } from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import { filtersOn, type RunQuery, STATUSES } from './run-query.ts';

const workflowsSchema = page(workflowSchema);

/** The filters of the list of runs; what is chosen goes to the address. */
@Component({
  selector: 'app-run-filters',
  imports: [Button],
  template: `
    <div class="filters no-print" role="group" [attr.aria-label]="t('filters')">
      <label
        >{{ t('filter') }}
        <select (change)="changed.emit({ status: valueOf($event) })">
          <option value="">{{ t('all') }}</option>
          @for (one of statuses; track one) {
            <option [value]="one" [selected]="one === query().status">
              {{ t.of('status', one) }}
            </option>
          }
        </select>
      </label>
      <label
        >{{ t('workflow') }}
        <select (change)="changed.emit({ workflow: valueOf($event), version: null })">
          <option value="">{{ t('any') }}</option>
          @for (one of workflows(); track one.key) {
            <option [value]="one.key" [selected]="one.key === query().workflow">
              {{ one.name }}
            </option>
          }
        </select>
      </label>
      @if (versions().length > 1 || query().version) {
        <label
          >{{ t('versionFilter') }}
          <select (change)="changed.emit({ version: valueOf($event) })">
            <option value="">{{ t('any') }}</option>
            @for (one of versions(); track one.version) {
              <option [value]="one.version" [selected]="one.version === query().version">
                {{ one.version }}
              </option>
            }
          </select>
        </label>
      }
      <label
        >{{ t('waitsFor') }}
        <select (change)="chooseWho($event)">
          <option value="">{{ t('anybody') }}</option>
          <optgroup [label]="t('people')">
            @for (one of people(); track one.id) {
              <option [value]="'person ' + one.id" [selected]="one.id === query().person">
                {{ one.name }}
              </option>
            }
          </optgroup>
          <optgroup [label]="t('roles')">
            @for (one of roles; track one.key) {
              <option [value]="'role ' + one.key" [selected]="one.key === query().role">
                {{ one.label }}
              </option>
            }
          </optgroup>
        </select>
      </label>
      @for (one of ticks; track one) {
        <label class="tick">
          <input type="checkbox" [checked]="query()[one]" (change)="tick(one)" />
          {{ t.of('tick', one) }}
        </label>
      }
      @if (on() > 0) {
        <button uiButton look="plain" type="button" (click)="cleared.emit()">
          {{ t('clear') }}
        </button>
      }
    </div>
  `,
  styles: `
    .filters .tick {
      display: flex;
      align-items: center;
      gap: var(--s-2);
      min-block-size: var(--control);
    }
    select {
      max-inline-size: min(240px, 100%);
    }
  `,
})
export class RunFilters {
  readonly query = input.required<RunQuery>();
  readonly changed = output<Readonly<Record<string, string | boolean | null>>>();
  readonly cleared = output();

  protected readonly t = words<typeof file>('runs');
  private readonly organisation = inject(CurrentOrganisation);
  protected readonly statuses = STATUSES;
  protected readonly ticks = ['stuck', 'late', 'suspended'] as const;
  protected readonly roles = CLIENT_ROLES.map((key) => ({ key, label: roleLabel(key) }));
  protected readonly on = computed(() => filtersOn(this.query()));
  private readonly workflowsAnswer = answerOf(
    workflowsSchema,
    () => `${this.organisation.api('workflows')}?limit=200`,
  );
  protected readonly workflows = computed(() =>
    (this.workflowsAnswer.value()?.items ?? []).filter(({ published }) => published !== null),
  );
  private readonly workflow = answerOf(
    workflowDetailSchema,
    () => {
      const { workflow } = this.query();
      return workflow ? this.organisation.api('workflows', workflow) : undefined;
    },
    { keepOver: false },
  );
  protected readonly versions = computed(() =>
    this.query().workflow ? (this.workflow.value()?.versions ?? []) : [],
  );
  private readonly members = answerOf(membersSchema, () =>
    this.organisation.can('read', 'Member') ? this.organisation.api('members') : undefined,
  );
  protected readonly people = computed(() =>
    (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person),
  );

  protected valueOf(event: Event): string {
    return (event.target as HTMLSelectElement).value;
  }

  protected tick(name: (typeof this.ticks)[number]): void {
    this.changed.emit({ [name]: this.query()[name] ? null : true });
  }

  /** A person or a role: never both. */
  protected chooseWho(event: Event): void {
    const [kind, id = ''] = this.valueOf(event).split(' ', 2);
    this.changed.emit({
      person: kind === 'person' ? id : null,
      role: kind === 'role' ? id : null,
    });
  }
}
