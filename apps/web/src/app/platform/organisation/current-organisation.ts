import { computed, inject, Injectable } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import type { OrganisationKind, OrganisationStanding } from '@plumbline/contracts';
import { abilityFor, type Action, type Subject } from '@plumbline/policies';
import { Session } from '../session/index.ts';

/**
 * The organisation that the address names, and what the reader is there. Provided by the shell, which
 * is built anew for another organisation: a page never outlives its client.
 */
@Injectable()
export class CurrentOrganisation {
  private readonly session = inject(Session);
  private readonly params = inject(ActivatedRoute).snapshot.params;

  readonly kind: OrganisationKind = this.params['firm'] ? 'firm' : 'client';
  readonly slug = String(this.params[this.kind]);

  private last: OrganisationStanding | null = null;
  /** Stays while the session is asked again, so that a page does not fall apart when it ends. */
  readonly standing = computed<OrganisationStanding>(() => {
    this.last = this.session.standingIn(this.kind, this.slug) ?? this.last;
    if (!this.last) throw new Error('The guard lets nobody in without a standing');
    return this.last;
  });
  readonly name = computed(() => this.standing().name);
  readonly ability = computed(() => abilityFor(this.standing()));
  /** Set for an adviser: the firm they come from. */
  readonly adviserOf = computed(() =>
    this.standing().relation === 'adviser' ? this.standing().firm : null,
  );

  can(action: Action, subject: Subject): boolean {
    return this.ability().can(action, subject);
  }

  /** Address in the API: `api('ai-systems', id)`. */
  api(...parts: readonly string[]): string {
    return ['/api/organisations', this.slug, ...parts.map(encodeURIComponent)].join('/');
  }

  /** Address of a page: `page('ai-systems', id)`, for `routerLink`. */
  page(...parts: readonly string[]): string[] {
    return ['/', this.kind === 'firm' ? 'f' : 'c', this.slug, ...parts];
  }
}
