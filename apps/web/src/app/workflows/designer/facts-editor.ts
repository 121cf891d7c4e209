import { Component, computed, inject, signal } from '@angular/core';
import { outsideFacts } from '@plumbline/frameworks';
import { type FactDeclaration, isFactName } from '@plumbline/workflow-engine';
import { Button, FieldFrame, TableFrame } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import { nameOf } from '../model/design.ts';
import {
  detailsOf,
  FACT_KINDS,
  type FactKind,
  typeOfKind,
  withDetails,
} from '../model/fact-type.ts';
import { factUses, renameFact, setFact } from '../model/facts.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';

const SOURCES = ['run', 'calculated', 'form', 'table', 'subject', 'organisation'] as const;

/** The facts of a workflow: what its conditions may speak of, who sets each and who reads it. */
@Component({
  selector: 'app-facts-editor',
  imports: [Button, FieldFrame, TableFrame],
  templateUrl: './facts-editor.html',
  styleUrl: './facts-editor.scss',
})
export class FactsEditor {
  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly kinds = FACT_KINDS;
  protected readonly sources = SOURCES;
  /** The name of the fact whose properties are shown. */
  protected readonly open = signal<string | null>(null);
  protected readonly wantedName = signal('');
  protected readonly search = signal('');
  protected readonly facts = computed(() => {
    const text = this.search().trim().toLowerCase();
    return (this.store.definition()?.facts ?? []).filter(({ name, description }) =>
      `${name} ${description ?? ''}`.toLowerCase().includes(text),
    );
  });
  /** Facts that the register, the organisation and a starting run have, and this workflow does not name yet. */
  protected readonly known = computed(() => {
    const taken = new Set(this.store.definition()?.facts.map(({ name }) => name));
    return outsideFacts.filter(({ name }) => !taken.has(name));
  });
  protected readonly uses = computed(() => {
    const definition = this.store.definition();
    return definition ? factUses(definition) : new Map<string, never>();
  });
  protected readonly current = computed(
    () => this.store.definition()?.facts.find(({ name }) => name === this.open()) ?? null,
  );
  protected readonly nameProblem = computed(() => {
    const name = this.wantedName();
    if (name === '' || name === this.open()) return null;
    if (!isFactName(name)) return this.t('facts.badName');
    const taken = this.store.definition()?.facts.some((fact) => fact.name === name);
    return taken ? this.t('facts.taken') : null;
  });

  protected namesOf(ids: readonly string[] | undefined): string {
    const design = this.store.design();
    return design && ids ? ids.map((id) => nameOf(design, id)).join(', ') : '';
  }

  protected show(name: string): void {
    this.open.set(this.open() === name ? null : name);
    this.wantedName.set(name);
  }

  protected add(): void {
    const taken = new Set(this.store.definition()?.facts.map(({ name }) => name));
    let name = 'fact';
    for (let at = 2; taken.has(name); at += 1) name = `fact${at}`;
    this.store.run(setFact(null, { name, type: { kind: 'boolean' }, source: 'run' }));
    this.search.set('');
    this.open.set(name);
    this.wantedName.set(name);
  }

  protected takeKnown(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const fact = this.known().find(({ name }) => name === select.value);
    select.value = '';
    if (fact) this.store.run(setFact(null, fact));
  }

  protected rename(): void {
    const from = this.open();
    const to = this.wantedName();
    if (from === null || to === '' || to === from || this.nameProblem()) return;
    this.store.run(renameFact(from, to));
    this.open.set(to);
  }

  protected remove(name: string): void {
    this.store.run(setFact(name, null));
    this.open.set(null);
  }

  protected typeName(event: Event): void {
    this.wantedName.set((event.target as HTMLInputElement).value.trim());
  }

  protected find(event: Event): void {
    this.search.set((event.target as HTMLInputElement).value);
  }

  protected setKind(fact: FactDeclaration, event: Event): void {
    const kind = (event.target as HTMLSelectElement).value as FactKind;
    this.change(fact, { type: typeOfKind(kind, fact.type) });
  }

  protected setSource(fact: FactDeclaration, event: Event): void {
    const source = (event.target as HTMLSelectElement).value as FactDeclaration['source'];
    this.change(fact, { source });
  }

  protected setDetails(fact: FactDeclaration, event: Event): void {
    const { value } = event.target as HTMLTextAreaElement;
    this.change(fact, { type: withDetails(fact.type, value) });
  }

  protected describe(fact: FactDeclaration, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    const { description: _before, ...rest } = fact;
    const next = value === '' ? rest : { ...rest, description: value };
    this.store.run(setFact(fact.name, next), `facts.${fact.name}.description`);
  }

  protected readonly detailsOf = detailsOf;

  private change(fact: FactDeclaration, change: Partial<FactDeclaration>): void {
    this.store.run(setFact(fact.name, { ...fact, ...change }));
  }
}
