import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Housekeeping } from '../platform/outbox/housekeeping.ts';
import { SIGNAL_SENT } from './signals.ts';

/** Signals go when no run can take them any more, unless one still waits to be handed over. */
@Injectable()
export class SignalExpiry implements OnModuleInit {
  constructor(@Inject(Housekeeping) private readonly housekeeping: Housekeeping) {}

  onModuleInit(): void {
    this.housekeeping.take({
      name: 'signals',
      remove: (tx, atMost) =>
        tx.execute(sql`
          delete from app.signal
          where (organisation_id, id) in (
            select s.organisation_id, s.id from app.signal s
            where s.expires_at < now() and not exists (
              select from app.outbox m
              where m.organisation_id = s.organisation_id and m.topic = ${SIGNAL_SENT}
                and m.key = s.id::text and m.done_at is null)
            order by s.expires_at limit ${atMost} for update of s skip locked)`),
    });
  }
}
