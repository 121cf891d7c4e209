import { Component, computed, inject, input, output } from '@angular/core';
import { CLIENT_ROLES, EXTERNAL_ROLES, FIRM_ROLES, roleLabel } from '@plumbline/policies';
import { CurrentOrganisation } from '../platform/index.ts';

/** The roles that this kind of organisation assigns, to tick. */
@Component({
  selector: 'app-role-choice',
  template: `
    <fieldset [id]="id()">
      <legend>
        <strong>{{ label() }}</strong>
      </legend>
      <p class="hint">{{ hint() }}</p>
      <div class="choices">
        @for (role of roles(); track role.key) {
          <label>
            <input
              type="checkbox"
              [checked]="chosen().includes(role.key)"
              (change)="toggle(role.key)"
            />
            {{ role.label }}
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
      gap: var(--s-2) var(--s-4);
      padding-block-start: var(--s-2);
    }
    label {
      display: flex;
      gap: var(--s-2);
    }
  `,
})
export class RoleChoice {
  private readonly organisation = inject(CurrentOrganisation);
  readonly id = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input.required<string>();
  readonly chosen = input.required<readonly string[]>();
  readonly changed = output<string[]>();

  protected readonly roles = computed(() => {
    const keys =
      this.organisation.kind === 'firm' ? FIRM_ROLES : [...CLIENT_ROLES, ...EXTERNAL_ROLES];
    return keys.map((key) => ({ key: key, label: roleLabel(key) }));
  });

  protected toggle(role: string): void {
    const chosen = this.chosen();
    this.changed.emit(
      chosen.includes(role) ? chosen.filter((one) => one !== role) : [...chosen, role],
    );
  }
}
