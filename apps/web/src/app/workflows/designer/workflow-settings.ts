import { Component, inject } from '@angular/core';
import { words } from '../../platform/index.ts';
import { PropertySheet, type SheetChange } from '../inspector/property-sheet.ts';
import type { Property } from '../inspector/property.ts';
import { freeName } from '../model/design.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';

const PROPERTIES: readonly Property[] = [
  { key: 'name', kind: 'text', label: 'workflowName' },
  { key: 'purpose', kind: 'longtext' },
  { key: 'start', kind: 'step', label: 'startStep' },
  {
    ...{ key: 'stages', kind: 'list' },
    item: [{ key: 'name', kind: 'text', label: 'stageName' }],
    make: (taken) => ({
      key: freeName(
        'stage',
        taken.map(({ key }) => String(key)),
      ),
      name: '',
    }),
  },
  { key: 'repairNeedsTwo', kind: 'yes', optional: true },
];

/** What holds for the whole workflow: name, purpose, stages, where it starts. */
@Component({
  selector: 'app-workflow-settings',
  imports: [PropertySheet],
  template: `
    <h2 id="settings" tabindex="-1">{{ t('settings.title') }}</h2>
    @if (store.definition(); as definition) {
      <app-property-sheet
        [properties]="properties"
        [value]="definition"
        place="workflow"
        (changed)="change($event)"
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
      max-inline-size: 620px;
    }
  `,
})
export class WorkflowSettings {
  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly properties = PROPERTIES;

  protected change({ value, field }: SheetChange): void {
    this.store.run((design) => {
      const definition = { ...design.definition, ...value };
      return {
        design: { ...design, definition },
        said: { key: 'changed', values: { name: definition.name } },
      };
    }, field);
  }
}
