import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { hashSecret, linkSecret } from '../platform/one-time-link.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Problem } from '../platform/problems.ts';
import { PLATFORM_SCOPE } from '../platform/request-context.ts';

/** Topic of the mail with the link. */
export const PASSWORD_RESET_MAIL = 'password-reset-mail';

/** Minutes that the link works. */
export const RESET_MINUTES = 30;

/** One answer for every link that leads nowhere: never made, expired or used. */
export class ResetGone extends Problem {
  constructor() {
    super(
      404,
      'reset-gone',
      'This link has expired or was used. Ask for a new one on the sign-in page.',
    );
  }
}

/** Links that let a person set a password, once, within half an hour. */
@Injectable()
export class ResetLinks {
  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /** Makes a link and promises its mail, in PLATFORM_SCOPE. One that is nobody's is never sent. */
  async add(tx: Tx, personId: string | null): Promise<void> {
    const id = newId();
    await tx.execute(
      sql`delete from app.password_reset where expires_at < now() - interval '1 day'`,
    );
    await tx.execute(sql`
      insert into app.password_reset (id, person_id, token_hash, expires_at)
      values (${id}, ${personId}, ${hashSecret(this.secretOf(id))},
              now() + make_interval(mins => ${RESET_MINUTES}))`);
    await this.outbox.add(tx, {
      organisationId: PLATFORM_SCOPE.organisationId,
      topic: PASSWORD_RESET_MAIL,
      key: id,
      payload: { resetId: id },
    });
  }

  /** Whose link this is; ResetGone when it leads nowhere. */
  async ownerOf(tx: Tx, token: string): Promise<{ name: string; email: string }> {
    const owner = await tx.maybe<{ name: string; email: string }>(sql`
      select p.name, p.email
      from app.password_reset r join app.person p on p.id = r.person_id
      where r.token_hash = ${hashSecret(token)} and r.used_at is null and r.expires_at > now()`);
    if (!owner) throw new ResetGone();
    return owner;
  }

  /** Uses a link up, and every other of the same person; answers the person. Of two at once, one fails. */
  async use(tx: Tx, token: string): Promise<string> {
    const used = await tx.maybe<{ person_id: string }>(sql`
      update app.password_reset set used_at = now()
      where token_hash = ${hashSecret(token)} and person_id is not null
        and used_at is null and expires_at > now()
      returning person_id`);
    if (!used) throw new ResetGone();
    await tx.execute(sql`
      update app.password_reset set used_at = now()
      where person_id = ${used.person_id} and used_at is null`);
    return used.person_id;
  }

  /** Where the link of a reset leads, on the web. */
  linkOf(id: string): string {
    return new URL(`/reset/${this.secretOf(id)}`, this.configuration.environment.PUBLIC_URL).href;
  }

  private secretOf(id: string): string {
    return linkSecret(this.configuration.secrets.sessionPepper, 'password-reset', id);
  }
}
