import { Component, inject, input, output, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { savedMappingSchema, saveMappingSchema, type ImportMapping } from '@plumbline/contracts';
import { Button, FieldFrame } from '@plumbline/ui';
import { Api, contractForm, CurrentOrganisation, words } from '../platform/index.ts';
import type file from './imports.en-GB.json';

/** Keeps a matching for the next file of the same shape. */
@Component({
  selector: 'app-save-mapping',
  imports: [Button, FieldFrame, FormField],
  template: `
    @if (naming()) {
      <form class="filters" novalidate (submit)="form.submit($event)">
        <ui-field
          for="name"
          [label]="t('mappingName')"
          [error]="form.problems()[0]?.message ?? null"
        >
          <input
            id="name"
            [formField]="form.fields.name"
            [attr.aria-invalid]="form.problems().length > 0 ? true : null"
            [attr.aria-describedby]="form.problems().length > 0 ? 'name-error' : null"
          />
        </ui-field>
        <button uiButton look="quiet" type="submit" [busy]="form.busy()">{{ t('save') }}</button>
        <button uiButton look="plain" type="button" (click)="naming.set(false)">
          {{ t('cancel') }}
        </button>
      </form>
    } @else {
      <button uiButton look="plain" type="button" (click)="naming.set(true)">
        {{ t('saveMapping') }}
      </button>
    }
  `,
})
export class SaveMapping {
  protected readonly t = words<typeof file>('imports');
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);

  readonly mapping = input.required<ImportMapping>();
  readonly saved = output<string>();

  protected readonly naming = signal(false);
  private readonly draft = signal({ name: '' });
  protected readonly form = contractForm(this.draft, {
    schema: saveMappingSchema,
    toInput: ({ name }) => ({ name, mapping: this.mapping() }),
    send: async (input) => {
      await this.api.put(this.organisation.api('imports', 'mappings'), input, {
        answer: savedMappingSchema,
      });
      this.naming.set(false);
      this.draft.set({ name: '' });
      this.saved.emit(input.name);
    },
  });
}
