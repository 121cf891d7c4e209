import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { InOrganisation } from './workflows.ts';

/** A client that lets the acting person of this firm in right now. */
export interface GrantedClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** The person's roles at the firm. */
  readonly roles: readonly string[];
}

/** As many clients as one signed context should name. */
const MOST = 500;

/** The clients whose live engagement with this firm lets the acting person in, by name. */
export const grantedTo = (tx: Tx, { organisationId }: InOrganisation): Promise<GrantedClient[]> =>
  tx.query<GrantedClient>(sql`
    select organisation_id as id, slug, name, member_roles as roles
    from app.my_organisations()
    where relation = 'adviser' and firm_id = ${organisationId}
    order by lower(name), organisation_id limit ${MOST}`);
