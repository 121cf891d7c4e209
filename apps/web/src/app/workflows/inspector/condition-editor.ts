import { Component, computed, inject, input, output } from '@angular/core';
import {
  checkCondition,
  type Condition,
  conditionToCel,
  type FactType,
} from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import type file from '../workflows.en-GB.json';
import { comparisonsFor, type Comparison, firstComparison, withComparison } from './comparison.ts';
import { ExpressionInput } from './expression-input.ts';

/** A condition after an edit; null: no condition any more. */
export interface ConditionChange {
  readonly value: Condition | null;
  readonly field: string | null;
}

/** A condition as people edit it: comparisons in groups, or an expression for those who write one. */
@Component({
  selector: 'app-condition-editor',
  imports: [ExpressionInput],
  templateUrl: './condition-editor.html',
  styleUrl: './condition-editor.scss',
})
export class ConditionEditor {
  readonly label = input.required<string>();
  readonly id = input.required<string>();
  readonly value = input.required<Condition | null>();
  readonly optional = input(false);
  /** Inside a group of conditions. */
  readonly nested = input(false);
  readonly changed = output<ConditionChange>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly shape = computed(() => {
    const value = this.value();
    if (!value) return 'none';
    if ('all' in value) return 'all';
    if ('any' in value) return 'any';
    if ('not' in value) return 'not';
    return 'cel' in value ? 'cel' : 'fact';
  });
  protected readonly parts = computed((): readonly Condition[] => {
    const value = this.value();
    if (value && 'all' in value) return value.all;
    if (value && 'any' in value) return value.any;
    return value && 'not' in value ? [value.not] : [];
  });
  protected readonly comparison = computed((): Comparison | null => {
    const value = this.value();
    return value && 'fact' in value ? value : null;
  });
  protected readonly cel = computed(() => {
    const value = this.value();
    return value && 'cel' in value ? value.cel : '';
  });
  protected readonly facts = computed(() => this.store.definition()?.facts ?? []);
  protected readonly type = computed((): FactType | null => {
    const { fact } = this.comparison() ?? {};
    return this.facts().find(({ name }) => name === fact)?.type ?? null;
  });
  protected readonly operators = computed(() => comparisonsFor(this.type()));
  protected readonly options = computed((): readonly string[] => {
    const type = this.type();
    return type?.kind === 'choice' || type?.kind === 'choices' ? type.options : [];
  });
  protected readonly values = computed((): readonly string[] => {
    const { value } = this.comparison() ?? {};
    return Array.isArray(value) ? value.map(String) : [];
  });
  /** Said beside a comparison that cannot be right. */
  protected readonly problem = computed(() => {
    const value = this.comparison();
    return value ? (checkCondition(value, this.store.dictionary())[0]?.message ?? null) : null;
  });
  protected readonly takesValue = computed(() => {
    const { is } = this.comparison() ?? {};
    return is !== undefined && !['known', 'unknown', 'empty', 'not-empty'].includes(is);
  });

  protected begin(): void {
    this.emit(this.first());
  }

  protected first(): Condition {
    const [fact] = this.facts();
    return fact ? firstComparison(fact) : { cel: '' };
  }

  protected clear(): void {
    this.emit(null);
  }

  protected reshape(event: Event): void {
    const shape = (event.target as HTMLSelectElement).value;
    const value = this.value() ?? this.first();
    const parts = this.parts().length > 0 ? this.parts() : [value];
    if (shape === 'none') this.clear();
    if (shape === 'all') this.emit({ all: parts });
    if (shape === 'any') this.emit({ any: parts });
    if (shape === 'not') this.emit({ not: value });
    if (shape === 'fact') this.emit(parts.find((one) => 'fact' in one) ?? this.first());
    if (shape === 'cel') this.emit({ cel: this.asText(value) });
  }

  protected changePart(at: number, { value, field }: ConditionChange): void {
    const value_ = this.value();
    if (value_ && 'not' in value_) {
      this.emit(value ? { not: value } : null, field);
      return;
    }
    const parts = value ? this.parts().with(at, value) : this.parts().toSpliced(at, 1);
    const said = field === null ? null : `.${at}${field}`;
    if (parts.length === 0) this.emit(this.optional() || this.nested() ? null : { cel: '' }, said);
    else this.emit(this.shape() === 'any' ? { any: parts } : { all: parts }, said);
  }

  protected addPart(): void {
    const parts = [...this.parts(), this.first()];
    this.emit(this.shape() === 'any' ? { any: parts } : { all: parts });
  }

  protected chooseFact(event: Event): void {
    const name = (event.target as HTMLSelectElement).value;
    const fact = this.facts().find((one) => one.name === name);
    if (fact) this.emit(firstComparison(fact));
  }

  protected chooseOperator(event: Event): void {
    const is = (event.target as HTMLSelectElement).value as Comparison['is'];
    const now = this.comparison();
    if (now) this.emit(withComparison(now, is, this.type()));
  }

  protected setValue(event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    const now = this.comparison();
    const kind = this.type()?.kind;
    if (!now) return;
    const number = Number(value);
    if (kind === 'boolean') this.emit({ ...now, value: value === 'true' });
    else if (kind === 'number') {
      if (value.trim() !== '' && Number.isFinite(number)) {
        this.emit({ ...now, value: number }, '.value');
      }
    } else this.emit({ ...now, value }, '.value');
  }

  protected toggle(option: string, event: Event): void {
    const now = this.comparison();
    if (!now) return;
    const { checked } = event.target as HTMLInputElement;
    const chosen = this.options().filter((one) =>
      one === option ? checked : this.values().includes(one),
    );
    this.emit({ ...now, value: chosen });
  }

  /** A list of numbers or texts without options: one after another, with commas between. */
  protected setList(event: Event): void {
    const now = this.comparison();
    if (!now) return;
    const parts = (event.target as HTMLInputElement).value.split(',').map((part) => part.trim());
    const numbers = this.type()?.kind === 'number';
    const value = parts
      .filter((part) => part !== '' && (!numbers || Number.isFinite(Number(part))))
      .map((part) => (numbers ? Number(part) : part));
    this.emit({ ...now, value: value as readonly (string | number)[] }, '.value');
  }

  protected write(cel: string): void {
    this.emit({ cel }, '.cel');
  }

  /** The same condition as text; what cannot be written yet starts empty. */
  private asText(value: Condition): string {
    if (checkCondition(value, this.store.dictionary()).length > 0) return '';
    return conditionToCel(value, this.store.dictionary()).trim();
  }

  private emit(value: Condition | null, field: string | null = null): void {
    this.changed.emit({ value, field });
  }
}
