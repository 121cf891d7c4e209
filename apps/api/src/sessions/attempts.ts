import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { TooManyTries } from '../platform/problems.ts';
import { ANYWHERE } from '../platform/request-context.ts';

/** How many tries are free, how long the growing delay gets at most, and when it is forgotten (seconds). */
interface Limit {
  readonly free: number;
  readonly longest: number;
  readonly forget: number;
}

const ACCOUNT: Limit = { free: 5, longest: 900, forget: 86_400 };
const NETWORK: Limit = { free: 30, longest: 60, forget: 60 };

/** A try to prove who one is: for which address, from where. */
export interface Try {
  readonly purpose: 'sign-in' | 'reset';
  readonly email: string;
  readonly network: string;
}

/**
 * Slows guessing down, per account and per network, without ever locking anyone out: a person who
 * signed in from this network before has a count of their own, which nobody elsewhere can drive up.
 * An address without an account is counted in the same way.
 */
@Injectable()
export class Attempts {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /**
   * Counts a try before it is made, so that many at once gain nothing; refuses it with TooManyTries
   * while the delay runs. Commits on its own: a failure afterwards must not undo the count.
   */
  async begin(attempt: Try): Promise<void> {
    const wait = await this.database.transaction(ANYWHERE, async (tx) => {
      const byNetwork = await this.claim(tx, this.networkKey(attempt), NETWORK);
      if (byNetwork > 0) return byNetwork;
      return this.claim(tx, await this.accountKey(tx, attempt), ACCOUNT);
    });
    if (wait > 0) throw new TooManyTries(wait);
  }

  /** The same for a secret in a link, which has no account: by network alone. */
  async beginAt(network: string): Promise<void> {
    const wait = await this.database.transaction(ANYWHERE, (tx) =>
      this.claim(tx, this.key('link', 'network', network), NETWORK),
    );
    if (wait > 0) throw new TooManyTries(wait);
  }

  /** Forgets the tries of an account that has proved itself, and takes its last off the network's. */
  async succeeded(tx: Tx, attempt: Try): Promise<void> {
    await tx.execute(sql`
      delete from app.sign_in_attempt
      where key = ${await this.accountKey(tx, attempt)} or last_at < now() - interval '2 days'`);
    await tx.execute(sql`
      update app.sign_in_attempt set failures = greatest(failures - 1, 0), allowed_at = now()
      where key = ${this.networkKey(attempt)}`);
  }

  /** Seconds to wait; 0 when the try may be made, which is counted then. */
  private async claim(tx: Tx, key: string, { free, longest, forget }: Limit): Promise<number> {
    const failures = sql`case when a.last_at < now() - make_interval(secs => ${forget}) then 1
                              else a.failures + 1 end`;
    const claimed = await tx.execute(sql`
      insert into app.sign_in_attempt as a (key, failures) values (${key}, 1)
      on conflict (key) do update set
        failures = ${failures},
        last_at = now(),
        allowed_at = now() + make_interval(secs => case
          when ${failures} < ${free} then 0
          else least(${longest}::float8, power(2::float8, least((${failures}) - ${free}, 20)))
        end)
      -- Not now(): who waited for this row began before what it says was written.
      where a.allowed_at <= clock_timestamp()`);
    if (claimed === 1) return 0;
    const { seconds } = await tx.one<{ seconds: number }>(sql`
      select greatest(ceil(extract(epoch from allowed_at - now())), 1)::int as seconds
      from app.sign_in_attempt where key = ${key}`);
    return seconds;
  }

  private async accountKey(tx: Tx, { purpose, email, network }: Try): Promise<string> {
    const known = await tx.maybe(sql`
      select 1 from app.session s join app.person p on p.id = s.person_id
      where lower(p.email) = ${email.toLowerCase()} and s.network = ${network}
        and s.created_at > now() - interval '30 days'
      limit 1`);
    return this.key(purpose, email.toLowerCase(), known ? network : '');
  }

  private networkKey = ({ purpose, network }: Try): string => this.key(purpose, 'network', network);

  private key(...parts: string[]): string {
    return createHmac('sha256', this.configuration.secrets.sessionPepper)
      .update(JSON.stringify(parts))
      .digest('base64url');
  }
}
