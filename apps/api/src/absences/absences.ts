import { Inject, Injectable } from '@nestjs/common';
import type { AbsencesAnswer, DeclareAbsence } from '@plumbline/contracts';
import { dayAfter } from '@plumbline/frameworks';
import sql from 'sql-template-tag';
import { Members, type PersonHere } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  Refused,
  type FieldProblem,
} from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { dateInWords, roleInWords } from '../runs/index.ts';
import { Workflows } from '../workflows/index.ts';
import { AbsenceNews } from './absence-news.ts';
import { absenceRows, managesAbsences, toAbsence, type AbsenceRow } from './absence-row.ts';

/**
 * Who is away and who stands in. A substitute sees and does the work "on behalf of" the absent
 * person; separation of duties is judged for both by the engine, when they act.
 */
@Injectable()
export class Absences {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Members) private readonly members: Members,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(AbsenceNews) private readonly news: AbsenceNews,
  ) {}

  /** The reader's absences and those in which they stand in; all of them for who manages them. */
  list(ctx: RequestContext): Promise<AbsencesAnswer> {
    return this.database.transaction(ctx, (tx) => this.answer(tx, ctx));
  }

  /** Declares an absence. Recorded; the substitute is told. */
  declare(ctx: RequestContext, input: DeclareAbsence): Promise<AbsencesAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const personId = input.person ?? ctx.personId;
      if (personId !== ctx.personId && !managesAbsences(ctx)) {
        throw new Forbidden(
          'You can declare your own absences. Ask an AIMS manager to declare this one.',
        );
      }
      const today = await this.takeTurns(tx, ctx);
      const person = await this.members.find(tx, personId);
      if (person?.relation !== 'member') throw new NotFound();
      requireDays(input, today);
      await this.requireScope(tx, ctx, person, input);
      await this.requireSubstitute(tx, person, input.substitute);
      await this.requireNoOverlap(tx, ctx, personId, input);
      const id = newId();
      await tx.execute(sql`
        insert into app.absence (organisation_id, id, person_id, substitute_id, from_on, until_on,
                                 workflows, roles, note, declared_by)
        values (${ctx.organisationId}, ${id}, ${personId}, ${input.substitute}, ${input.from},
                ${input.until}, ${input.workflows}::text[], ${input.roles}::text[], ${input.note},
                ${ctx.personId})`);
      await recordEvent(tx, ctx, {
        action: 'absence.declared',
        entity: 'absence',
        entityId: id,
        payload: { ...input, person: personId },
      });
      await this.news.declared(tx, ctx, { id, person, input, today });
      return this.answer(tx, ctx);
    });
  }

  /** Ends an absence, from now on. Recorded. */
  end(ctx: RequestContext, id: string): Promise<AbsencesAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const today = await this.takeTurns(tx, ctx);
      const row = await tx.one<{ person_id: string; substitute_id: string; live: boolean }>(sql`
        select person_id, substitute_id, ended_at is null and until_on >= ${today}::date as live
        from app.absence where organisation_id = ${ctx.organisationId} and id = ${id}
          and ${visibleTo(ctx)}`);
      if (row.person_id !== ctx.personId && !managesAbsences(ctx)) {
        throw new Forbidden('Whoever is away ends it, or an AIMS manager. Ask one of them.');
      }
      if (!row.live) {
        throw new Conflict('absence-over', 'This absence is over already. Nothing was changed.');
      }
      await tx.execute(sql`
        update app.absence set ended_at = now(), ended_by = ${ctx.personId}
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'absence.ended',
        entity: 'absence',
        entityId: id,
        payload: {},
      });
      const { name } = await this.members.personOf(tx, row.person_id);
      await this.news.ended(tx, ctx, { id, name, substitute: row.substitute_id });
      return this.answer(tx, ctx);
    });
  }

  private async answer(tx: Tx, ctx: RequestContext): Promise<AbsencesAnswer> {
    const names = await this.workflowNames(tx, ctx);
    const rows = await tx.query<AbsenceRow>(
      absenceRows(sql`a.organisation_id = ${ctx.organisationId} and ${visibleTo(ctx)}
        order by a.ended_at is not null, a.until_on desc, a.id desc limit 200`),
    );
    const items = rows.map((row) => toAbsence(ctx, row, names));
    const away = items.find(({ state, person }) => state === 'now' && person.id === ctx.personId);
    const standing = await tx.query<{ id: string; name: string; until: string }>(sql`
      select person_id as id, person_name as name, max(until_on)::text as until
      from app.standing_in() where substitute_id = ${ctx.personId}
      group by person_id, person_name order by person_name`);
    return {
      items,
      away: away ? { id: away.id, substitute: away.substitute, until: away.until } : null,
      standingInFor: standing.map(({ id, name, until }) => ({ person: { id, name }, until })),
      choices: await this.choices(tx, ctx, names),
    };
  }

  private async choices(
    tx: Tx,
    ctx: RequestContext,
    names: ReadonlyMap<string, string>,
  ): Promise<AbsencesAnswer['choices']> {
    const members = await tx.query<{ id: string; name: string; roles: string[] }>(sql`
      select person_id as id, name, roles from app.people_here(null, null)
      where relation = 'member' and email is not null order by name, person_id`);
    const people = members.filter(({ id }) => id === ctx.personId || managesAbsences(ctx));
    return {
      people: people.map(({ id, name, roles }) => ({
        ...{ id, name },
        roles: roles.map((key) => ({ key, label: roleInWords(key) })),
      })),
      substitutes: members.filter(standsInAtAll).map(({ id, name }) => ({ id, name })),
      workflows: [...names].map(([key, name]) => ({ key, name })),
    };
  }

  private async workflowNames(tx: Tx, ctx: RequestContext): Promise<Map<string, string>> {
    await this.workflows.installLibrary(tx, ctx);
    const all = await tx.query<{ key: string; name: string }>(sql`
      select distinct on (key) key, name from app.workflow_version
      where organisation_id = ${ctx.organisationId} order by key, version desc`);
    return new Map(all.map(({ key, name }) => [key, name]));
  }

  /** The organisation's day of today; changes of absences take turns, so that none overlap. */
  private async takeTurns(tx: Tx, { organisationId }: RequestContext): Promise<string> {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext('absences'), hashtext(${organisationId}))`,
    );
    const { today } = await tx.one<{ today: string }>(sql`
      select (now() at time zone time_zone)::date::text as today from app.organisation
      where id = ${organisationId}`);
    return today;
  }

  private async requireScope(
    tx: Tx,
    ctx: RequestContext,
    { roles }: PersonHere,
    input: DeclareAbsence,
  ): Promise<void> {
    const problems: FieldProblem[] = [];
    const names = input.workflows && (await this.workflowNames(tx, ctx));
    if (input.workflows?.some((key) => !names?.has(key))) {
      problems.push({ field: 'workflows', message: 'Choose workflows of this organisation.' });
    }
    if (input.roles?.some((role) => !roles.includes(role))) {
      problems.push({ field: 'roles', message: 'Choose roles that this person holds.' });
    }
    if (problems.length > 0) throw new Invalid('This scope cannot be used.', problems);
  }

  private async requireSubstitute(tx: Tx, person: PersonHere, id: string): Promise<void> {
    const refuse = (message: string) =>
      new Invalid('This person cannot stand in.', [{ field: 'substitute', message }]);
    if (id === person.id) throw refuse('Choose somebody else: nobody stands in for themselves.');
    const substitute = await this.members.find(tx, id);
    if (substitute?.relation === 'adviser') {
      throw new Refused(
        'adviser-never-stands-in',
        'Advisers prepare and never decide, so they do not stand in for anybody. Choose somebody of this organisation.',
      );
    }
    if (!substitute?.email || !standsInAtAll(substitute)) {
      throw refuse('Choose somebody of this organisation who does work here.');
    }
  }

  private async requireNoOverlap(
    tx: Tx,
    ctx: RequestContext,
    personId: string,
    { from, until, workflows, roles }: DeclareAbsence,
  ): Promise<void> {
    const other = await tx.maybe<{ from_on: string; until_on: string }>(sql`
      select from_on::text as from_on, until_on::text as until_on from app.absence
      where organisation_id = ${ctx.organisationId} and person_id = ${personId}
        and ended_at is null and from_on <= ${until}::date and until_on >= ${from}::date
        and (workflows is null or ${workflows}::text[] is null or workflows && ${workflows}::text[])
        and (roles is null or ${roles}::text[] is null or roles && ${roles}::text[])
      order by from_on limit 1`);
    if (!other) return;
    throw new Conflict(
      'absence-overlaps',
      `There is an absence from ${dateInWords(other.from_on)} to ${dateInWords(other.until_on)} for some of the same work already. End that one first, or choose other days.`,
    );
  }
}

/** An auditor from outside reads and does no work here. */
const standsInAtAll = ({ roles }: { readonly roles: readonly string[] }): boolean =>
  roles.some((role) => role !== 'ext.cert_auditor');

function visibleTo(ctx: RequestContext) {
  if (managesAbsences(ctx)) return sql`true`;
  return sql`(person_id = ${ctx.personId} or substitute_id = ${ctx.personId})`;
}

function requireDays({ from, until }: DeclareAbsence, today: string): void {
  const problems: FieldProblem[] = [];
  if (until < from) {
    problems.push({ field: 'until', message: 'The last day cannot be before the first.' });
  } else if (until < today) {
    problems.push({
      field: 'until',
      message: 'This time is over. Choose a last day from today on.',
    });
  } else if (until > dayAfter(today, 'P12M')) {
    problems.push({ field: 'until', message: 'Choose a last day within the next 12 months.' });
  }
  if (problems.length > 0) throw new Invalid('These days cannot be used.', problems);
}
