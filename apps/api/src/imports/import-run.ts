import type { ImportMapping, RowProblem } from '@plumbline/contracts';
import type { AiSystemStage, Tier } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type {
  ImportCounts,
  ImportedSystem,
  ImportedSystems,
  InOrganisation,
} from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { NoDestination, type Destination, type Destinations } from './destinations.ts';
import { Identities } from './identity.ts';
import { RowMapper, type MappedRow } from './row-mapper.ts';
import type { TableFile, TableRow } from './table-file.ts';
import { comparable } from './targets.ts';

/** Rows worked on at once: between two batches the work can be cancelled. */
const BATCH = 500;
/** More problems than anybody reads; the rest is counted. */
const MAX_PROBLEMS = 20_000;

const IMPACTING = ['rights', 'safety', 'both'];

/** What an import does, or would do. */
export interface ImportOutcome extends ImportCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly organisations: number;
  readonly newOrganisations: readonly string[];
  readonly impacting: number;
}

interface Placed {
  readonly destination: Destination;
  readonly mapped: MappedRow;
  readonly system: ImportedSystem;
}

/** One pass over a file inside one transaction: as a check that writes nothing, or for real. */
export class ImportRun {
  readonly problems: RowProblem[] = [];
  private readonly identities = new Identities();
  private readonly mapper: RowMapper;
  private readonly people = new Map<string, ReadonlyMap<string, string>>();
  private readonly reached = new Set<string>();
  private readonly counts = { create: 0, update: 0, unchanged: 0, incomplete: 0 };
  private readonly found = { error: 0, warning: 0 };
  private impacting = 0;

  constructor(
    private readonly tx: Tx,
    private readonly home: InOrganisation & { readonly importId: string; readonly dryRun: boolean },
    private readonly mapping: ImportMapping,
    private readonly table: TableFile,
    private readonly parts: {
      readonly systems: ImportedSystems;
      readonly destinations: Destinations;
    },
  ) {
    this.mapper = new RowMapper(table.columns, mapping);
  }

  /** Goes through all rows; `between` is called with how many are done and may throw to stop. */
  async run(between: (done: number) => Promise<void>): Promise<ImportOutcome> {
    let batch: TableRow[] = [];
    let done = 0;
    for await (const row of this.table.rows) {
      batch.push(row);
      if (batch.length < BATCH) continue;
      await this.take(batch);
      done += batch.length;
      batch = [];
      await between(done);
    }
    await this.take(batch);
    await between(done + batch.length);
    const { newOrganisations } = this.parts.destinations;
    this.problems.sort((a, b) => a.row - b.row);
    return {
      ...this.counts,
      errors: this.found.error,
      warnings: this.found.warning,
      organisations: this.reached.size,
      newOrganisations: [...newOrganisations],
      impacting: this.impacting,
    };
  }

  /** Whether whoever imports may still write to all that this pass has written to. */
  isStillAllowed(): Promise<boolean> {
    return this.parts.destinations.areStillOpen();
  }

  private async take(rows: readonly TableRow[]): Promise<void> {
    const placed: Placed[] = [];
    for (const row of rows) {
      const mapped = this.mapper.map(row);
      mapped.problems.forEach((problem) => this.note(problem));
      const destination = await this.place(mapped);
      if (destination)
        placed.push({ destination, mapped, system: this.identify(destination, mapped) });
    }
    for (const [{ id, name }, group] of Map.groupBy(placed, ({ destination }) => destination)) {
      this.reached.add(comparable(name));
      this.impacting += group.filter(({ mapped }) =>
        IMPACTING.includes(mapped.impacting ?? ''),
      ).length;
      this.add(id === null ? this.planNew(group) : await this.write(id, group));
    }
  }

  private async place(mapped: MappedRow): Promise<Destination | null> {
    try {
      return await this.parts.destinations.find(mapped.organisation);
    } catch (error) {
      if (!(error instanceof NoDestination)) throw error;
      this.note({
        row: mapped.row,
        column: this.columnOf('organisation'),
        value: mapped.organisation.slice(0, 200) || null,
        severity: 'error',
        problem: error.message,
        cure: error.cure,
      });
      return null;
    }
  }

