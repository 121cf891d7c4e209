import { Inject, Injectable } from '@nestjs/common';
import { Configuration } from '../platform/config/configuration.ts';
import { linkSecret } from '../platform/one-time-link.ts';
import { secretText } from './signing.ts';

/** Hours that calls are signed with the old secret, too, after it was rolled. */
export const OLD_SECRET_HOURS = 24;

/** What the secrets of an endpoint are made from. */
export interface SecretsOf {
  readonly id: string;
  /** 1 for the first one, and one more each time that it is rolled. */
  readonly number: number;
  readonly oldUntil: Date | null;
}

/** Secrets of endpoints: made from the installation's key each time, kept nowhere. */
@Injectable()
export class WebhookSecrets {
  constructor(@Inject(Configuration) private readonly configuration: Configuration) {}

  /** The newest. */
  of({ id, number }: Pick<SecretsOf, 'id' | 'number'>): string {
    const { sessionPepper } = this.configuration.secrets;
    return secretText(linkSecret(sessionPepper, 'webhook', id, number));
  }

  /** Those in force at `now`, newest first. */
  inForce({ id, number, oldUntil }: SecretsOf, now: Date): string[] {
    const newest = this.of({ id, number });
    return oldUntil && oldUntil > now ? [newest, this.of({ id, number: number - 1 })] : [newest];
  }
}
