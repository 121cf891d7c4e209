import { Component, input, output } from '@angular/core';
import type { ColumnMapping } from '@plumbline/contracts';
import { words } from '../platform/index.ts';
import type file from './imports.en-GB.json';
import type { Column, Target } from './mapping.ts';

const EMPTY = '\u0000empty';

/** What each value of a column means in our words; one that is not matched is a problem of its rows. */
@Component({
  selector: 'app-value-mapping',
  template: `
    <table>
      <caption class="visually-hidden">
        {{
          t('values')
        }}:
        {{
          column().name
        }}
      </caption>
      <thead>
        <tr>
          <th scope="col">{{ t('value') }}</th>
          <th scope="col" class="number">{{ t('rows') }}</th>
          <th scope="col">{{ t('means') }}</th>
        </tr>
      </thead>
      <tbody>
        @for (one of column().distinct ?? []; track one.value) {
          <tr>
            <th scope="row">{{ one.value }}</th>
            <td class="number">{{ one.count }}</td>
            <td>
              <select
                [attr.aria-label]="t('means') + ': ' + one.value"
                (change)="choose(one.value, $event)"
              >
                <option value="" [selected]="!(one.value in mapping().values)">
                  {{ t('notMatched') }}
                </option>
                <option [value]="empty" [selected]="mapping().values[one.value] === null">
                  {{ t('emptyValue') }}
                </option>
                @for (option of options(); track option.key) {
                  <option
                    [value]="option.key"
                    [selected]="mapping().values[one.value] === option.key"
                  >
                    {{ option.label }}
                  </option>
                }
              </select>
            </td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      padding-inline-start: var(--s-4);
      border-inline-start: 4px solid var(--c-hair);
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
    }
    .number {
      text-align: end;
    }
  `,
})
export class ValueMapping {
  protected readonly t = words<typeof file>('imports');
  protected readonly empty = EMPTY;
  readonly column = input.required<Column>();
  readonly mapping = input.required<ColumnMapping>();
  readonly options = input.required<NonNullable<Target['options']>>();
  readonly changed = output<ColumnMapping>();

  protected choose(value: string, event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    const others = Object.entries(this.mapping().values).filter(([one]) => one !== value);
    const now: [string, string | null][] =
      chosen === '' ? others : [...others, [value, chosen === EMPTY ? null : chosen]];
    this.changed.emit({ ...this.mapping(), values: Object.fromEntries(now) });
  }
}
