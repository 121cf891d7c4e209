import { Inject, Injectable } from '@nestjs/common';
import type { AnswerAsGuest, GuestReceipt, GuestTask } from '@plumbline/contracts';
import { compiledOf, factsAtTask, type FormStep } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { contextOf } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { hashSecret } from '../platform/one-time-link.ts';
import { Problem } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import { ANYWHERE, type RequestContext } from '../platform/request-context.ts';
import { factInWords, factLabel, factRows, Runs } from '../runs/index.ts';
import { guestForm, Tasks } from '../tasks/index.ts';

/** One answer for every link that leads nowhere: never made, expired, taken back or used. */
export class GuestLinkGone extends Problem {
  constructor() {
    super(
      404,
      'guest-link-gone',
      'This link has expired, was used, or was taken back. Ask the person who sent it for a new one.',
    );
  }
}

interface Link {
  id: string;
  organisation_id: string;
  task_id: string;
  run_id: string;
  key: string;
  step: string;
  title: string;
  reference: string;
  due_at: Date | null;
  name: string;
  email: string;
  message: string;
  invited_by: string;
  expires_at: Date;
  organisation_name: string;
}

/** A form as somebody outside sees it, by the secret of a link: that form and nothing else. */
@Injectable()
export class GuestTasks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Tasks) private readonly tasks: Tasks,
  ) {}

  /** The form; notes that the link was opened. */
  open(token: string): Promise<GuestTask> {
    return this.database.transaction(ANYWHERE, async (tx) => {
      const link = await this.enter(tx, token);
      const inviter = await this.inviter(tx, link);
      const run = await this.runs.look(tx, inviter, link.run_id);
      const step = run.definition.steps.find(({ id }) => id === link.step) as FormStep;
      const facts = factsAtTask(compiledOf(run.definition), run.state, link.key, run.surroundings);
      await tx.execute(sql`
        update app.guest_link set opened_at = coalesce(opened_at, now())
        where organisation_id = ${link.organisation_id} and id = ${link.id}`);
      const known = { ...run.surroundings.facts, ...facts };
      const { form, facts: declared, values } = guestForm(step.form, run.definition.facts, known);
      const nobody = new Map<string, never>();
      return {
        organisationName: link.organisation_name,
        invitedBy: inviter.personName,
        title: link.title,
        description: step.description ?? null,
        message: link.message,
        expiresAt: link.expires_at.toISOString(),
        dueAt: link.due_at?.toISOString() ?? null,
        guest: { name: link.name, email: link.email },
        form: { ...form },
        facts: declared.map((fact) => ({ ...fact })),
        values,
        shows: (step.form.shows ?? []).map((name) => ({
          name,
          label: factLabel(run.definition, name),
          value: factInWords(run.definition, name, facts[name], nobody),
          rows: factRows(run.definition, name, facts[name], nobody),
          path: null,
        })),
      };
    });
  }

  /** Hands the answers in as the inviting member's work, once; who answered is recorded. */
  answer({ token, name, email, answers }: AnswerAsGuest): Promise<GuestReceipt> {
    return this.database.transaction(ANYWHERE, async (tx) => {
      const link = await this.enter(tx, token);
      const inviter = await this.inviter(tx, link);
      // Two at once: the second waits here, and finds the link used.
      const used = await tx.execute(sql`
        update app.guest_link set used_at = now(), guest_name = ${name}, guest_email = ${email}
        where organisation_id = ${link.organisation_id} and id = ${link.id} and used_at is null
          and revoked_at is null`);
      if (used === 0) throw new GuestLinkGone();
      await recordEvent(tx, inviter, {
        action: 'guest-link.answered',
        entity: 'task',
        entityId: link.task_id,
        payload: { link: link.id, name, email, for: link.invited_by },
      });
      const receipt = await this.tasks.handIn(tx, inviter, link.task_id, {
        answers: answers,
      });
      return {
        reference: receipt.reference,
        at: receipt.at,
        organisationName: link.organisation_name,
      };
    });
  }

  /** The live link of a secret, with the transaction in its organisation. */
  private async enter(tx: Tx, token: string): Promise<Link> {
    const found = await tx.maybe<{ organisation_id: string; id: string }>(
      sql`select * from app.find_guest_link(${hashSecret(token)})`,
    );
    if (!found) throw new GuestLinkGone();
    await tx.enter({ organisationId: found.organisation_id, personId: null });
    const link = await tx.maybe<Link>(sql`
      select g.id, g.organisation_id, g.task_id, t.run_id, t.key, t.step, t.title, t.reference,
             t.due_at, g.name, g.email, g.message, g.invited_by, g.expires_at, o.name as organisation_name
      from app.guest_link g
      join app.task t on t.organisation_id = g.organisation_id and t.id = g.task_id
      join app.organisation o on o.id = g.organisation_id
      where g.organisation_id = ${found.organisation_id} and g.id = ${found.id}
        and g.used_at is null and g.revoked_at is null and g.expires_at > now()
        and t.status = 'open'`);
    if (!link) throw new GuestLinkGone();
    return link;
  }

  /** The member whose work it is, with the rights that they have now. */
  private async inviter(tx: Tx, link: Link): Promise<RequestContext> {
    const scope = { organisationId: link.organisation_id, personId: link.invited_by };
    const inviter = await contextOf(tx, scope, link.id);
    if (inviter?.relation !== 'member') throw new GuestLinkGone();
    await tx.enter(scope);
    return inviter;
  }
}