  private identify({ id, name }: Destination, mapped: MappedRow): ImportedSystem {
    const organisation = id ?? comparable(name);
    const { row, externalId } = mapped;
    const about = { row, column: this.columnOf('external-id'), value: externalId || mapped.name };
    const identity = externalId
      ? this.identities.byId(organisation, externalId, row)
      : this.identities.byColumns(organisation, mapped.identity, row);
    if ('takenBy' in identity && identity.takenBy !== null) {
      this.note({
        ...{ ...about, severity: 'error' },
        problem: `Row ${identity.takenBy} has the same id “${externalId}”.`,
        cure: 'Give each system an id of its own, or delete one of the rows.',
      });
    }
    if ('like' in identity && identity.like !== null) {
      this.note({
        ...{ ...about, column: null, severity: 'warning' },
        problem: `This row is named like row ${identity.like}. Both are kept, told apart by their order.`,
        cure: 'Delete one if they are the same system, or choose more columns that tell them apart.',
      });
    }
    return {
      key: identity.key,
      externalId: identity.externalId,
      row,
      name: mapped.name,
      fields: mapped.fields,
      stage: mapped.stage as AiSystemStage | null,
      tier: mapped.tier as Tier | null,
      facts: mapped.impacting ? { impacting: mapped.impacting } : {},
      extra: mapped.extra,
    };
  }

  private planNew(group: readonly Placed[]): ImportCounts {
    const nobody = new Map<string, string>();
    return this.parts.systems.previewNew(group.map((placed) => this.withPeople(placed, nobody)));
  }

  private async write(organisationId: string, group: readonly Placed[]): Promise<ImportCounts> {
    const scope = { organisationId, personId: this.home.personId };
    await this.tx.enter(scope);
    const people = await this.peopleOf(organisationId);
    const systems = group.map((placed) => this.withPeople(placed, people));
    const counts = this.home.dryRun
      ? await this.parts.systems.preview(this.tx, scope, systems)
      : await this.parts.systems.apply(this.tx, scope, this.home.importId, systems);
    await this.tx.enter(this.home);
    return counts;
  }

  /** The system with its owner and overseer, where the file's words for them are members. */
  private withPeople(
    { mapped, system }: Placed,
    people: ReadonlyMap<string, string>,
  ): ImportedSystem {
    const found: { owner?: string; overseer?: string } = {};
    for (const field of ['owner', 'overseer'] as const) {
      const called = mapped.people[field];
      if (!called) continue;
      const id = people.get(comparable(called));
      if (id) found[field] = id;
      else {
        this.note({
          ...{ row: mapped.row, column: this.columnOf(field), value: called.slice(0, 200) },
          severity: 'warning',
          problem: `“${called.slice(0, 80)}” is no member of the organisation, so the ${field} stays open.`,
          cure: 'Invite the person and import again, or choose somebody later.',
        });
      }
    }
    return { ...system, fields: { ...system.fields, ...found } };
  }

  /** Members by mail address, and by name where only one has it. */
  private async peopleOf(organisationId: string): Promise<ReadonlyMap<string, string>> {
    const before = this.people.get(organisationId);
    if (before) return before;
    const rows = await this.tx.query<{ id: string; email: string | null; name: string }>(sql`
      select p.id, p.email, p.name from app.member m join app.person p on p.id = m.person_id
      where m.organisation_id = ${organisationId} and m.status = 'active'`);
    const named = Map.groupBy(rows, ({ name }) => comparable(name));
    const people = new Map([
      ...[...named].flatMap(([name, [one, second]]) =>
        one && !second ? [[name, one.id] as const] : [],
      ),
      ...rows.flatMap(({ id, email }) => (email ? [[comparable(email), id] as const] : [])),
    ]);
    this.people.set(organisationId, people);
    return people;
  }

  private add(counts: ImportCounts): void {
    this.counts.create += counts.create;
    this.counts.update += counts.update;
    this.counts.unchanged += counts.unchanged;
    this.counts.incomplete += counts.incomplete;
  }

  private note(problem: RowProblem): void {
    this.found[problem.severity] += 1;
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }

  private columnOf(target: string): string | null {
    return this.mapping.columns.find((column) => column.target === target)?.column ?? null;
  }
}
