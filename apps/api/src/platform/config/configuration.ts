import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Which of the three processes this is. `prepare` sets the database up and ends. */
export type Role = 'http' | 'worker' | 'notary' | 'prepare';

const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length >= 32, 'needs at least 32 bytes, base64');

const secretsSchema = z.object({
  contextKey: key,
  sessionPepper: key,
  logSigningKey: key,
  packSigningKey: key,
  databasePasswords: z.object({
    rt: z.string().min(16),
    wk: z.string().min(16),
    log: z.string().min(16),
    ro: z.string().min(16),
  }),
});

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    'needs origins such as https://hooks.example.internal:8443, separated by commas',
  );

const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url(),
  DATA_DIR: z.string().min(1),
  SECRETS_FILE: z.string().min(1),
  ADMIN_DATABASE_URL: z.url().optional(),
  RUNTIME_DATABASE_URL: z.url().optional(),
  WORKER_DATABASE_URL: z.url().optional(),
  NOTARY_DATABASE_URL: z.url().optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
  QUEUE_BACKEND: z.enum(['redis', 'postgres']).default('postgres'),
  QUEUE_URL: z.url().optional(),
  // Longer than an answer is kept for the same command, or the work could be promised twice.
  DONE_WORK_KEPT_DAYS: z.coerce.number().int().min(8).max(3650).default(30),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('Plumbline <no-reply@plumbline.invalid>'),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  WEB_DIR: z.string().optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(5).default(0),
  METRICS_TOKEN: z.string().min(32).optional(),
  WEBHOOK_ALLOWED_ORIGINS: z.string().default('').transform(listOf).pipe(z.array(origin)),
  DEMO: z.enum(['0', '1']).default('0'),
});

/** A setting that would make the product unsafe or unable to run; told before anything starts. */
export class UnsafeConfiguration extends Error {}

/** Everything the process was told from outside, checked once at start. */
export class Configuration {
  constructor(
    readonly role: Role,
    readonly environment: z.infer<typeof environmentSchema>,
    readonly secrets: z.infer<typeof secretsSchema>,
  ) {}

  get production(): boolean {
    return this.environment.NODE_ENV === 'production';
  }

  /** Cookies are `Secure` and carry the `__Host-` prefix exactly when the public address is https. */
  get secure(): boolean {
    return this.environment.PUBLIC_URL.startsWith('https://');
  }

  get databaseUrl(): string {
    const { RUNTIME_DATABASE_URL, WORKER_DATABASE_URL, NOTARY_DATABASE_URL, ADMIN_DATABASE_URL } =
      this.environment;
    const url = {
      http: RUNTIME_DATABASE_URL,
      worker: WORKER_DATABASE_URL,
      notary: NOTARY_DATABASE_URL,
      // Seeding acts as the application does, under the same guards.
      prepare: RUNTIME_DATABASE_URL ?? ADMIN_DATABASE_URL,
    }[this.role];
    if (!url)
      throw new UnsafeConfiguration(`No database address is set for the ${this.role} role.`);
    return url;
  }

  get databasePoolSize(): number {
    return this.environment.DATABASE_POOL_SIZE;
  }
}

const DEMO_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads and checks the settings of `role`; throws UnsafeConfiguration with what to change. */
export function readConfiguration(role: Role, env: NodeJS.ProcessEnv): Configuration {
  const parsed = environmentSchema.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) throw new UnsafeConfiguration(explain(parsed.error));
  const environment = parsed.data;
  const secrets = secretsSchema.safeParse(readSecrets(environment.SECRETS_FILE));
  if (!secrets.success) throw new UnsafeConfiguration(`Secrets file: ${explain(secrets.error)}`);
  const configuration = new Configuration(role, environment, secrets.data);
  const unsafe = unsafeSettings(configuration);
  if (unsafe.length > 0) throw new UnsafeConfiguration(unsafe.join('\n'));
  return configuration;
}

/** What must not be so in production, or on any address that others can reach. */
export function unsafeSettings({
  environment,
  production,
  secure,
  secrets,
}: Configuration): string[] {
  const publicHost = new URL(environment.PUBLIC_URL).hostname;
  const reachable = !DEMO_HOSTS.has(publicHost) && !DEMO_HOSTS.has(environment.HOST);
  const keys = [
    secrets.contextKey,
    secrets.sessionPepper,
    secrets.logSigningKey,
    secrets.packSigningKey,
  ];
  const problems: [boolean, string][] = [
    [production && !secure, 'PUBLIC_URL must start with https:// in production.'],
    [
      production && environment.DEMO === '1',
      'DEMO must not be 1 in production: its passwords are public.',
    ],
    [
      production && environment.QUEUE_BACKEND !== 'redis',
      'QUEUE_BACKEND must be redis in production; set QUEUE_URL.',
    ],
    [
      environment.QUEUE_BACKEND === 'redis' && !environment.QUEUE_URL,
      'QUEUE_BACKEND is redis, so QUEUE_URL must be set.',
    ],
    [
      production && !environment.SMTP_URL,
      'SMTP_URL must be set in production, or nobody hears of their tasks.',
    ],
    [
      !production && reachable,
      `NODE_ENV must be production before ${publicHost} is served to others.`,
    ],
    [
      new Set(keys.map((k) => k.toString('hex'))).size < keys.length,
      'Each key in the secrets file must be different.',
    ],
    [
      keys.some((k) => new Set(k).size < 8),
      'A key in the secrets file is not random. Make new ones.',
    ],
    [
      !environment.S3_BUCKET !== !environment.S3_ENDPOINT,
      'Set S3_ENDPOINT and S3_BUCKET together, or neither.',
    ],
  ];
  return problems.filter(([wrong]) => wrong).map(([, message]) => message);
}

function readSecrets(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnsafeConfiguration(`The secrets file ${file} cannot be read.`, { cause: error });
  }
}

const explain = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n');
