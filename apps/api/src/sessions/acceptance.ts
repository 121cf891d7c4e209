import { Inject, Injectable } from '@nestjs/common';
import { passwordSchema, type AcceptInvitation, type OpenInvitation } from '@plumbline/contracts';
import { Invitations } from '../members/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Invalid } from '../platform/problems.ts';
import { ANYWHERE } from '../platform/request-context.ts';
import { Accounts } from './accounts.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { Sessions, type Opened, type Origin } from './sessions.ts';

/** Accepting an invitation: with a new account, or with the one that the address has. */
@Injectable()
export class Acceptance {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Invitations) private readonly invitations: Invitations,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /** What an invitation's link is about. Only its holder sees whether the address has an account. */
  open(token: string): Promise<OpenInvitation> {
    return this.database.transaction(ANYWHERE, async (tx) => {
      const found = await this.invitations.open(tx, token);
      return {
        organisationName: found.organisation_name,
        organisationSlug: found.slug,
        email: found.email,
        name: found.name,
        roles: found.roles,
        needsPassword: (await this.accounts.find(tx, found.email)) === null,
      };
    });
  }

  /** Enters the organisation as the invitation says, and signs in. */
  async accept({ token, name, password }: AcceptInvitation, origin: Origin): Promise<Opened> {
    const invitation = await this.open(token);
    const { email, organisationName } = invitation;
    const passwordHash = invitation.needsPassword
      ? await this.newPassword(password, [email, name, organisationName])
      : null;
    if (passwordHash === null) await this.sessions.prove(email, password, origin.network);
    return this.database.transaction(ANYWHERE, async (tx) => {
      const found = await this.invitations.open(tx, token);
      const personId =
        passwordHash === null
          ? (await this.accounts.find(tx, email))!.id
          : await this.accounts.create(tx, { name, email, passwordHash });
      await this.invitations.accept(tx, found, personId);
      return this.sessions.open(tx, personId, origin);
    });
  }

  private newPassword(password: string, about: readonly string[]): Promise<string> {
    const parsed = passwordSchema.safeParse(password);
    if (!parsed.success) {
      throw new Invalid('Choose another password.', [
        { field: 'password', message: parsed.error.issues[0]!.message },
      ]);
    }
    refuseWeakPassword(password, about);
    return this.passwords.hash(password);
  }
}
