import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { PLATFORM_SCOPE } from '../platform/request-context.ts';

/** Topic of the mail that a password was changed. */
export const PASSWORD_CHANGED_MAIL = 'password-changed-mail';

/** A person who can sign in. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string | null;
}

const COLUMNS = sql`id, name, email, password_hash as "passwordHash"`;

/** People as they sign in: one account per address, whatever organisations they work in. */
@Injectable()
export class Accounts {
  constructor(@Inject(Outbox) private readonly outbox: Outbox) {}

  /** The account of an address, in any case of its letters. */
  find(tx: Tx, email: string): Promise<Account | null> {
    return tx.maybe<Account>(sql`
      select ${COLUMNS} from app.person where lower(email) = ${email.toLowerCase()}`);
  }

  /** The account of a person who is known to exist. */
  get(tx: Tx, personId: string): Promise<Account> {
    return tx.one<Account>(sql`
      select ${COLUMNS} from app.person where id = ${personId} and kind = 'human'`);
  }

  /** Opens an account; answers the person's id. */
  async create(
    tx: Tx,
    account: { name: string; email: string; passwordHash: string },
  ): Promise<string> {
    const id = newId();
    await tx.execute(sql`
      insert into app.person (id, email, name, password_hash)
      values (${id}, ${account.email}, ${account.name}, ${account.passwordHash})`);
    return id;
  }

  /** Sets the password that a person has chosen and promises the mail about it, in PLATFORM_SCOPE. */
  async changePassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
    await this.setPassword(tx, personId, passwordHash);
    await this.outbox.add(tx, {
      organisationId: PLATFORM_SCOPE.organisationId,
      topic: PASSWORD_CHANGED_MAIL,
      key: newId(),
      payload: { personId },
    });
  }

  /** Keeps another hash of a person's password, for example a stronger one of the same. */
  async setPassword(tx: Tx, personId: string, passwordHash: string): Promise<void> {
    await tx.execute(
      sql`update app.person set password_hash = ${passwordHash} where id = ${personId}`,
    );
  }
}
