import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import {
  AI_ROLES,
  createClientSchema,
  HOLIDAY_CALENDARS,
  organisationSchema,
} from '@plumbline/contracts';
import {
  Button,
  ErrorSummary,
  FactsList,
  FieldFrame,
  LifecycleRail,
  PageHeader,
  Sheet,
  Snackbar,
  type RailStage,
} from '@plumbline/ui';
import {
  Api,
  contractForm,
  CurrentOrganisation,
  pageTitle,
  queryWriter,
  Session,
  words,
} from '../platform/index.ts';
import type file from './clients.en-GB.json';

const STEPS = ['organisation', 'ai', 'person', 'check'] as const;
type Step = (typeof STEPS)[number];
/** On which step a field of the contract is asked. */
const STEP_OF: Readonly<Record<string, Step>> = {
  name: 'organisation',
  headcount: 'organisation',
  timeZone: 'organisation',
  holidayCalendar: 'organisation',
  scopeStatement: 'ai',
  aiRoles: 'ai',
  firstMember: 'person',
};

/** A firm adds a client: three short pages and a look back. */
@Component({
  selector: 'app-new-client',
  imports: [
    Button,
    ErrorSummary,
    FactsList,
    FieldFrame,
    FormField,
    LifecycleRail,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './new-client.html',
  styles: `
    :host,
    form {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    form {
      max-inline-size: 680px;
    }
    .tick {
      display: flex;
      gap: var(--s-2);
      padding-block: var(--s-1);
    }
    .short {
      max-inline-size: 160px;
    }
  `,
})
export class NewClient {
  protected readonly t = words<typeof file>('clients');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly patchQuery = queryWriter();
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly snackbar = inject(Snackbar);

  readonly step = input<string>();
  protected readonly at = computed<Step>(
    () => STEPS.find((one) => one === this.step()) ?? 'organisation',
  );
  protected readonly roles = AI_ROLES;
  protected readonly zones = Intl.supportedValuesOf('timeZone');
  protected readonly calendars = HOLIDAY_CALENDARS;

  protected readonly model = signal({
    name: '',
    headcount: '',
    timeZone: usualZone(this.zones),
    holidayCalendar: usualCalendar(usualZone(this.zones)),
    scopeStatement: '',
    aiRoles: [] as readonly (typeof AI_ROLES)[number][],
    later: false,
    personName: '',
    personEmail: '',
  });
  protected readonly form = contractForm(this.model, {
    schema: createClientSchema,
    toInput: (it) => ({
      name: it.name,
      headcount: it.headcount.trim() === '' ? null : Number(it.headcount),
      timeZone: it.timeZone,
      holidayCalendar: it.holidayCalendar,
      scopeStatement: it.scopeStatement,
      aiRoles: [...it.aiRoles],
      firstMember: it.later ? null : { name: it.personName, email: it.personEmail },
    }),
    send: async (input) => {
      const created = await this.api.post(this.organisation.api('clients'), input, {
        answer: organisationSchema,
      });
      await this.session.refresh();
      this.snackbar.show(this.t('created', { name: created.name }));
      await this.router.navigate(['/c', created.slug]);
    },
  });

  protected readonly stages = computed<readonly RailStage[]>(() => {
    const here = STEPS.indexOf(this.at());
    return STEPS.map((key, index) => ({
      key,
      label: this.t(`step.${key}`),
      state: index < here ? 'done' : index === here ? 'current' : 'ahead',
    }));
  });
  protected readonly calendarText = computed(() =>
    this.t(`calendar.${this.model().holidayCalendar}`),
  );
  protected readonly rolesText = computed(() =>
    this.model()
      .aiRoles.map((role) => this.t(`role.${role}`))
      .join(', '),
  );
  /** Problems of the step on screen; on the last one, all of them. */
  protected readonly shownProblems = computed(() =>
    this.form
      .problems()
      .filter(({ field }) => this.at() === 'check' || stepFor(field) === this.at()),
  );

  constructor() {
    pageTitle(() => this.t('new'));
  }

  protected toggleRole(role: (typeof AI_ROLES)[number]): void {
    this.model.update((it) => ({
      ...it,
      aiRoles: it.aiRoles.includes(role)
        ? it.aiRoles.filter((one) => one !== role)
        : [...it.aiRoles, role],
    }));
  }

  protected async go(step: Step): Promise<void> {
    await this.patchQuery({ step });
  }

  protected async goOn(event: Event): Promise<void> {
    event.preventDefault();
    const next = STEPS[STEPS.indexOf(this.at()) + 1];
    if (next) {
      await this.go(next);
      return;
    }
    await this.form.submit();
    const first = this.form.problems().find(({ field }) => stepFor(field) !== undefined);
    if (first) await this.go(stepFor(first.field) ?? 'organisation');
  }

  protected async goBack(): Promise<void> {
    await this.go(STEPS[STEPS.indexOf(this.at()) - 1] ?? 'organisation');
  }
}

/** The adviser's own zone, which most clients share; a machine that keeps UTC says nothing about that. */
function usualZone(zones: readonly string[]): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return zones.includes(timeZone) ? timeZone : 'Europe/London';
}

/** Most clients in that zone are in England or Wales; elsewhere no rule is known. */
function usualCalendar(zone: string): (typeof HOLIDAY_CALENDARS)[number] {
  return zone === 'Europe/London' ? 'england-and-wales' : 'custom';
}

const stepFor = (field: string): Step | undefined => STEP_OF[field.split('.', 1)[0] ?? ''];
