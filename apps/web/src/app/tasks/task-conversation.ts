import {
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  evidenceItemSchema,
  MAX_EVIDENCE_BYTES,
  type PersonRef,
  type Task,
  taskConversationSchema,
} from '@plumbline/contracts';
import { Button, DateText, FieldFrame, Sheet } from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  browserCopy,
  CurrentOrganisation,
  fileSize,
  Loaded,
  problemText,
  Session,
  whenChanged,
  words,
} from '../platform/index.ts';
import { mentionAt, mentionedIn, suggestions, withMention } from './mentions.ts';
import type file from './tasks.en-GB.json';

interface Attached {
  readonly id: string;
  readonly shows: string;
}

/** What people say to each other at a task: comments, mentions, attachments, and who watches. */
@Component({
  selector: 'app-task-conversation',
  imports: [Button, DateText, FieldFrame, Loaded, RouterLink, Sheet],
  templateUrl: './task-conversation.html',
  styleUrl: './task-conversation.scss',
})
export class TaskConversation {
  readonly task = input.required<Task>();

  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly describe = problemText();
  private readonly box = viewChild<ElementRef<HTMLTextAreaElement>>('box');

  protected readonly answer = answerOf(taskConversationSchema, () => this.path('conversation'));
  protected readonly text = signal('');
  protected readonly attached = signal<readonly Attached[]>([]);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  private readonly caret = signal(0);
  private readonly closed = signal(false);
  protected readonly active = signal(0);

  private readonly typed = computed(() =>
    this.closed() ? null : mentionAt(this.text(), this.caret()),
  );
  protected readonly offered = computed(() => {
    const typed = this.typed();
    const people = this.answer.value()?.mentionable ?? [];
    return typed === null ? [] : suggestions(people, typed.text);
  });
  private readonly copy = computed(() =>
    browserCopy<string>(
      localStorage,
      this.session.me()?.person.id ?? '',
      `comment.${this.task().id}`,
    ),
  );

  constructor() {
    whenChanged(
      ['task-changed'],
      () => this.answer.reload(),
      () => this.task().id,
    );
    queueMicrotask(() => this.text.set(this.copy().read() ?? ''));
  }

  protected write(event: Event): void {
    const area = event.target as HTMLTextAreaElement;
    this.text.set(area.value);
    this.caret.set(area.selectionStart);
    this.closed.set(false);
    this.active.set(0);
    if (area.value.trim() === '') this.copy().drop();
    else this.copy().keep(area.value);
  }

  protected keys(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.send();
      return;
    }
    const offered = this.offered();
    if (offered.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      this.active.update((at) => (at + step + offered.length) % offered.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      const person = offered[this.active()];
      if (person) this.mention(person);
    } else if (event.key === 'Escape') {
      this.closed.set(true);
    } else {
      return;
    }
    event.preventDefault();
  }

  protected mention(person: PersonRef): void {
    const typed = this.typed();
    const area = this.box()?.nativeElement;
    if (!typed || !area) return;
    const { text, caret } = withMention(this.text(), typed, person);
    this.text.set(text);
    this.copy().keep(text);
    area.value = text;
    area.setSelectionRange(caret, caret);
    this.caret.set(caret);
    area.focus();
  }

  protected async attach(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const chosen = input.files?.[0];
    input.value = '';
    if (!chosen) return;
    if (chosen.size > MAX_EVIDENCE_BYTES) {
      this.trouble.set(this.t('talk.tooLarge', { size: fileSize(MAX_EVIDENCE_BYTES) }));
      return;
    }
    await this.act(async () => {
      const body = new FormData();
      body.set('shows', chosen.name);
      body.set('taskId', this.task().id);
      body.set('aiSystemId', this.task().aiSystem.id);
      body.set('file', chosen, chosen.name);
      const { id, shows } = await this.api.post(this.organisation.api('evidence'), body, {
        answer: evidenceItemSchema,
      });
      this.attached.update((all) => [...all, { id, shows }]);
    });
  }

  protected detach(id: string): void {
    this.attached.update((all) => all.filter((one) => one.id !== id));
  }

  protected send(): Promise<void> {
    const text = this.text().trim();
    if (!text) {
      this.trouble.set(this.t('talk.empty'));
      return Promise.resolve();
    }
    const people = this.answer.value()?.mentionable ?? [];
    return this.act(async () => {
      const input = {
        text,
        mentions: mentionedIn(text, people).map(({ id }) => id),
        evidence: this.attached().map(({ id }) => id),
      };
      const answer = await this.api.post(this.path('comments'), input, {
        answer: taskConversationSchema,
      });
      this.answer.set(answer);
      this.text.set('');
      this.attached.set([]);
      this.copy().drop();
    });
  }

  protected withdraw(id: string): Promise<void> {
    return this.act(async () => {
      const path = this.path('comments', id, 'withdraw');
      this.answer.set(await this.api.post(path, {}, { answer: taskConversationSchema }));
    });
  }

  protected watch(watching: boolean): Promise<void> {
    return this.act(async () => {
      const options = { answer: taskConversationSchema };
      this.answer.set(await this.api.put(this.path('watch'), { watching }, options));
    });
  }

  protected names(people: readonly PersonRef[]): string {
    return people.map(({ name }) => name).join(', ');
  }

  private path(...parts: string[]): string {
    return this.organisation.api('tasks', this.task().id, ...parts);
  }

  private async act(command: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await command();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }
}
