import { Controller, Inject, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { RequestContext } from '../request-context.ts';
import { Can, Ctx } from './decorators.ts';
import { EventStream } from './event-stream.ts';
import { StillAllowed } from './still-allowed.ts';

/** One connection per page: says what changed, never what it changed to. */
@Controller('organisations/:organisation/stream')
export class StreamController {
  constructor(
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(StillAllowed) private readonly stillAllowed: StillAllowed,
  ) {}

  @Sse()
  @Can('read', 'Organisation')
  open(@Ctx() ctx: RequestContext): Observable<{ data: object }> {
    return this.stream.of(ctx.organisationId).pipe(this.stillAllowed.while(ctx));
  }
}
