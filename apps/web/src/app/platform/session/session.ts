import { computed, inject, Injectable, signal } from '@angular/core';
import type { Me, OrganisationKind, OrganisationStanding } from '@plumbline/contracts';
import { Api, ApiProblem } from '../http/index.ts';
import { forgetCopies } from '../drafts/draft-copy.ts';
import { AskPassword } from './ask-password.ts';

/** Who is signed in, and where they may go. */
@Injectable({ providedIn: 'root' })
export class Session {
  private readonly api = inject(Api);
  private readonly askPassword = inject(AskPassword);
  private readonly current = signal<Me | null>(null);
  private loading: Promise<Me | null> | null = null;

  /** Null when nobody is signed in (or not known yet: guards wait for `load`). */
  readonly me = this.current.asReadonly();
  readonly organisations = computed(() => this.current()?.organisations ?? []);

  /** Who is signed in; asks the API once per page. */
  load(): Promise<Me | null> {
    this.loading ??= this.refresh();
    return this.loading;
  }

  /** Asks again, for example after a task is done or an organisation is added. */
  async refresh(): Promise<Me | null> {
    // In a chunk of its own, so that contracts and zod do not delay the first paint.
    const { meSchema } = await import('./me-contract.ts');
    try {
      const me = await this.api.get('/api/sessions/current', meSchema, { quiet: true });
      this.enter(me);
      return me;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.details.status !== 401) {
        this.loading = null;
        throw error;
      }
      this.enter(null);
      return null;
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.api.post('/api/sessions', { email, password }, { quiet: true });
    this.loading = null;
    await this.load();
  }

  async signOut(): Promise<void> {
    await this.api.delete('/api/sessions/current');
    this.enter(null);
    forgetCopies(localStorage);
    // Nothing of this person may stay in the page's memory.
    location.assign('/sign-in');
  }

  standingIn(kind: OrganisationKind, slug: string): OrganisationStanding | null {
    return this.organisations().find((one) => one.kind === kind && one.slug === slug) ?? null;
  }

  private enter(me: Me | null): void {
    this.current.set(me);
    this.loading = Promise.resolve(me);
    if (me) this.askPassword.person.set({ email: me.person.email });
  }
}
