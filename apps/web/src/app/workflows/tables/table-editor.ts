import {
  afterRenderEffect,
  Component,
  computed,
  ElementRef,
  inject,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { DecisionTable, FactDeclaration } from '@plumbline/workflow-engine';
import { Button } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { ProblemsPanel } from '../designer/problems-panel.ts';
import { StepWords } from '../designer/step-words.ts';
import { ConditionEditor, type ConditionChange } from '../inspector/condition-editor.ts';
import { Picker } from '../inspector/picker.ts';
import { PropertySheet, type SheetChange } from '../inspector/property-sheet.ts';
import type { Property } from '../inspector/property.ts';
import { freeName } from '../model/design.ts';
import { FACT_KINDS } from '../model/fact-type.ts';
import { setProperty } from '../model/reshape.ts';
import type file from '../workflows.en-GB.json';
import { cellsOf, conditionOf, readCell, textOfCell, valueOf } from './cell-text.ts';

type Rule = DecisionTable['rules'][number];
const HITS = ['first', 'unique', 'any', 'shortest', 'highest', 'sum', 'count'] as const;

const approver = (name: string, kind: 'text' | 'number'): FactDeclaration => ({
  ...{ name, type: { kind }, source: 'table' },
});

const OUTPUT: readonly Property[] = [
  {
    ...{ key: 'outputs', kind: 'list' },
    item: [
      { key: 'name', kind: 'text', label: 'outputName' },
      { key: 'description', kind: 'text', optional: true, label: 'outputText' },
      {
        ...{ key: 'type', kind: 'variant', label: 'outputType' },
        variants: FACT_KINDS.filter((kind) =>
          ['boolean', 'number', 'text', 'date', 'choice'].includes(kind),
        ).map((kind) => ({
          name: `kind-${kind}`,
          is: (value) => value['kind'] === kind,
          make: () => (kind === 'choice' ? { kind, options: [] } : { kind }),
          of: kind === 'choice' ? [{ key: 'options', kind: 'texts', label: 'outputOptions' }] : [],
        })),
      },
    ],
    make: (taken) => ({
      name: freeName(
        'result',
        taken.map(({ name }) => String(name)),
      ),
      ...{ type: { kind: 'text' }, source: 'table' },
    }),
  },
];

/** The decision table of the selected step as a grid that is walked by arrows and typed in. */
@Component({
  selector: 'app-table-editor',
  imports: [Button, ConditionEditor, Picker, ProblemsPanel, PropertySheet],
  templateUrl: './table-editor.html',
  styleUrl: './table-editor.scss',
})
export class TableEditor {
  readonly back = output();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly say = inject(StepWords);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly hits = HITS;
  protected readonly outputs = OUTPUT;
  /** The cell with focus: row and column from 0. */
  protected readonly at = signal<readonly [number, number]>([0, 0]);
  protected readonly editing = signal(false);
  /** The row whose whole condition is edited below the grid. */
  protected readonly ruleOpen = signal<number | null>(null);
  private readonly wanted = signal(false);
  private readonly which = computed(() =>
    this.store.step()?.type === 'approval' ? 'approvers' : 'table',
  );
  protected readonly table = computed((): DecisionTable | null => {
    const step = this.store.step();
    if (step?.type === 'table') return step.table;
    return step?.type === 'approval' ? (step.approvers ?? null) : null;
  });
  protected readonly approval = computed(() => this.store.step()?.type === 'approval');
  protected readonly facts = computed(() =>
    (this.store.definition()?.facts ?? []).map(({ name, description }) => ({
      key: name,
      label: description ? `${name} – ${description}` : name,
    })),
  );
  protected readonly rows = computed(() => {
    const table = this.table();
    if (!table) return [];
    return table.rules.map((rule) => {
      const cells = cellsOf(rule.when, table.inputs);
      return {
        rule,
        inputs: cells && table.inputs.map((name) => textOfCell(cells.get(name))),
        whole: rule.when ? this.say.condition(rule.when) : '',
        outputs: table.outputs.map(({ name }) => this.said(rule.then[name])),
        note: rule.note ?? '',
      };
    });
  });
  protected readonly columns = computed(() => {
    const table = this.table();
    return table ? [...table.inputs, ...table.outputs.map(({ name }) => name), ''] : [];
  });
  protected readonly place = computed(() => `steps.${this.store.selected() ?? ''}.${this.which()}`);

  constructor() {
    afterRenderEffect(() => {
      const [row, column] = this.at();
      const editing = this.editing();
      if (!this.wanted()) return;
      const cell = `[data-cell="${row}.${column}"]`;
      const place = this.host.nativeElement.querySelector<HTMLElement>(
        editing ? `${cell} :is(input, select)` : cell,
      );
      if (!place) return;
      place.focus();
      if (place instanceof HTMLInputElement) place.select();
      untracked(() => this.wanted.set(false));
    });
  }

  protected begin(): void {
    const step = this.store.step();
    if (!step) return;
    this.set({
      ...{ key: `${step.id}-approvers`, name: step.name, hit: 'first', inputs: [], rules: [] },
      outputs: [approver('role', 'text'), approver('count', 'number')],
    });
  }

  protected drop(): void {
    const step = this.store.step();
    if (step) this.store.run(setProperty(step.id, 'approvers', undefined));
  }

  protected setHit(event: Event): void {
    const hit = HITS.find((one) => one === (event.target as HTMLSelectElement).value);
    const table = this.table();
    if (hit && table) this.set({ ...table, hit });
  }

  protected setInputs(inputs: readonly string[]): void {
    const table = this.table();
    if (!table) return;
    const gone = table.inputs.filter((name) => !inputs.includes(name));
    // What a row said about an input that goes, goes with it.
    const rules = table.rules.map((rule): Rule => {
      const cells = cellsOf(rule.when, table.inputs);
      if (!cells || !gone.some((name) => cells.has(name))) return rule;
      const { when: _before, ...rest } = rule;
      const when = conditionOf(cells, inputs);
      return when ? { ...rest, when } : rest;
    });
    this.set({ ...table, inputs, rules });
  }

  protected setOutputs({ value, field }: SheetChange): void {
    // The sheet hands back the same table with other outputs.
    if ('outputs' in value) this.set(value as DecisionTable, field);
  }

  protected addRow(): void {
    const table = this.table();
    if (!table) return;
    this.set({ ...table, rules: [...table.rules, { then: {} }] });
    this.go(table.rules.length, 0);
    this.store.tell(this.t('said.itemAdded', { what: this.t('table.row') }));
  }

  protected removeRow(at: number): void {
    const table = this.table();
    if (!table) return;
    this.set({ ...table, rules: table.rules.toSpliced(at, 1) });
    this.ruleOpen.set(null);
    this.go(Math.max(0, Math.min(at, table.rules.length - 2)), this.at()[1]);
    this.store.tell(this.t('said.itemRemoved', { what: this.t('table.row') }));
  }

  protected moveRow(at: number, by: -1 | 1): void {
    const table = this.table();
    const rule = table?.rules[at];
    const to = at + by;
    if (!table || !rule || to < 0 || to >= table.rules.length) return;
    this.set({ ...table, rules: table.rules.toSpliced(at, 1).toSpliced(to, 0, rule) });
    this.go(to, this.at()[1]);
    this.store.tell(this.t('said.itemMoved', { at: to + 1 }));
  }

  protected setRule(at: number, { value, field }: ConditionChange): void {
    const table = this.table();
    const rule = table?.rules[at];
    if (!table || !rule) return;
    const { when: _before, ...rest } = rule;
    const next = value ? { ...rest, when: value } : rest;
    this.set({ ...table, rules: table.rules.with(at, next) }, field && `rule.${at}${field}`);
  }

  protected key(event: KeyboardEvent): void {
    const [row, column] = this.at();
    const { key, altKey, ctrlKey, metaKey } = event;
    if (this.editing()) {
      if (key === 'Escape') this.stop();
      else return;
    } else if (ctrlKey || metaKey) return;
    else if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      this.moveRow(row, key === 'ArrowUp' ? -1 : 1);
    } else if (key === 'ArrowUp') this.go(row - 1, column);
    else if (key === 'ArrowDown') this.go(row + 1, column);
    else if (key === 'ArrowLeft') this.go(row, column - 1);
    else if (key === 'ArrowRight') this.go(row, column + 1);
    else if (key === 'Home') this.go(row, 0);
    else if (key === 'End') this.go(row, Infinity);
    else if (key === 'Enter' || key === 'F2' || key === ' ') this.write(row, column);
    else if (key === 'Insert') this.addRow();
    else if (key === 'Delete') this.put(row, column, '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  protected write(row: number, column: number): void {
    if (this.store.readOnly()) return;
    const table = this.table();
    // A row whose condition is more than a cell can say is edited as a whole.
    if (table && column < table.inputs.length && !this.rows()[row]?.inputs) {
      this.ruleOpen.set(row);
      return;
    }
    this.at.set([row, column]);
    this.editing.set(true);
    this.wanted.set(true);
  }

  protected finish(event: Event): void {
    if (!this.editing()) return;
    const [row, column] = this.at();
    this.editing.set(false);
    this.put(row, column, (event.target as HTMLInputElement).value);
  }

  protected finishBelow(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = this.at();
    this.finish(event);
    this.go(row + 1, column);
  }

  private stop(): void {
    this.editing.set(false);
    this.wanted.set(true);
  }

  private go(row: number, column: number): void {
    const rows = this.table()?.rules.length ?? 0;
    const columns = this.columns().length;
    this.at.set([Math.max(0, Math.min(row, rows - 1)), Math.max(0, Math.min(column, columns - 1))]);
    this.wanted.set(true);
  }

  /** Puts a written text into a cell; what cannot be read is said and changes nothing. */
  private put(row: number, column: number, text: string): void {
    const table = this.table();
    const rule = table?.rules[row];
    if (!table || !rule || this.store.readOnly()) return;
    const changed = (next: Rule): void =>
      this.set({ ...table, rules: table.rules.with(row, next) });
    const input = table.inputs[column];
    const output = table.outputs[column - table.inputs.length];
    if (input !== undefined) {
      const cells = cellsOf(rule.when, table.inputs);
      if (!cells) return;
      const type = this.store.dictionary().declarations.get(input)?.type ?? null;
      const cell = readCell(input, text, type);
      if (cell === null) {
        this.store.tell(this.t('table.cannotRead', { text }));
        return;
      }
      const next = new Map(cells);
      if (cell) next.set(input, cell);
      else next.delete(input);
      const { when: _before, ...rest } = rule;
      const when = conditionOf(next, table.inputs);
      changed(when ? { ...rest, when } : rest);
    } else if (output) {
      const value = valueOf(text.trim(), output.type);
      if (text.trim() !== '' && value === null) {
        this.store.tell(this.t('table.cannotRead', { text }));
        return;
      }
      const { [output.name]: _gone, ...others } = rule.then;
      const empty = text.trim() === '' || value === null;
      changed({ ...rule, then: empty ? others : { ...others, [output.name]: value } });
    } else {
      const { note: _before, ...rest } = rule;
      changed(text === '' ? rest : { ...rest, note: text });
    }
  }

  /** The cells that a row shows one by one: all, or those after its whole condition. */
  protected cellsIn({
    inputs,
    outputs,
    note,
  }: ReturnType<TableEditor['rows']>[number]): readonly string[] {
    return [...(inputs ?? []), ...outputs, note];
  }

  protected firstColumn({ inputs }: ReturnType<TableEditor['rows']>[number]): number {
    return inputs ? 0 : (this.table()?.inputs.length ?? 0);
  }

  protected optionsAt(column: number): readonly string[] {
    const table = this.table();
    const output = table?.outputs[column - table.inputs.length];
    if (!table || column < table.inputs.length) return [];
    if (output?.type.kind === 'choice') return output.type.options;
    return output?.type.kind === 'boolean' ? ['yes', 'no'] : [];
  }

  private said(value: unknown): string {
    if (value === true) return 'yes';
    if (value === false) return 'no';
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  private set(table: DecisionTable, field: string | null = null): void {
    const step = this.store.step();
    if (!step) return;
    const key = field === null ? null : `${step.id}.${field}`;
    this.store.run(setProperty(step.id, this.which(), table), key);
  }
}
