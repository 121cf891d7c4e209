import foundation from './0001-foundation.sql';
import identity from './0010-identity.sql';
import notifications from './0011-notifications.sql';
import tokens from './0012-tokens.sql';
import entering from './0013-entering.sql';
import aiSystems from './0020-ai-systems.sql';
import evidence from './0021-evidence.sql';
import imports from './0022-imports.sql';
import runs from './0030-runs.sql';
import separationExceptions from './0031-separation-exceptions.sql';
import record from './0040-record.sql';
import requirements from './0041-requirements.sql';
import exports from './0042-exports.sql';
import workflowDrafts from './0050-workflow-drafts.sql';
import runOperations from './0051-run-operations.sql';
import runRows from './0052-run-rows.sql';
import absences from './0053-absences.sql';
import taskConversation from './0054-task-conversation.sql';
import guestLinksAndFeeds from './0055-guest-links-and-feeds.sql';
import cheaperContext from './0060-cheaper-context.sql';
import claimsOfCommands from './0072-claims-of-commands.sql';
import holidayCalendars from './0061-holiday-calendars.sql';
import webhooks from './0067-webhooks.sql';
import workingCalendars from './0068-working-calendars.sql';
import type { Migration } from '../platform/database/migrate.ts';

/** The schema's history, oldest first. A bundle has no folder to read, so each file is named. */
export const migrations: readonly Migration[] = [
  { name: '0001-foundation', sql: foundation },
  { name: '0010-identity', sql: identity },
  { name: '0011-notifications', sql: notifications },
  { name: '0012-tokens', sql: tokens },
  { name: '0013-entering', sql: entering },
  { name: '0020-ai-systems', sql: aiSystems },
  { name: '0021-evidence', sql: evidence },
  { name: '0022-imports', sql: imports },
  { name: '0030-runs', sql: runs },
  { name: '0031-separation-exceptions', sql: separationExceptions },
  { name: '0040-record', sql: record },
  { name: '0041-requirements', sql: requirements },
  { name: '0042-exports', sql: exports },
  { name: '0050-workflow-drafts', sql: workflowDrafts },
  { name: '0051-run-operations', sql: runOperations },
  { name: '0052-run-rows', sql: runRows },
  { name: '0053-absences', sql: absences },
  { name: '0054-task-conversation', sql: taskConversation },
  { name: '0055-guest-links-and-feeds', sql: guestLinksAndFeeds },
  { name: '0060-cheaper-context', sql: cheaperContext },
  { name: '0061-holiday-calendars', sql: holidayCalendars },
  { name: '0067-webhooks', sql: webhooks },
  { name: '0068-working-calendars', sql: workingCalendars },
  { name: '0072-claims-of-commands', sql: claimsOfCommands },
];
