import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { text } from 'node:stream/consumers';
import { createApplication } from './application.ts';
import { Demo } from './demo/index.ts';
import { migrations } from './migrations/index.ts';
import { Founding } from './organisations/index.ts';
import {
  readConfiguration,
  UnsafeConfiguration,
  type Configuration,
  type Role,
} from './platform/config/configuration.ts';
import { prepareDatabase } from './platform/database/prepare.ts';
import { Problem, type FieldProblem } from './platform/problems.ts';
import { reopenRecord } from './record/index.ts';
import { Acceptance } from './sessions/index.ts';

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
  if (configuration.environment.DEMO !== '1') return;
  await withApplication(configuration, (app) => app.get(Demo).seed());
  process.stdout.write('demo ready\n');
}

/** Does something by the application's own services, in a process that serves nobody. */
async function withApplication<T>(
  configuration: Configuration,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await createApplication(configuration);
  try {
    await app.init();
    return await work(app);
  } finally {
    await app.close();
  }
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

/**
 * `create-organisation firm|client <name> <first person> <e-mail> [--password-on-input]`: done by the
 * operator. A password with which the first person could not enter is refused before anything is made.
 */
async function found([kind, name, personName, email, more]: readonly string[]): Promise<void> {
  if ((kind !== 'firm' && kind !== 'client') || !name || !personName || !email) {
    throw new UnsafeConfiguration(
      'Name it and its first person: create-organisation firm|client "<name>" "<person>" <e-mail>.',
    );
  }
  const configuration = readConfiguration('prepare', process.env);
  const password = more === '--password-on-input' ? await text(process.stdin) : null;
  const { slug, link } = await withApplication(configuration, async (app) => {
    if (password !== null) {
      const entrant = { email, name: personName, organisationName: name, password };
      await app.get(Acceptance).requireUsable(entrant, 'this machine');
    }
    return app.get(Founding).found({ kind, name, personName, email });
  });
  process.stdout.write(`${JSON.stringify({ slug, link })}\n`);
}

/** A refusal with the cure at each thing that was given. */
const inWords = ({ message, extra }: Problem): string =>
  [message, ...problemsIn(extra).map((problem) => problem.message)].join(' ');

const problemsIn = ({ problems }: Problem['extra']): readonly FieldProblem[] =>
  Array.isArray(problems) ? (problems as FieldProblem[]) : [];

try {
  const [command, ...args] = process.argv.slice(2);
  if (command === 'reopen-record') {
    await reopen(args);
  } else if (command === 'create-organisation') {
    await found(args);
  } else {
    const role = roleOf(process.argv.slice(2));
    await (role === 'prepare' ? prepare() : serve(role));
  }
} catch (error) {
  // The one place where a failure is told: refusals in words, surprises with their stack.
  process.stderr.write(
    error instanceof UnsafeConfiguration
      ? `${error.message}\n`
      : error instanceof Problem
        ? `${inWords(error)}\n`
        : `${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 500).unref();
}
