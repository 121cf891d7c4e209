import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { verificationKeysSchema } from '@plumbline/contracts';
import type { PackReport } from '@plumbline/evidence';
import {
  Button,
  Chip,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  TableFrame,
  type ChipState,
  type FormProblem,
} from '@plumbline/ui';
import { Api, ApiProblem, pageTitle, problemText, words } from '../platform/index.ts';
import { PublicFrame } from '../sessions/public-frame.ts';
import type file from './record.en-GB.json';
import type { VerifyAnswer, VerifyRequest } from './verify.worker.ts';

const LOOKS: Readonly<Record<PackReport['result'], ChipState>> = {
  genuine: 'done',
  partial: 'warn',
  changed: 'bad',
  unknown: 'unknown',
};
/** Problems listed before "and … more". */
const LISTED = 50;

/** Checks a pack in the browser, for anybody: signature, files, proofs, in plain words. */
@Component({
  selector: 'app-verify-page',
  imports: [
    Button,
    Chip,
    ErrorSummary,
    FieldFrame,
    PageHeader,
    PublicFrame,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  templateUrl: './verify-page.html',
  styleUrl: './verify-page.scss',
})
export class VerifyPage {
  protected readonly t = words<typeof file>('record');
  private readonly api = inject(Api);
  private readonly describe = problemText();

  protected readonly host = location.host;
  protected readonly looks = LOOKS;
  protected readonly chosen = signal<File | null>(null);
  protected readonly over = signal(false);
  protected readonly keySource = signal<'site' | 'own'>('site');
  protected readonly ownKey = signal('');
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly report = signal<PackReport | null>(null);
  protected readonly listed = computed(() => this.report()?.problems.slice(0, LISTED) ?? []);
  protected readonly unlisted = computed(
    () => (this.report()?.problems.length ?? 0) - this.listed().length,
  );

  constructor() {
    pageTitle(() => this.report()?.heading ?? this.t('title'));
  }

  protected hover(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    this.chosen.set(event.dataTransfer?.files[0] ?? null);
  }

  protected pick(event: Event): void {
    this.chosen.set((event.target as HTMLInputElement).files?.[0] ?? null);
  }

  protected typeKey(event: Event): void {
    this.ownKey.set((event.target as HTMLTextAreaElement).value);
  }

  protected errorOf(field: string): string | null {
    return this.problems().find((problem) => problem.field === field)?.message ?? null;
  }

  protected startAgain(): void {
    this.report.set(null);
    this.chosen.set(null);
  }

  protected async check(event: Event): Promise<void> {
    event.preventDefault();
    const archive = this.chosen();
    if (this.busy()) return;
    if (!archive) {
      this.complain('pack', this.t('noFile'));
      return;
    }
    this.busy.set(true);
    this.problems.set([]);
    try {
      const publicKey = this.keySource() === 'own' ? this.ownKey() : await this.publishedKey();
      this.show(await askWorker({ archive, publicKey }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.complain('', this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }

  private async publishedKey(): Promise<string> {
    const keys = await this.api.get('/api/verification-keys', verificationKeysSchema, {
      quiet: true,
    });
    return keys.pack;
  }

  private show(answer: VerifyAnswer): void {
    switch (answer.kind) {
      case 'report':
        this.report.set(answer.report);
        return;
      case 'bad-key':
        this.complain('key', this.t('badKey'));
        return;
      case 'unreadable':
        this.complain('pack', this.t('unreadable', { why: answer.why }));
    }
  }

  private complain(field: string, message: string): void {
    this.problems.set([{ field, message }]);
  }
}

/** Thousands of hashes and proofs: off the page's thread, so that it stays alive. */
function askWorker(request: VerifyRequest): Promise<VerifyAnswer> {
  const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<VerifyAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
