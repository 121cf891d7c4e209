import { HttpClient, HttpContext } from '@angular/common/http';
import { inject, Injectable, Injector, signal } from '@angular/core';
import type { ProblemDetails } from '@plumbline/contracts';
import { firstValueFrom } from 'rxjs';
import { problemOf } from '../http/problem.ts';
import { QUIET } from '../http/quiet.ts';

/** What the dialog needs: why it asks, whom, and how an entered password is tried. */
export interface PasswordQuestion {
  readonly reason: 'step-up-required' | 'not-signed-in';
  readonly email: string | null;
  /** Null when it was right; otherwise what went wrong. */
  readonly attempt: (password: string) => Promise<ProblemDetails | null>;
}

/** Asks for the password in place: again before something weighty, or because the session has ended. */
@Injectable({ providedIn: 'root' })
export class AskPassword {
  private readonly http = inject(HttpClient);
  private readonly injector = inject(Injector);
  private asking: Promise<boolean> | null = null;

  /** Who is signed in on this page; kept when the session ends, so that they sign in as themselves. */
  readonly person = signal<{ readonly email: string } | null>(null);

  /** True once the password was accepted; several requests at once share one question. */
  async ask(reason: PasswordQuestion['reason']): Promise<boolean> {
    const email = this.person()?.email ?? null;
    if (!email) return false;
    this.asking ??= this.openDialog({
      reason,
      email,
      attempt: (password) => this.attempt(reason, email, password),
    });
    try {
      return await this.asking;
    } finally {
      this.asking = null;
    }
  }

  private async openDialog(question: PasswordQuestion): Promise<boolean> {
    const { openAskPassword } = await import('./ask-password-dialog.ts');
    return openAskPassword(this.injector, question);
  }

  private async attempt(
    reason: PasswordQuestion['reason'],
    email: string,
    password: string,
  ): Promise<ProblemDetails | null> {
    const [path, body] =
      reason === 'step-up-required'
        ? ['/api/sessions/step-up', { password }]
        : ['/api/sessions', { email, password }];
    try {
      const context = new HttpContext().set(QUIET, true);
      await firstValueFrom(this.http.post(path, body, { context }), { defaultValue: null });
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }
}
