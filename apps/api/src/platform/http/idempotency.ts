import { createHash } from 'node:crypto';
import {
  Inject,
  Injectable,
  Logger,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { finalize, from, mergeMap, Observable, of } from 'rxjs';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import { Conflict, Invalid, Problem, StillRunning } from '../problems.ts';
import type { RequestContext } from '../request-context.ts';
import { SHOWN_ONCE } from './decorators.ts';
import type { PlumblineRequest } from './request.ts';

/** What a key looks like. */
export const KEY_PATTERN = '^[\\w-]{8,100}$';

/** Seconds without a sign of life after which a command counts as broken off; between two signs. */
const LAPSES_AFTER = 6;
const SIGN_OF_LIFE = 2;

interface Earlier {
  request_hash: string;
  status: number | null;
  answer: unknown;
  carried_out: boolean;
}

/** A command that this process carries out. */
interface Claim {
  readonly context: RequestContext;
  readonly key: string;
  /** Its number: whoever takes the command over has the next one. */
  readonly claim: number;
}

/**
 * A changing request with an `Idempotency-Key` is carried out once: the same request again gets
 * the first answer, another request with the key is refused. A request that failed may be repeated.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async intercept(host: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = host.switchToHttp().getRequest<PlumblineRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const key = request.headers['idempotency-key'];
    const { context } = request;
    if (request.method === 'GET' || typeof key !== 'string' || !context) return next.handle();
    if (!new RegExp(KEY_PATTERN).test(key)) {
      throw new Invalid('This key cannot be used.', [
        { field: 'Idempotency-Key', message: 'Use 8 to 100 letters, digits, - or _.' },
      ]);
    }
    const hash = createHash('sha256')
      .update(`${request.method} ${request.originalUrl}\n${contentOf(request)}`)
      .digest('hex');
    const isShownOnce = this.reflector.get<true | undefined>(SHOWN_ONCE, host.getHandler());
    const earlier = await this.claim(context, key, hash);
    if (typeof earlier === 'object') {
      if (earlier.request_hash !== hash) {
        throw new Conflict(
          'key-reused',
          'This Idempotency-Key was used for another request. Use a new one.',
        );
      }
      if (earlier.status === null && earlier.carried_out) {
        throw new Conflict(
          'already-carried-out',
          'This was carried out, and its answer was lost on the way. Load the page again to see it.',
        );
      }
      if (earlier.status === null) throw new StillRunning();
      if (isShownOnce) {
        throw new Conflict(
          'shown-once',
          'This was carried out already, and its answer is shown once. Take it back and repeat it.',
        );
      }
      response.status(earlier.status);
      return of(earlier.answer);
    }
    const claim = { context, key, claim: earlier };
    request.context = { ...context, command: { key, claim: earlier } };
    return new Observable((subscriber) => {
      const alive = setInterval(() => {
        this.showLife(claim);
      }, SIGN_OF_LIFE * 1000);
      const done = next
        .handle()
        .pipe(
          mergeMap((answer: unknown) =>
            from(
              this.keep(claim, response.statusCode, isShownOnce ? null : answer)
                // It is carried out: not being able to remember the answer must not look like a failure.
                .catch((error: unknown) => {
                  this.logger.warn({ message: 'answer not kept', cause: String(error) });
                })
                .then(() => answer),
            ),
          ),
          finalize(() => {
            clearInterval(alive);
          }),
        )
        .subscribe({
          next: (answer) => subscriber.next(answer),
          complete: () => subscriber.complete(),
          error: (error: unknown) => {
            // Forgotten, so that the caller may try again with the same key.
            this.forget(claim, error instanceof Problem).then(
              () => subscriber.error(error),
              (failure: unknown) => subscriber.error(failure),
            );
          },
        });
      return () => done.unsubscribe();
    });
  }

  /** The number of the claim; what became of the command earlier when it cannot be claimed. */
  private claim(context: RequestContext, key: string, hash: string): Promise<Earlier | number> {
    return this.database.note(context, async (tx) => {
      const claimed = await tx.maybe<{ claim: number }>(sql`
        insert into app.command_log as c (organisation_id, person_id, key, request_hash)
        values (${context.organisationId}, ${context.personId}, ${key}, ${hash})
        on conflict (organisation_id, person_id, key) do update
          set claim = c.claim + 1, seen_at = now()
          -- A process that died in between must not block the key.
          where c.status is null and c.carried_out_at is null and c.request_hash = ${hash}
            and c.seen_at < now() - make_interval(secs => ${LAPSES_AFTER})
        returning claim`);
      if (claimed) return claimed.claim;
      return tx.one<Earlier>(sql`
        select request_hash, status, answer, carried_out_at is not null as carried_out
        from app.command_log
        where person_id = ${context.personId} and key = ${key}`);
    });
  }

  private showLife({ context, key, claim }: Claim): void {
    this.database
      .note(context, (tx) =>
        tx.execute(sql`
          update app.command_log set seen_at = now()
          where person_id = ${context.personId} and key = ${key} and claim = ${claim}`),
      )
      .catch((error: unknown) => {
        // Taken over by somebody else, it will not be committed.
        this.logger.warn({ message: 'no sign of life given', cause: String(error) });
      });
  }

  private async keep(
    { context, key, claim }: Claim,
    status: number,
    answer: unknown,
  ): Promise<void> {
    await this.database.note(context, (tx) =>
      tx.execute(sql`
        update app.command_log set status = ${status}, answer = ${JSON.stringify(answer ?? null)}::jsonb
        where person_id = ${context.personId} and key = ${key} and claim = ${claim}`),
    );
  }

  /** After a refusal always; after a failure only if nothing had been changed when it came. */
  private async forget({ context, key, claim }: Claim, refused: boolean): Promise<void> {
    await this.database.note(context, (tx) =>
      tx.execute(sql`
        delete from app.command_log
        where person_id = ${context.personId} and key = ${key} and claim = ${claim}
          and status is null and (${refused} or carried_out_at is null)`),
    );
  }
}

/** What a request says. An upload has not been read yet: its length stands for it. */
const contentOf = ({ body, headers }: PlumblineRequest): string =>
  JSON.stringify((body as unknown) ?? headers['content-length'] ?? null);
