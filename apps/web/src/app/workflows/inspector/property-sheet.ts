import { Component, computed, inject, input, output } from '@angular/core';
import { CLIENT_ROLES, roleLabel } from '@plumbline/policies';
import type { Condition, Due, FactDeclaration } from '@plumbline/workflow-engine';
import { Button } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import { withProperty } from '../model/reshape.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { WorkflowChoices } from '../designer/workflow-choices.ts';
import type file from '../workflows.en-GB.json';
import { ConditionEditor } from './condition-editor.ts';
import { ExpressionInput } from './expression-input.ts';
import { Picker } from './picker.ts';
import {
  bag,
  isObject,
  type Leaf,
  type ListProperty,
  type Property,
  type RecordProperty,
  type VariantProperty,
} from './property.ts';

/** An object after an edit; `field` names what was typed in, so that typing is undone at once. */
export interface SheetChange {
  readonly value: object;
  readonly field: string | null;
}

/** The properties of an object, each with its control; lists and inner objects as sheets inside. */
@Component({
  selector: 'app-property-sheet',
  imports: [Button, ConditionEditor, ExpressionInput, Picker],
  templateUrl: './property-sheet.html',
  styleUrl: './property-sheet.scss',
})
export class PropertySheet {
  readonly properties = input.required<readonly Property[]>();
  readonly value = input.required<object>();
  /** The place of the object in the definition, as problems name it. */
  readonly place = input.required<string>();
  readonly changed = output<SheetChange>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly choices = inject(WorkflowChoices);
  protected readonly roles = CLIENT_ROLES.map((role) => ({ key: role, label: roleLabel(role) }));
  protected readonly locked = this.store.readOnly;
  protected readonly holder = computed(() => bag(this.value()));
  protected readonly steps = computed(() =>
    this.store
      .outline()
      .map(({ step, number }) => ({ key: step.id, label: `${number} ${step.name || step.id}` })),
  );
  protected readonly stages = computed(() =>
    (this.store.definition()?.stages ?? []).map(({ key, name }) => ({ key, label: name || key })),
  );

  protected idOf(property: Property): string {
    return `p-${this.placeOf(property)}`.replaceAll(/[^\w-]+/g, '-');
  }

  protected placeOf({ key }: Property): string {
    return key === '' ? this.place() : `${this.place()}.${key}`;
  }

  protected labelOf({ label, key }: Property): string {
    return this.t.of('prop', label ?? key);
  }

  protected hintOf({ label, key }: Property): string {
    const hint = this.t.of('hint', label ?? key);
    return hint === (label ?? key) ? '' : hint;
  }

