import { Injectable } from '@nestjs/common';
import type { PersonRef } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';

/** Someone who may enter an organisation now: its member, or an adviser that it lets in. */
export interface PersonHere extends PersonRef {
  /** Null for a service token. */
  readonly email: string | null;
  readonly roles: readonly string[];
  readonly relation: 'member' | 'adviser';
  readonly firmId: string | null;
}

interface PersonHereRow {
  person_id: string;
  name: string;
  email: string | null;
  roles: string[];
  relation: 'member' | 'adviser';
  firm_id: string | null;
}

const personHereOf = ({ person_id, firm_id, ...row }: PersonHereRow): PersonHere => ({
  id: person_id,
  ...row,
  firmId: firm_id,
});

/**
 * Who is who in the organisation that the transaction writes to, as other capabilities ask it.
 * Advisers count as long as an engagement lets them in, and not a moment longer.
 */
@Injectable()
export class Members {
  /** Everyone who holds `role` here; for a firm's role, its advisers. In the order of their names. */
  async withRole(tx: Tx, role: string): Promise<PersonHere[]> {
    const rows = await tx.query<PersonHereRow>(
      sql`select * from app.people_here(null, ${role}) order by name, person_id`,
    );
    return rows.map(personHereOf);
  }

  /** The person if they may enter here now, else null. */
  async find(tx: Tx, personId: string): Promise<PersonHere | null> {
    const row = await tx.maybe<PersonHereRow>(
      sql`select * from app.people_here(${personId}, null)`,
    );
    return row && personHereOf(row);
  }

  /** The roles of a person here; none when they may not enter. */
  async rolesOf(tx: Tx, personId: string): Promise<readonly string[]> {
    return (await this.find(tx, personId))?.roles ?? [];
  }

  /** How to name a person, also one who has left. NotFound for an id that is nobody's. */
  personOf(tx: Tx, personId: string): Promise<PersonRef> {
    return tx.one<PersonRef>(sql`select id, name from app.person where id = ${personId}`);
  }

  /** How to name several people, by id. */
  async peopleOf(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonRef>> {
    const rows = await tx.query<PersonRef>(
      sql`select id, name from app.person where id = any(${[...new Set(ids)]}::uuid[])`,
    );
    return new Map(rows.map((person) => [person.id, person]));
  }
}
