import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ChangePassword, Me, SignIn } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { IDLE_MINUTES, LONGEST_HOURS, STEP_UP_MINUTES } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { hashSecret } from '../platform/one-time-link.ts';
import { Invalid, NotSignedIn, Problem } from '../platform/problems.ts';
import { ANYWHERE, PLATFORM_SCOPE, type SignedIn } from '../platform/request-context.ts';
import { Accounts, type Account } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { refuseWeakPassword } from './password-rules.ts';
import { Passwords } from './passwords.ts';
import { standingsOf } from './standings.ts';

/** Where a request that opens a session comes from. */
export interface Origin {
  readonly network: string;
  readonly userAgent: string;
  /** The session that the browser still holds, which a new one replaces. */
  readonly replaces: string | null;
}

/** A session just opened or rotated: the secret for the cookie, and who it is. */
export interface Opened {
  readonly secret: string;
  readonly me: Me;
}

/** One answer for an unknown address and a wrong password. */
export class WrongCredentials extends Problem {
  constructor() {
    super(401, 'wrong-credentials', 'The e-mail address or the password is wrong.');
  }
}

interface SessionRow {
  last_seen_at: Date;
  expires_at: Date;
  stepped_up_at: Date | null;
  now: Date;
}

/** Signing in and out, and proving again who one is. Sessions live in the database and end at once. */
@Injectable()
export class Sessions {
  private readonly logger = new Logger('Security');

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Passwords) private readonly passwords: Passwords,
    @Inject(Attempts) private readonly attempts: Attempts,
  ) {}

  /** Opens a session for whoever knows the password; ends the one that the browser held before. */
  async signIn({ email, password }: SignIn, origin: Origin): Promise<Opened> {
    const account = await this.prove(email, password, origin.network);
    return this.database.transaction(ANYWHERE, (tx) => this.open(tx, account.id, origin));
  }

  /**
   * The account of an address if this is its password, else WrongCredentials or, when tried too
   * often, TooManyTries. Costs the same whether there is an account or not.
   */
  async prove(email: string, password: string, network: string): Promise<Account> {
    const attempt = { purpose: 'sign-in', email, network } as const;
    await this.attempts.begin(attempt);
    const account = await this.database.transaction(ANYWHERE, (tx) =>
      this.accounts.find(tx, email),
    );
    const checked = await this.passwords.check(account?.passwordHash ?? null, password);
    if (!account || !checked.right) {
      this.logger.warn({ message: 'wrong credentials', personId: account?.id ?? null, network });
      throw new WrongCredentials();
    }
    const renewed = checked.outdated ? await this.passwords.hash(password) : null;
    await this.database.transaction(ANYWHERE, async (tx) => {
      await this.attempts.succeeded(tx, attempt);
      if (renewed) await this.accounts.setPassword(tx, account.id, renewed);
    });
    return account;
  }

  /** Opens a session for a person who has just proved who they are. */
  async open(tx: Tx, personId: string, { network, userAgent, replaces }: Origin): Promise<Opened> {
    const secret = newSecret();
    const id = newId();
    if (replaces) await this.revoke(tx, sql`id = ${replaces}`);
    await tx.execute(sql`
      insert into app.session
        (id, person_id, token_hash, expires_at, stepped_up_at, user_agent, network)
      values (${id}, ${personId}, ${hashSecret(secret)},
              now() + make_interval(hours => ${LONGEST_HOURS}), now(),
              ${userAgent.slice(0, 300)}, ${network})`);
    this.logger.log({ message: 'signed in', personId, network });
    return { secret, me: await this.describe(tx, personId, id) };
  }

  /** Who is signed in, until when, and where they may go. */
  current({ personId, sessionId }: SignedIn): Promise<Me> {
    return this.database.transaction(ANYWHERE, (tx) => this.describe(tx, personId, sessionId));
  }

  async signOut({ sessionId, personId }: SignedIn): Promise<void> {
    await this.database.transaction(ANYWHERE, (tx) => this.revoke(tx, sql`id = ${sessionId}`));
    this.logger.log({ message: 'signed out', personId });
  }

  /** Notes that the person has shown again who they are; the session goes on under a new secret. */
  async stepUp(signedIn: SignedIn, password: string, network: string): Promise<Opened> {
    await this.prove(signedIn.email, password, network);
    return this.database.transaction(ANYWHERE, (tx) => this.rotate(tx, signedIn));
  }

  /** Sets a new password; every other session of the person ends, this one gets a new secret. */
  async changePassword(
    signedIn: SignedIn,
    { current, password }: ChangePassword,
    network: string,
  ): Promise<Opened> {
    refuseWeakPassword(password, [signedIn.email, signedIn.personName]);
    if (current === password) {
      throw new Invalid('Choose another password.', [
        { field: 'password', message: 'This is your present password. Choose a new one.' },
      ]);
    }
    await this.prove(signedIn.email, current, network);
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(PLATFORM_SCOPE, async (tx) => {
      await this.accounts.changePassword(tx, signedIn.personId, passwordHash);
      await this.endAllOf(tx, signedIn.personId, signedIn.sessionId);
      this.logger.log({ message: 'password changed', personId: signedIn.personId });
      return this.rotate(tx, signedIn);
    });
  }

  /** Ends every session of a person, but for one. */
  async endAllOf(tx: Tx, personId: string, except: string | null = null): Promise<void> {
    await this.revoke(tx, sql`person_id = ${personId} and id is distinct from ${except}::uuid`);
  }

  private async revoke(tx: Tx, which: ReturnType<typeof sql>): Promise<void> {
    await tx.execute(
      sql`update app.session set revoked_at = now() where revoked_at is null and ${which}`,
    );
  }

  private async rotate(tx: Tx, { sessionId, personId }: SignedIn): Promise<Opened> {
    const secret = newSecret();
    const rotated = await tx.execute(sql`
      update app.session set token_hash = ${hashSecret(secret)}, stepped_up_at = now()
      where id = ${sessionId} and revoked_at is null`);
    if (rotated === 0) throw new NotSignedIn();
    return { secret, me: await this.describe(tx, personId, sessionId) };
  }

  private async describe(tx: Tx, personId: string, sessionId: string): Promise<Me> {
    const session = await tx.one<SessionRow>(sql`
      select last_seen_at, expires_at, stepped_up_at, now() as now
      from app.session where id = ${sessionId}`);
    const { id, name, email } = await this.accounts.get(tx, personId);
    const idleUntil = later(session.last_seen_at, IDLE_MINUTES);
    const steppedUpUntil = session.stepped_up_at && later(session.stepped_up_at, STEP_UP_MINUTES);
    return {
      person: { id, name, email },
      organisations: await standingsOf(tx, personId),
      idleUntil: min(idleUntil, session.expires_at).toISOString(),
      expiresAt: session.expires_at.toISOString(),
      steppedUpUntil:
        steppedUpUntil && steppedUpUntil > session.now ? steppedUpUntil.toISOString() : null,
    };
  }
}

const newSecret = (): string => randomBytes(32).toString('base64url');
const later = (time: Date, minutes: number): Date => new Date(time.getTime() + minutes * 60_000);
const min = (a: Date, b: Date): Date => (a < b ? a : b);
