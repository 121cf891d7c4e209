import type { Absence } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import type { RequestContext } from '../platform/request-context.ts';
import { dateInWords, roleInWords } from '../runs/index.ts';

/** An absence as lists read it. */
export interface AbsenceRow {
  id: string;
  person_id: string;
  person_name: string;
  substitute_id: string;
  substitute_name: string;
  from_on: string;
  until_on: string;
  workflows: string[] | null;
  roles: string[] | null;
  note: string;
  declared_by: string;
  declared_by_name: string;
  declared_at: Date;
  ended_by: string | null;
  ended_by_name: string | null;
  ended_at: Date | null;
  today: string;
  substitute_here: boolean;
  own_from: string | null;
  own_until: string | null;
}

/** Whether the reader declares and ends absences of others. */
export const managesAbsences = (ctx: RequestContext): boolean =>
  ctx.ability.can('manage', 'Absence');

/** Absences with names, with today, and with an absence of the substitute that leaves a gap. */
export const absenceRows = (where: Sql): Sql => sql`
  select a.id, a.person_id, p.name as person_name, a.substitute_id, s.name as substitute_name,
         a.from_on::text as from_on, a.until_on::text as until_on, a.workflows, a.roles, a.note,
         a.declared_by, d.name as declared_by_name, a.declared_at,
         a.ended_by, e.name as ended_by_name, a.ended_at,
         (now() at time zone o.time_zone)::date::text as today,
         exists (select 1 from app.people_here(a.substitute_id, null) h
           where h.relation = 'member') as substitute_here,
         own.from_on::text as own_from, own.until_on::text as own_until
  from app.absence a
  join app.organisation o on o.id = a.organisation_id
  join app.person p on p.id = a.person_id
  join app.person s on s.id = a.substitute_id
  join app.person d on d.id = a.declared_by
  left join app.person e on e.id = a.ended_by
  left join lateral (
    select b.from_on, b.until_on from app.absence b
    where b.organisation_id = a.organisation_id and b.person_id = a.substitute_id
      and b.ended_at is null and b.from_on <= a.until_on and b.until_on >= a.from_on
      and (b.workflows is null or a.workflows is null or b.workflows && a.workflows)
    order by b.from_on limit 1) own on true
  where ${where}`;

/** An absence as the contract says; `names` are the names of workflows by key. */
export function toAbsence(
  ctx: RequestContext,
  row: AbsenceRow,
  names: ReadonlyMap<string, string>,
): Absence {
  const state = stateOf(row);
  const live = state === 'planned' || state === 'now';
  return {
    id: row.id,
    person: { id: row.person_id, name: row.person_name },
    substitute: { id: row.substitute_id, name: row.substitute_name },
    from: row.from_on,
    until: row.until_on,
    workflows: row.workflows?.map((key) => ({ key, name: names.get(key) ?? key })) ?? null,
    roles: row.roles?.map((key) => ({ key, label: roleInWords(key) })) ?? null,
    note: row.note,
    state,
    declaredBy: { id: row.declared_by, name: row.declared_by_name },
    declaredAt: row.declared_at.toISOString(),
    endedBy:
      row.ended_by === null ? null : { id: row.ended_by, name: row.ended_by_name ?? 'Someone' },
    endedAt: row.ended_at?.toISOString() ?? null,
    gap: live ? gapOf(row) : null,
    mayEnd: live && (row.person_id === ctx.personId || managesAbsences(ctx)),
  };
}

function stateOf({ ended_at, today, from_on, until_on }: AbsenceRow): Absence['state'] {
  if (ended_at) return 'ended';
  if (until_on < today) return 'over';
  return from_on <= today ? 'now' : 'planned';
}

/** Why nobody stands in, in words: substitutes are not chained. */
function gapOf(row: AbsenceRow): string | null {
  if (!row.substitute_here) {
    return `${row.substitute_name} has left. Nobody stands in: choose somebody else.`;
  }
  if (row.own_from === null || row.own_until === null) return null;
  const [from, until] = [dateInWords(row.own_from), dateInWords(row.own_until)];
  return `${row.substitute_name} is away too, from ${from} to ${until}. In that time nobody stands in, and the work waits for ${row.person_name}.`;
}
