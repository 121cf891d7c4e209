import { Component, computed, inject, input, output } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { Button } from '@plumbline/ui';
import type { FactValue, Field } from '@plumbline/workflow-engine';
import { words } from '../platform/index.ts';
import { answerText } from './answer-text.ts';
import type { Answers, RepeatField, Row, RowFields, Section } from './answers.ts';
import { rowsOf } from './controls/rows-control.ts';
import { EvidenceShelf } from './evidence-shelf.ts';
import { controlId } from './form-state.ts';
import type file from './forms.en-GB.json';

interface Line {
  readonly key: string;
  readonly id: string;
  readonly label: string;
  readonly text: readonly string[];
  /** Of a table: one block per row. */
  readonly rows: readonly { readonly title: string; readonly lines: readonly Line[] }[];
}

/** Questions and answers in words, section by section; with a way back to each while they can change. */
@Component({
  selector: 'app-check-answers',
  imports: [Button],
  template: `
    @for (section of blocks(); track section.key) {
      <h3>{{ section.title }}</h3>
      <dl>
        @for (line of section.lines; track line.key) {
          <div [id]="line.id">
            <dt>{{ line.label }}</dt>
            <dd>
              @for (text of line.text; track $index) {
                <p>{{ text }}</p>
              }
              @for (row of line.rows; track $index) {
                <div class="inner">
                  <p class="name">{{ row.title }}</p>
                  @for (one of row.lines; track one.key) {
                    <p>
                      <span class="hint">{{ one.label }}</span> {{ one.text.join(', ') }}
                    </p>
                  }
                </div>
              }
              @if (line.text.length === 0 && line.rows.length === 0) {
                <p class="hint">{{ t('notAnswered') }}</p>
              }
            </dd>
            @if (editable()) {
              <dd class="act">
                <button uiButton type="button" look="plain" (click)="changeAsked.emit(line.key)">
                  {{ t('change') }}<span class="visually-hidden">{{ ' ' + line.label }}</span>
                </button>
              </dd>
            }
          </div>
        }
      </dl>
    }
  `,
  styleUrl: './check-answers.scss',
})
export class CheckAnswers {
  readonly sections = input.required<readonly Section[]>();
  readonly answers = input.required<Answers>();
  readonly rowFields = input.required<RowFields>();
  readonly people = input.required<readonly PersonRef[]>();
  readonly editable = input(false);
  readonly changeAsked = output<string>();

  protected readonly t = words<typeof file>('forms');
  private readonly shelf = inject(EvidenceShelf);

  protected readonly blocks = computed(() =>
    this.sections().map(({ key, title, fields }) => ({
      key,
      title,
      lines: fields.map((field) => this.line(field, this.answers()[field.key] ?? null, field.key)),
    })),
  );

  private line(field: Field, value: FactValue, path: string): Line {
    const rows = field.type === 'repeat' ? rowsOf(value) : [];
    return {
      key: path,
      id: controlId(path),
      label: field.label,
      text: answerText(field, value, {
        people: this.people(),
        evidence: this.shelf.items(),
        yes: this.t('yes'),
        no: this.t('no'),
        unsure: this.t('unsure'),
        gone: this.t('people.unknown'),
      }),
      rows: rows.map((row, at) => this.row(field as RepeatField, row, `${path}.${at}`, at)),
    };
  }

  private row(field: RepeatField, row: Row, path: string, at: number): Line['rows'][number] {
    const lines = this.rowFields()(field, row).map((one) =>
      this.line(one, row[one.key] ?? null, `${path}.${one.key}`),
    );
    return {
      title: `${field.itemName} ${at + 1}`,
      lines: lines.filter(({ text }) => text.length > 0),
    };
  }
}
