import { Component, computed, inject, Injector, output, signal } from '@angular/core';
import type { Field, FormDefinition } from '@plumbline/workflow-engine';
import { Button } from '@plumbline/ui';
import { EvidenceShelf, FormPages, FormState } from '../../forms/index.ts';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { factUses, renameFact } from '../model/facts.ts';
import { setProperty } from '../model/reshape.ts';
import type file from '../workflows.en-GB.json';
import { FieldEditor } from './field-editor.ts';
import { keyFor, movedBy, newField, withFields, withSections } from './form-edits.ts';
import { PreviewShelf } from './preview-shelf.ts';

/** Builds the form of the selected step, beside the form as people will see it. */
@Component({
  selector: 'app-form-builder',
  imports: [Button, FieldEditor, FormPages],
  providers: [PreviewShelf, { provide: EvidenceShelf, useExisting: PreviewShelf }],
  templateUrl: './form-builder.html',
  styleUrl: './form-builder.scss',
})
export class FormBuilder {
  readonly back = output();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  private readonly injector = inject(Injector);
  protected readonly open = signal<string | null>(null);
  protected readonly page = signal<string | null>(null);
  protected readonly step = computed(() => {
    const step = this.store.step();
    return step?.type === 'form' || step?.type === 'task' ? step : null;
  });
  protected readonly form = computed(() => this.step()?.form ?? null);
  /** The real form, on the form as it is now; answers are for trying only. */
  protected readonly preview = computed(() => {
    const form = this.form();
    const facts = this.store.definition()?.facts ?? [];
    if (!form) return null;
    try {
      return new FormState({ form, facts, values: {}, draft: null }, this.injector);
    } catch {
      // A condition that is still being written: the list beside says what is wrong with it.
      return null;
    }
  });
  /** Questions that nothing looks at: asking them changes nothing. */
  protected readonly unread = computed(() => {
    const definition = this.store.definition();
    const form = this.form();
    if (!definition || !form) return new Set<string>();
    const uses = factUses(definition);
    const keys = form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
    const inside = new Set(keys.filter((key) => JSON.stringify(form).split(`"${key}"`).length > 2));
    return new Set(keys.filter((key) => !inside.has(key) && !uses.get(key)?.readBy.length));
  });

  protected problemsOf(key: string): readonly string[] {
    const id = this.step()?.id;
    return this.store.checker
      .problems()
      .filter(({ place }) => {
        const at = `steps.${id}.form.${key}`;
        return place === at || place.startsWith(`${at}.`);
      })
      .map(({ message }) => message);
  }

  protected addField(section: number, form: FormDefinition): void {
    const field = newField(form, this.t('form.newQuestion'));
    this.set(withFields(form, section, (fields) => [...fields, field]));
    this.open.set(field.key);
    this.store.tell(this.t('said.itemAdded', { what: this.t('form.question') }));
  }

  protected changeField(
    form: FormDefinition,
    section: number,
    at: number,
    { field, typing }: { field: Field; typing: string | null },
  ): void {
    const before = form.sections[section]?.fields[at];
    if (!before) return;
    const others = form.sections
      .flatMap(({ fields }) => fields.map(({ key }) => key))
      .filter((key) => key !== before.key);
    // While nothing looks at the answer, its name follows the question.
    const follows = this.unread().has(before.key) && before.key === keyFor(before.label, others);
    const named =
      follows && field.label !== before.label
        ? { ...field, key: keyFor(field.label, others) }
        : field;
    if (this.open() === before.key) this.open.set(named.key);
    const joined = typing === null ? null : `${section}.${at}.${typing}`;
    const taken = this.store.definition()?.facts.some(({ name }) => name === named.key);
    if (named.key !== before.key && field.label === before.label && !taken) {
      // Whatever looks at the answer goes on looking at it.
      this.store.run(renameFact(before.key, named.key), joined);
      return;
    }
    this.set(
      withFields(form, section, (fields) => fields.with(at, named)),
      joined,
    );
  }

  protected removeField(form: FormDefinition, section: number, at: number): void {
    this.set(withFields(form, section, (fields) => fields.toSpliced(at, 1)));
    this.store.tell(this.t('said.itemRemoved', { what: this.t('form.question') }));
  }

  protected moveField(form: FormDefinition, section: number, at: number, by: -1 | 1): void {
    this.set(withFields(form, section, (fields) => movedBy(fields, at, by)));
    this.store.tell(this.t('said.itemMoved', { at: at + by + 1 }));
  }

  protected addSection(form: FormDefinition): void {
    const taken = new Set(form.sections.map(({ key }) => key));
    let key = 'section';
    for (let at = 2; taken.has(key); at += 1) key = `section${at}`;
    const section = { key, title: this.t('form.newSection'), fields: [] };
    this.set(withSections(form, [...form.sections, section]));
  }

  protected removeSection(form: FormDefinition, at: number): void {
    this.set(withSections(form, form.sections.toSpliced(at, 1)));
  }

  protected retitle(form: FormDefinition, at: number, event: Event): void {
    const title = (event.target as HTMLInputElement).value;
    const sections = form.sections.map((one, n) => (n === at ? { ...one, title } : one));
    this.set(withSections(form, sections), `section.${at}`);
  }

  protected introduce(form: FormDefinition, at: number, event: Event): void {
    const intro = (event.target as HTMLTextAreaElement).value;
    const sections = form.sections.map((one, n) => {
      const { intro: _before, ...rest } = one;
      return n !== at ? one : intro === '' ? rest : { ...rest, intro };
    });
    this.set(withSections(form, sections), `intro.${at}`);
  }

  protected onePage(form: FormDefinition, event: Event): void {
    const { onePage: _before, ...rest } = form;
    const { checked } = event.target as HTMLInputElement;
    this.set(checked ? { ...rest, onePage: true } : rest);
  }

  private set(form: FormDefinition, typing: string | null = null): void {
    const id = this.step()?.id;
    if (id === undefined) return;
    this.store.run(setProperty(id, 'form', form), typing === null ? null : `${id}.form.${typing}`);
  }
}
