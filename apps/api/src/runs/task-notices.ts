import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Members, type PersonHere } from '../members/index.ts';
import { Notifications, type News } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { dateInWords, roleInWords } from './plain-words.ts';

type Occasion = 'opened' | 'due-soon' | 'late' | 'reminder' | 'escalated';

interface Row {
  id: string;
  reference: string;
  type: 'form' | 'task' | 'approval';
  role: string;
  roles: string[];
  assignee: string | null;
  voters: string[];
  workflow_key: string;
  due_at: Date | null;
  slug: string;
  time_zone: string;
}

/**
 * Tells people that a task waits for them: when it opens, before it is due, when it is late, and when
 * a level of its escalation says so.
 */
@Injectable()
export class TaskNotices {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  /**
   * Tells whoever the task waits for, unless it is closed or it is `by` themselves. Each `key` is
   * told once. Answers how many people are meant.
   */
  async tell(
    tx: Tx,
    organisationId: string,
    task: { readonly runId: string; readonly key: string },
    notice: {
      readonly occasion: Occasion;
      readonly key: string;
      readonly by?: string | null;
      /** Only everybody with this role, instead of whom the task waits for. */
      readonly role?: string | null;
    },
  ): Promise<number> {
    const row = await tx.maybe<Row>(sql`
      select t.id, t.reference, t.type, t.role, t.roles, t.assignee, t.voters, t.due_at, o.slug,
             o.time_zone, r.workflow_key
      from app.task t join app.organisation o on o.id = t.organisation_id
      join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
      where t.organisation_id = ${organisationId} and t.run_id = ${task.runId}
        and t.key = ${task.key} and t.status = 'open' and t.held_at is null
        and t.suspended_at is null`);
    if (!row) return 0;
    let told = 0;
    const people = await this.waitedFor(tx, row, notice.role ?? null);
    for (const person of [...people, ...(await this.standIns(tx, row, people))]) {
      if (person.id === notice.by) continue;
      told += 1;
      await this.notifications.notify(tx, {
        organisationId,
        personId: person.id,
        ...newsOf(row, notice.occasion),
        path: `/c/${row.slug}/tasks/${row.id}`,
        key: notice.key,
      });
    }
    return told;
  }

  private async waitedFor(tx: Tx, task: Row, only: string | null): Promise<PersonHere[]> {
    if (task.assignee !== null && only === null) {
      const person = await this.members.find(tx, task.assignee);
      return person ? [person] : [];
    }
    const roles = only === null ? task.roles : [only];
    const people = new Map<string, PersonHere>();
    for (const role of roles) {
      for (const person of await this.members.withRole(tx, role)) people.set(person.id, person);
    }
    for (const voter of task.voters) people.delete(voter);
    return [...people.values()];
  }

  /** Who stands in at this moment for the people that the task waits for. */
  private async standIns(tx: Tx, task: Row, people: readonly PersonHere[]): Promise<PersonHere[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select distinct a.substitute_id as id from app.standing_in() a
      where a.person_id = any (${people.map(({ id }) => id)}::uuid[])
        and not (a.substitute_id = any (${task.voters}::uuid[]))
        and (a.workflows is null or ${task.workflow_key} = any (a.workflows))
        and ((a.whole and ${task.assignee}::uuid is not null)
          or a.roles && ${task.roles}::text[])`);
    const known = new Set(people.map(({ id }) => id));
    const found: PersonHere[] = [];
    for (const { id } of rows) {
      const person = known.has(id) ? null : await this.members.find(tx, id);
      if (person) found.push(person);
    }
    return found;
  }
}

/** What is said: the reference and the kind of work, nothing of its content, since mail carries it. */
function newsOf(task: Row, occasion: Occasion): Pick<News, 'kind' | 'subject' | 'text'> {
  const work = task.type === 'approval' ? 'A decision' : 'A task';
  const role =
    task.assignee === null
      ? ` It is open to everyone with the role “${roleInWords(task.role)}”.`
      : '';
  const due = task.due_at ? dateInWords(task.due_at.toISOString(), task.time_zone) : null;
  switch (occasion) {
    case 'opened':
      return {
        kind: 'your-turn',
        subject: `${work} waits for you (${task.reference})`,
        text: `${work} waits for you.${due ? ` It is due on ${due}.` : ''}${role}`,
      };
    case 'due-soon':
      return {
        kind: 'your-turn',
        subject: `${work} is due soon (${task.reference})`,
        text: `${work} that waits for you is due on ${due ?? 'an early day'}.${role}`,
      };
    case 'reminder':
      return {
        kind: 'your-turn',
        subject: `${work} still waits for you (${task.reference})`,
        text: `${work} still waits for you.${due ? ` It is due on ${due}.` : ''}${role}`,
      };
    case 'escalated':
      return {
        kind: 'late',
        subject: `${work} needs your help (${task.reference})`,
        text: `${work} is taking too long.${due ? ` It is due on ${due}.` : ''} You may now act for it.`,
      };
    case 'late':
      return {
        kind: 'late',
        subject: `${work} is late (${task.reference})`,
        text: `${work} that waits for you was due on ${due ?? 'an earlier day'}. Others wait for it.${role}`,
      };
  }
}
