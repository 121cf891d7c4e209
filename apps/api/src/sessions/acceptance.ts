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

/** Who enters an organisation by an invitation, with the password that they give. */
export interface Entrant {
  readonly email: string;
  readonly name: string;
  readonly organisationName: string;
  readonly password: string;
}

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
    const { email, organisationName } = await this.open(token);
    const entrant = { email, name, organisationName, password };
    const passwordHash = await this.proven(entrant, origin.network);
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

  /**
   * Refuses a password with which this person could not accept an invitation to an organisation of
   * this name: for who founds it, before anything is made.
   */
  async requireUsable(entrant: Entrant, network: string): Promise<void> {
    await this.proven(entrant, network);
  }

  /** The hash of a new account's password; null when the address has an account and this is its. */
  private async proven(entrant: Entrant, network: string): Promise<string | null> {
    const { email, name, organisationName, password } = entrant;
    const account = await this.database.transaction(ANYWHERE, (tx) =>
      this.accounts.find(tx, email),
    );
    if (account === null) return this.newPassword(password, [email, name, organisationName]);
    await this.sessions.prove(email, password, network);
    return null;
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
