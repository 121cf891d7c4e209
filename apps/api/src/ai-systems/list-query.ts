import {
  AI_SYSTEM_STAGES,
  GATE_STATES,
  idSchema,
  TIERS,
  type AiSystemsQuery,
} from '@plumbline/contracts';
import sql, { join, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { readCursor } from '../platform/paging.ts';
import { Invalid } from '../platform/problems.ts';
import { LIST_COLUMNS } from './ai-system-row.ts';

/** What a list is sorted by: a column that is never null, and its type for the cursor. */
const SORT_KEYS: Readonly<Record<AiSystemsQuery['sort'], { key: Sql; type: Sql }>> = {
  name: { key: sql`s.name_key`, type: sql`text` },
  stage: { key: sql`s.stage_rank`, type: sql`int` },
  tier: { key: sql`s.tier_rank`, type: sql`int` },
  nextReviewOn: { key: sql`s.review_key`, type: sql`date` },
  updatedAt: { key: sql`s.updated_at`, type: sql`timestamptz` },
};

/** Checks a cursor of this sort: a made-up one must not fail in the database. */
const placeSchema = (sort: AiSystemsQuery['sort']) =>
  z.tuple([z.literal(sort), z.string().refine((key) => isKey(sort, key)), idSchema]);

/** Whether the database can read the text back as the sort key. */
function isKey(sort: AiSystemsQuery['sort'], key: string): boolean {
  switch (sort) {
    case 'name':
      return !key.includes('\0');
    case 'stage':
    case 'tier':
      return /^\d{1,3}$/.test(key);
    case 'nextReviewOn':
      return key === 'infinity' || isDate(key);
    case 'updatedAt':
      return (
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/.test(key) && isDate(key.slice(0, 10))
      );
  }
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** A comma-separated filter, each part one of `allowed`. */
function choices(field: string, text: string, allowed: readonly string[]): string[] {
  const parts = text.split(',').filter(Boolean);
  const unknown = parts.filter((part) => !allowed.includes(part));
  if (unknown.length > 0) {
    throw new Invalid('This filter cannot be used.', [
      { field, message: `Use one or more of: ${allowed.join(', ')}.` },
    ]);
  }
  return parts;
}

const contains = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;

function search(text: string): Sql {
  const pattern = contains(text);
  const number = /^(?:ais-)?0*(\d{1,9})$/i.exec(text)?.[1];
  return sql`(s.name_key like ${pattern} or lower(s.supplier) like ${pattern}
    or lower(s.purpose) like ${pattern} ${number ? sql`or s.number = ${Number(number)}` : sql``})`;
}

function ownedBy(text: string, me: string): Sql {
  const parts = text.split(',').filter(Boolean);
  const ids = parts.filter((part) => part !== 'none').map((part) => (part === 'me' ? me : part));
  if (ids.some((id) => !idSchema.safeParse(id).success)) {
    throw new Invalid('This filter cannot be used.', [
      { field: 'owner', message: 'Use ids of people, “me” or “none”.' },
    ]);
  }
  const nobody = parts.includes('none') ? sql`or s.owner_id is null` : sql``;
  return sql`(s.owner_id = any (${ids}::uuid[]) ${nobody})`;
}

/** The conditions that a query's filters stand for. */
export function filtersOf(query: AiSystemsQuery, me: string): Sql[] {
  const filters: Sql[] = [];
  if (query.q?.trim()) filters.push(search(query.q.trim()));
  if (query.stage) {
    filters.push(sql`s.stage = any (${choices('stage', query.stage, AI_SYSTEM_STAGES)}::text[])`);
  }
  if (query.tier) {
    const tiers = choices('tier', query.tier, [...TIERS, 'none']);
    filters.push(sql`coalesce(s.tier, 'none') = any (${tiers}::text[])`);
  }
  if (query.gate) {
    filters.push(sql`s.gate_state = any (${choices('gate', query.gate, GATE_STATES)}::text[])`);
  }
  if (query.owner) filters.push(ownedBy(query.owner, me));
  if (query.incomplete) {
    filters.push(sql`(cardinality(s.missing) > 0) = ${query.incomplete === 'true'}`);
  }
  if (query.reviewBefore) filters.push(sql`s.next_review_on < ${query.reviewBefore}::date`);
  return filters;
}

/** The sort key as exact text, the condition of the page, and the order: together they lose no row. */
function pageOf(query: AiSystemsQuery): { key: Sql; after: Sql; order: Sql } {
  const { key, type } = SORT_KEYS[query.sort];
  const forward = query.direction === 'asc';
  const place = readCursor(query.cursor, placeSchema(query.sort));
  const comparison = forward ? sql`>` : sql`<`;
  const direction = forward ? sql`asc` : sql`desc`;
  return {
    key:
      query.sort === 'updatedAt'
        ? sql`(${key} at time zone 'UTC')::text || '+00'`
        : sql`${key}::text`,
    after: place
      ? sql`(${key}, s.id) ${comparison} (${place[1]}::${type}, ${place[2]}::uuid)`
      : sql`true`,
    order: sql`${key} ${direction}, s.id ${direction}`,
  };
}

/** Conditions that must all hold. */
export const allOf = (conditions: readonly Sql[]): Sql =>
  conditions.length > 0 ? join(conditions, ' and ') : sql`true`;

/** One row more than the page, so that it is known whether there is another one. */
export function pageQuery(matching: Sql, query: AiSystemsQuery): Sql {
  const { key, after, order } = pageOf(query);
  return sql`
    select ${LIST_COLUMNS}, ${key} as sort_key
    from app.ai_system s left join app.person o on o.id = s.owner_id
    where ${matching} and ${after}
    order by ${order} limit ${query.limit + 1}`;
}
