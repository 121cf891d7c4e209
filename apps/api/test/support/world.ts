import type { MemberRole } from '@plumbline/policies';
import { newId } from '../../src/platform/ids.ts';
import type { TestDatabase } from './test-database.ts';

/** An organisation that a test arranged. */
export interface TestOrganisation {
  readonly id: string;
  readonly slug: string;
}

type Admin = Pick<TestDatabase, 'admin'>;

/** An organisation with a name of its own, in `/api/organisations/<slug>/…`. */
export async function anOrganisation(
  { admin }: Admin,
  { kind = 'client', name = 'Alder Foods' }: { kind?: 'firm' | 'client'; name?: string } = {},
): Promise<TestOrganisation> {
  const id = newId();
  const slug = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${id.slice(-6)}`;
  await admin(
    `insert into app.organisation (id, slug, name, kind, mark_text, mark_plate)
     values ($1, $2, $3, $4, 'TE', 0)`,
    [id, slug, name, kind],
  );
  return { id, slug };
}

/** A person with these roles in an organisation; answers the person's id. */
export async function aMember(
  { admin }: Admin,
  organisation: TestOrganisation,
  roles: readonly MemberRole[],
  name = 'Priya Shah',
): Promise<string> {
  const personId = newId();
  await admin('insert into app.person (id, email, name) values ($1, $2, $3)', [
    personId,
    `${personId}@example.org`,
    name,
  ]);
  // An auditor from outside is a member until a day; the others are until they leave.
  await admin(
    `insert into app.member (organisation_id, id, person_id, roles, valid_to)
     values ($1, $2, $3, $4::text[],
             case when 'ext.cert_auditor' = any ($4::text[]) then now() + interval '30 days' end)`,
    [organisation.id, newId(), personId, roles],
  );
  return personId;
}

/** A client's grant of access to a firm, from now on, for a year. */
export async function anEngagement(
  { admin }: Admin,
  client: TestOrganisation,
  firm: TestOrganisation,
): Promise<void> {
  await admin(
    `insert into app.engagement (organisation_id, id, firm_id, basis, valid_to)
     values ($1, $2, $3, 'granted', now() + interval '1 year')`,
    [client.id, newId(), firm.id],
  );
}
