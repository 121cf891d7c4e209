import type { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import { Refused } from '../platform/problems.ts';
import { readTree } from './log-store.ts';
import { Witness } from './witness.ts';

/**
 * The operator's way on after a restore: records why, which the notary takes as leave to open the
 * next epoch. The head that could not be continued goes into the entry, so the break stays visible.
 */
export async function reopenRecord(
  configuration: Configuration,
  request: { organisationId: string; reason: string; operator: string },
): Promise<void> {
  const { organisationId, reason, operator } = request;
  if (!reason.trim() || !operator.trim())
    throw new Refused('reason-required', 'Say why, and who you are: both go into the record.');
  const database = new TenantDatabase(configuration);
  try {
    const lastSignedHead = await new Witness(configuration).read(organisationId);
    const scope = { organisationId, personId: null };
    await database.transaction(scope, async (tx) => {
      const tree = await readTree(tx, organisationId);
      if (tree?.state !== 'forked')
        throw new Refused('not-forked', 'The record of this organisation is open: nothing to do.');
      await recordEvent(tx, scope, {
        action: 'record.reopened',
        entity: 'record',
        entityId: organisationId,
        payload: {
          ...{ reason, operator, lastSignedHead },
          ...{ stoppedAt: tree.frontier.size, why: tree.reason },
        },
      });
      tx.announce('record', '');
    });
  } finally {
    await database.onApplicationShutdown();
  }
}
