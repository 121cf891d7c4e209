import 'reflect-metadata';
import { createApplication } from './application.ts';
import { migrations } from './migrations/index.ts';
import {
  readConfiguration,
  UnsafeConfiguration,
  type Role,
} from './platform/config/configuration.ts';
import { prepareDatabase } from './platform/database/prepare.ts';
import { reopenRecord } from './record/index.ts';

/** The role that this process plays: `prepare`, or `--role=http|worker|notary`. */
function roleOf(args: readonly string[]): Role {
  if (args.includes('prepare')) return 'prepare';
  const named = args.find((arg) => arg.startsWith('--role='))?.slice('--role='.length);
  if (named === 'http' || named === 'worker' || named === 'notary') return named;
  throw new UnsafeConfiguration(
    'Start with `prepare` or with --role=http, --role=worker or --role=notary.',
  );
}

async function prepare(): Promise<void> {
  const configuration = readConfiguration('prepare', process.env);
  const { ADMIN_DATABASE_URL } = configuration.environment;
  if (!ADMIN_DATABASE_URL) throw new UnsafeConfiguration('prepare needs ADMIN_DATABASE_URL.');
  const applied = await prepareDatabase(ADMIN_DATABASE_URL, configuration.secrets, migrations);
  process.stdout.write(`database ready, ${applied.length} migrations applied\n`);
}

async function serve(role: Role): Promise<void> {
  const configuration = readConfiguration(role, process.env);
  const app = await createApplication(configuration);
  app.enableShutdownHooks();
  if (role === 'http') {
    await app.listen(configuration.environment.PORT, configuration.environment.HOST);
  } else {
    await app.init();
  }
  process.stdout.write(`${role} ready\n`);
}

/** `reopen-record <organisation id> <operator> <reason>`: after a restore, see record/reopen-record. */
async function reopen([organisationId, operator, reason]: readonly string[]): Promise<void> {
  if (!organisationId || !operator || !reason) {
    throw new UnsafeConfiguration(
      'Say which and why: reopen-record <organisation id> "<your name>" "<reason>".',
    );
  }
  const configuration = readConfiguration('http', process.env);
  await reopenRecord(configuration, { organisationId, operator, reason });
  process.stdout.write('the notary opens a new epoch; the reason is in the record\n');
}

try {
  const [command, ...args] = process.argv.slice(2);
  if (command === 'reopen-record') {
    await reopen(args);
  } else {
    const role = roleOf(process.argv.slice(2));
    await (role === 'prepare' ? prepare() : serve(role));
  }
} catch (error) {
  // The one place where a failed start is told: in words for settings, with the stack otherwise.
  process.stderr.write(
    error instanceof UnsafeConfiguration
      ? `${error.message}\n`
      : `${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
}