  protected textOf(property: Property): string {
    const value = this.holder()[property.key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  }

  protected checkedOf(property: Property): boolean {
    return this.holder()[property.key] === true;
  }

  protected listOf(property: Property): readonly string[] {
    const value = this.holder()[property.key];
    return Array.isArray(value) ? value.map(String) : [];
  }

  protected choiceOf(property: Property): string {
    const value = this.holder()[property.key];
    if (typeof value === 'number') return 'number';
    return typeof value === 'boolean' || typeof value === 'string' ? String(value) : '';
  }

  protected celOf(property: Property): string {
    const value = this.holder()[property.key];
    return isObject(value) && 'cel' in value && typeof value.cel === 'string' ? value.cel : '';
  }

  protected conditionOf(property: Property): Condition | null {
    const value = this.holder()[property.key];
    return isObject(value) ? (value as Condition) : null;
  }

  protected dueOf(property: Property): Partial<Due> {
    const value = this.holder()[property.key];
    return isObject(value) ? value : {};
  }

  protected itemsOf(property: ListProperty): readonly object[] {
    const value = this.holder()[property.key];
    return Array.isArray(value) ? value.filter(isObject) : [];
  }

  protected recordOf(property: RecordProperty | VariantProperty): object | null {
    if (property.key === '') return this.value();
    const value = this.holder()[property.key];
    return isObject(value) ? value : null;
  }

  /** What a fact set by an expression must be, so that the editor can check it. */
  protected expected(): FactDeclaration['type'] | undefined {
    const fact = this.holder()['fact'];
    return typeof fact === 'string'
      ? this.store.dictionary().declarations.get(fact)?.type
      : undefined;
  }

  protected factsFor({ of }: Leaf): readonly { key: string; label: string }[] {
    return (this.store.definition()?.facts ?? [])
      .filter(({ type }) => !of || of.includes(type.kind))
      .map(({ name, description }) => ({
        key: name,
        label: description ? `${name} – ${description}` : name,
      }));
  }

  protected itemPlace(property: ListProperty, item: object, at: number): string {
    const name = property.by === undefined ? undefined : bag(item)[property.by];
    return `${this.placeOf(property)}.${typeof name === 'string' && name ? name : at}`;
  }

  protected itemTitle(item: object, at: number): string {
    const { label, name, key, id, role, fact, field } = bag(item);
    const named = [label, name, fact, field, role, key, id].find(
      (one) => typeof one === 'string' && one.trim() !== '',
    );
    const said = typeof named === 'string' ? roleLabel(named) : '';
    return said ? `${at + 1}. ${said}` : `${at + 1}.`;
  }

  protected typed(property: Leaf, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    const kept = property.optional && value === '' ? undefined : value;
    this.set(property, kept, this.placeOf(property));
  }

  protected numbered(property: Leaf, event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const number = Number(text);
    if (text === '' && property.optional) this.set(property, undefined, this.placeOf(property));
    else if (text !== '' && Number.isFinite(number)) {
      this.set(property, number, this.placeOf(property));
    }
  }

  protected chosen(property: Leaf, value: string): void {
    if (value === '') this.set(property, property.optional ? undefined : '');
    else if (value === 'true' || value === 'false') this.set(property, value === 'true');
    else this.set(property, value === 'number' ? 2 : value);
  }

  protected picked(property: Leaf, event: Event): void {
    this.chosen(property, (event.target as HTMLSelectElement).value);
  }

  protected ticked(property: Leaf, event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    this.set(property, checked || !property.optional ? checked : undefined);
  }

  protected lines(property: Leaf, event: Event): void {
    const { value } = event.target as HTMLTextAreaElement;
    const all = value.split('\n').map((line) => line.trimStart());
    const kept = all.filter((line, at) => line !== '' || at < all.length - 1);
    const empty = kept.length === 0 && property.optional;
    this.set(property, empty ? undefined : kept, this.placeOf(property));
  }

  protected several(property: Leaf, list: readonly string[]): void {
    this.set(property, list.length === 0 && property.optional ? undefined : list);
  }

  protected expression(property: Leaf, cel: string): void {
    const kept = cel.trim() === '' && property.optional ? undefined : { cel };
    this.set(property, kept, this.placeOf(property));
  }

  protected dueAmount(property: Leaf, event: Event): void {
    const amount = Number((event.target as HTMLInputElement).value);
    if (!Number.isFinite(amount)) return;
    const due = { unit: 'business-days', ...this.dueOf(property), amount };
    this.set(property, due, this.placeOf(property));
  }

  protected dueUnit(property: Leaf, event: Event): void {
    const unit = (event.target as HTMLSelectElement).value;
    if (unit === '') this.set(property, undefined);
    else this.set(property, { amount: 5, ...this.dueOf(property), unit });
  }

  protected addItem(property: ListProperty): void {
    const items = this.itemsOf(property);
    const here = this.store.selected() ?? '';
    const first = this.steps().find(({ key }) => key !== here)?.key ?? here;
    this.set(property, [...items, property.make(items.map(bag), first)]);
    this.store.tell(this.t('said.itemAdded', { what: this.labelOf(property) }));
  }

  protected removeItem(property: ListProperty, at: number): void {
    const items = this.itemsOf(property).toSpliced(at, 1);
    this.set(property, items.length === 0 && property.optional ? undefined : items);
    this.store.tell(this.t('said.itemRemoved', { what: this.labelOf(property) }));
  }

  protected moveItem(property: ListProperty, at: number, by: -1 | 1): void {
    const items = [...this.itemsOf(property)];
    const [item] = items.splice(at, 1);
    if (!item) return;
    items.splice(at + by, 0, item);
    this.set(property, items);
    this.store.tell(this.t('said.itemMoved', { at: at + by + 1 }));
  }

  protected changeItem(property: ListProperty, at: number, change: SheetChange): void {
    this.set(property, this.itemsOf(property).with(at, change.value), change.field);
  }

  protected toggleRecord(property: RecordProperty, event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    this.set(property, checked ? property.make() : undefined);
  }

  protected changeInner(property: Property, { value, field }: SheetChange): void {
    if (property.key === '') this.changed.emit({ value, field });
    else this.set(property, value, field);
  }

  protected variantOf(property: VariantProperty): VariantProperty['variants'][number] | null {
    const value = this.recordOf(property);
    return (value && property.variants.find((one) => one.is(bag(value)))) ?? null;
  }

  protected chooseVariant(property: VariantProperty, event: Event): void {
    const name = (event.target as HTMLSelectElement).value;
    const variant = property.variants.find((one) => one.name === name);
    const made = variant?.make(bag(this.recordOf(property) ?? {}));
    if (property.key !== '') this.set(property, made);
    else if (made) this.changed.emit({ value: made, field: null });
  }

  protected set({ key }: Property, value: unknown, field: string | null = null): void {
    this.changed.emit({ value: withProperty(this.value(), key, value), field });
  }
}
