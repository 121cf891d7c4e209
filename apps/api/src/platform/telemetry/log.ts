import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Configuration } from '../config/configuration.ts';

const SECRET = /(password|secret|token|authorization|cookie|key|answers|reason)/i;

/** What a log line may carry: fields that could hold secrets or people's words are left out. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object' || value instanceof Error) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      SECRET.test(name) ? '[left out]' : redact(part),
    ]),
  );
}

/** One JSON object a line in production, plain lines on a developer's screen. */
export class RedactingLogger extends ConsoleLogger {
  constructor(configuration: Configuration) {
    super({
      json: configuration.production,
      colors: false,
      logLevels: levelsOf(configuration),
      prefix: configuration.role,
    });
  }

  /** The same everywhere and sortable, not in the way of one country. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }

  override log(message: unknown, ...rest: unknown[]): void {
    super.log(redact(message), ...rest);
  }

  override warn(message: unknown, ...rest: unknown[]): void {
    super.warn(redact(message), ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    super.error(redact(message), ...rest);
  }
}

/** A command that ends by itself tells its own result; its log is for what goes wrong. */
function levelsOf({ role, environment }: Configuration): LogLevel[] {
  if (environment.NODE_ENV === 'test') return ['error'];
  return role === 'prepare' ? ['warn', 'error'] : ['log', 'warn', 'error'];
}
