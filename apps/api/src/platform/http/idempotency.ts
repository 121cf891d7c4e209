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
import { from, mergeMap, Observable, of } from 'rxjs';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import { Conflict, Invalid, Problem } from '../problems.ts';
import type { RequestContext } from '../request-context.ts';
import { SHOWN_ONCE } from './decorators.ts';
import type { PlumblineRequest } from './request.ts';

interface Earlier {
  request_hash: string;
  status: number | null;
  answer: unknown;
  carried_out: boolean;
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
    if (!/^[\w-]{8,100}$/.test(key)) {
      throw new Invalid('This key cannot be used.', [
        { field: 'Idempotency-Key', message: 'Use 8 to 100 letters, digits, - or _.' },
      ]);
    }
    const hash = createHash('sha256')
      .update(`${request.method} ${request.originalUrl}\n${contentOf(request)}`)
      .digest('hex');
    const isShownOnce = this.reflector.get<true | undefined>(SHOWN_ONCE, host.getHandler());
    const earlier = await this.claim(context, key, hash);
    if (earlier) {
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
      if (earlier.status === null) {
        throw new Conflict(
          'still-running',
          'The same request is still being carried out. Ask again in a moment.',
        );
      }
      if (isShownOnce) {
        throw new Conflict(
          'shown-once',
          'This was carried out already, and its answer is shown once. Take it back and repeat it.',
        );
      }
      response.status(earlier.status);
      return of(earlier.answer);
    }
    request.context = { ...context, commandKey: key };
    return new Observable((subscriber) => {
      const done = next
        .handle()
        .pipe(
          mergeMap((answer: unknown) =>
            from(
              this.keep(context, key, response.statusCode, isShownOnce ? null : answer)
                // It is carried out: not being able to remember the answer must not look like a failure.
                .catch((error: unknown) => {
                  this.logger.warn({ message: 'answer not kept', cause: String(error) });
                })
                .then(() => answer),
            ),
          ),
        )
        .subscribe({
          next: (answer) => subscriber.next(answer),
          complete: () => subscriber.complete(),
          error: (error: unknown) => {
            // Forgotten, so that the caller may try again with the same key.
            this.forget(context, key, error instanceof Problem).then(
              () => subscriber.error(error),
              (failure: unknown) => subscriber.error(failure),
            );
          },
        });
      return () => done.unsubscribe();
    });
  }

  private claim(context: RequestContext, key: string, hash: string): Promise<Earlier | null> {
    return this.database.note(context, async (tx) => {
      const claimed = await tx.execute(sql`
        insert into app.command_log (organisation_id, person_id, key, request_hash)
        values (${context.organisationId}, ${context.personId}, ${key}, ${hash})
        on conflict (organisation_id, person_id, key) do update
          set created_at = now()
          -- A process that died in between must not block the key for ever.
          where app.command_log.status is null and app.command_log.carried_out_at is null
            and app.command_log.created_at < now() - interval '60 seconds'
            and app.command_log.request_hash = ${hash}`);
      if (claimed === 1) return null;
      return tx.one<Earlier>(sql`
        select request_hash, status, answer, carried_out_at is not null as carried_out
        from app.command_log
        where person_id = ${context.personId} and key = ${key}`);
    });
  }

  private async keep(
    context: RequestContext,
    key: string,
    status: number,
    answer: unknown,
  ): Promise<void> {
    await this.database.note(context, (tx) =>
      tx.execute(sql`
        update app.command_log set status = ${status}, answer = ${JSON.stringify(answer ?? null)}::jsonb
        where person_id = ${context.personId} and key = ${key}`),
    );
  }

  /** After a refusal always; after a failure only if nothing had been changed when it came. */
  private async forget(context: RequestContext, key: string, refused: boolean): Promise<void> {
    await this.database.note(context, (tx) =>
      tx.execute(sql`
        delete from app.command_log
        where person_id = ${context.personId} and key = ${key} and status is null
          and (${refused} or carried_out_at is null)`),
    );
  }
}

/** What a request says. An upload has not been read yet: its length stands for it. */
const contentOf = ({ body, headers }: PlumblineRequest): string =>
  JSON.stringify((body as unknown) ?? headers['content-length'] ?? null);
