import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ResetPassword } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { ANYWHERE, PLATFORM_SCOPE } from '../platform/request-context.ts';
import { Accounts } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { ResetLinks } from './reset-links.ts';

/** How people who forgot their password set a new one. */
@Injectable()
export class PasswordResets {
  private readonly logger = new Logger('Security');

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(ResetLinks) private readonly links: ResetLinks,
  ) {}

  /** Promises a mail with a link, if the address has an account; does the same work if it has none. */
  async request(email: string, network: string): Promise<void> {
    await this.attempts.begin({ purpose: 'reset', email, network });
    await this.database.transaction(PLATFORM_SCOPE, async (tx) => {
      const account = await this.accounts.find(tx, email);
      await this.links.add(tx, account?.id ?? null);
    });
  }

  /** Sets the password by a link, once. Every session of the person and every other link ends. */
  async complete({ token, password }: ResetPassword): Promise<void> {
    const owner = await this.database.transaction(ANYWHERE, (tx) => this.links.ownerOf(tx, token));
    refuseWeakPassword(password, [owner.name, owner.email]);
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(PLATFORM_SCOPE, async (tx) => {
      const personId = await this.links.use(tx, token);
      await this.accounts.changePassword(tx, personId, passwordHash);
      await tx.execute(sql`
        update app.session set revoked_at = now()
        where person_id = ${personId} and revoked_at is null`);
      this.logger.log({ message: 'password reset', personId });
    });
  }
}
