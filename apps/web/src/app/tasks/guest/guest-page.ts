import {
  Component,
  computed,
  effect,
  inject,
  Injector,
  input,
  signal,
  untracked,
} from '@angular/core';
import {
  answerAsGuestSchema,
  type GuestReceipt,
  guestReceiptSchema,
  guestTaskSchema,
} from '@plumbline/contracts';
import {
  DateText,
  FactsList,
  FieldFrame,
  formatDate,
  type FormProblem,
  PageHeader,
  Sheet,
} from '@plumbline/ui';
import { type Answers, EvidenceShelf, FormPages, FormState } from '../../forms/index.ts';
import {
  answerOf,
  Api,
  ApiProblem,
  Loaded,
  newCommandKey,
  pageTitle,
  problemText,
  words,
} from '../../platform/index.ts';
import { PublicFrame } from '../../sessions/public-frame.ts';
import { formSource } from '../form-source.ts';
import { ShownFacts } from '../shown-facts.ts';
import type file from './guest.en-GB.json';
import { NoShelf } from './no-shelf.ts';

/** One form for somebody outside who has a link: without the shell, without an account. */
@Component({
  selector: 'app-guest-page',
  imports: [
    DateText,
    FactsList,
    FieldFrame,
    FormPages,
    Loaded,
    PageHeader,
    PublicFrame,
    Sheet,
    ShownFacts,
  ],
  providers: [{ provide: EvidenceShelf, useClass: NoShelf }],
  templateUrl: './guest-page.html',
  styles: `
    .said {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class GuestPage {
  /** The secret of the link. */
  readonly token = input.required<string>();

  protected readonly t = words<typeof file>('guest');
  private readonly api = inject(Api);
  private readonly injector = inject(Injector);
  private readonly describe = problemText();

  protected readonly answer = answerOf(
    guestTaskSchema,
    () => `/api/guest-tasks/${encodeURIComponent(this.token())}`,
  );
  protected readonly task = computed(() => this.answer.value());
  protected readonly state = signal<FormState | null>(null);
  protected readonly page = signal<string | null>(null);
  protected readonly name = signal('');
  protected readonly email = signal('');
  protected readonly submitting = signal(false);
  protected readonly refused = signal<readonly FormProblem[]>([]);
  protected readonly trouble = signal<string | null>(null);
  protected readonly receipt = signal<GuestReceipt | null>(null);
  private readonly key = newCommandKey();

  constructor() {
    pageTitle(() => this.task()?.title ?? this.t('title'));
    effect(() => {
      const task = this.task();
      if (!task) return;
      untracked(() => {
        this.state.set(new FormState(formSource(task, null), this.injector));
        this.name.set(task.guest.name);
        this.email.set(task.guest.email);
      });
    });
  }

  protected date(at: string): string {
    return formatDate(at, 'long');
  }

  protected typed(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected async submit(answers: Answers): Promise<void> {
    if (this.submitting()) return;
    this.trouble.set(null);
    this.refused.set([]);
    const parsed = answerAsGuestSchema.safeParse({
      ...{ token: this.token(), name: this.name(), email: this.email(), answers },
    });
    if (!parsed.success) {
      this.trouble.set(this.t('sayWho'));
      return;
    }
    this.submitting.set(true);
    try {
      const options = { answer: guestReceiptSchema, key: this.key };
      this.receipt.set(await this.api.post('/api/guest-tasks/answer', parsed.data, options));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.refused.set(error.details.problems ?? []);
      if (!error.details.problems) this.trouble.set(this.describe(error.details));
    } finally {
      this.submitting.set(false);
    }
  }
}
