import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input, model, type TemplateRef } from '@angular/core';
import { Button } from '@plumbline/ui';
import type { FactValue, Field } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from '../forms.en-GB.json';
import { type RepeatField, type Row, type RowFields, textOf } from '../answers.ts';

/** What the template of one cell receives. */
export interface Cell {
  readonly field: Field;
  readonly path: string;
  readonly value: FactValue;
  readonly set: (value: FactValue) => void;
}

/** A table of rows as cards; suggestions are taken over one by one and edited, never by default. */
@Component({
  selector: 'app-rows-control',
  imports: [Button, NgTemplateOutlet],
  template: `
    @for (row of rows(); track $index; let at = $index) {
      <fieldset class="card" [id]="rowId(at)">
        <legend>{{ nameOfRow(row, at) }}</legend>
        @for (one of rowFields()(field(), row); track one.key) {
          <ng-container
            *ngTemplateOutlet="cell(); context: { $implicit: cellOf(one, row, at) }"
          ></ng-container>
        }
        <button uiButton type="button" look="plain" (click)="remove(at)">
          {{ t('rows.remove', { item: field().itemName })
          }}<span class="visually-hidden">{{ ' ' + (at + 1) }}</span>
        </button>
      </fieldset>
    }
    <div>
      <button
        uiButton
        type="button"
        look="quiet"
        [id]="controlId()"
        [unavailable]="full()"
        (click)="add({})"
      >
        {{ t(rows().length > 0 ? 'rows.another' : 'rows.add', { item: field().itemName }) }}
      </button>
      @if (full()) {
        <p class="hint">{{ t('rows.full', { max: field().maxRows }) }}</p>
      }
    </div>
    @if (open().length > 0) {
      <details class="suggestions" [open]="few()">
        <summary>{{ t.count('rows.suggested', open().length) }}</summary>
        <p class="hint">{{ t('rows.suggestedText') }}</p>
        <ul class="plain-list">
          @for (suggestion of open(); track $index) {
            <li>
              <span>{{ nameOf(suggestion) }}</span>
              <button
                uiButton
                type="button"
                look="quiet"
                [unavailable]="full()"
                (click)="take(suggestion)"
              >
                {{ t('rows.take')
                }}<span class="visually-hidden">{{ ' ' + nameOf(suggestion) }}</span>
              </button>
            </li>
          }
        </ul>
      </details>
    }
  `,
  styleUrl: './rows-control.scss',
})
export class RowsControl {
  readonly controlId = input.required<string>();
  readonly path = input.required<string>();
  readonly field = input.required<RepeatField>();
  readonly value = model.required<FactValue>();
  readonly rowFields = input.required<RowFields>();
  readonly cell = input.required<TemplateRef<{ $implicit: Cell }>>();

  protected readonly t = words<typeof file>('forms');
  protected readonly rows = computed(() => rowsOf(this.value()));
  protected readonly full = computed(() => this.rows().length >= this.field().maxRows);
  /** Suggestions that no row was made from: told by the answer to their first question. */
  protected readonly open = computed(() => {
    const taken = new Set(this.rows().map((row) => this.nameOf(row)));
    return (this.field().suggestions ?? []).filter((one) => !taken.has(this.nameOf(one)));
  });

  /** A short list is open; a catalogue waits until it is wanted. */
  protected readonly few = computed(() => (this.field().suggestions ?? []).length <= 6);

  protected rowId(at: number): string {
    return `${this.controlId()}-${at}`;
  }

  /** A row is known by the answer to its first question. */
  protected nameOf(row: Row): string {
    const [first] = this.field().fields;
    const value = textOf(first && row[first.key]).trim();
    if (first?.type !== 'select') return value;
    return first.options.find(({ key }) => key === value)?.label ?? '';
  }

  protected nameOfRow(row: Row, at: number): string {
    return this.nameOf(row) || `${this.field().itemName} ${at + 1}`;
  }

  protected cellOf(field: Field, row: Row, at: number): Cell {
    return {
      field,
      path: `${this.path()}.${at}.${field.key}`,
      value: row[field.key] ?? null,
      set: (value) => {
        this.put(this.rows().map((one, i) => (i === at ? { ...one, [field.key]: value } : one)));
      },
    };
  }

  protected add(row: Row): void {
    if (!this.full()) this.put([...this.rows(), row]);
  }

  /** Only words are taken over from a suggestion; scores stay open, because they are a judgement. */
  protected take(suggestion: Row): void {
    const words = this.field().fields.filter(({ type }) => type !== 'scale' && type !== 'number');
    this.add(
      Object.fromEntries(
        words.flatMap(({ key }) => (key in suggestion ? [[key, suggestion[key] ?? null]] : [])),
      ),
    );
  }

  protected remove(at: number): void {
    this.put(this.rows().filter((_, i) => i !== at));
  }

  private put(rows: readonly Row[]): void {
    this.value.set(rows);
  }
}

/** The rows of a table's answer; none for anything else. */
export function rowsOf(value: FactValue): readonly Row[] {
  return Array.isArray(value)
    ? (value as readonly unknown[]).filter(
        (item): item is Row => typeof item === 'object' && item !== null,
      )
    : [];
}
