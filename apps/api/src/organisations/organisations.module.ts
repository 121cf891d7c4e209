import { Module } from '@nestjs/common';
import { EngagementsModule } from '../engagements/index.ts';
import { MembersModule } from '../members/index.ts';
import { CalendarChange } from './calendar-change.ts';
import { Clients } from './clients.ts';
import { Founding } from './founding.ts';
import { OrganisationsController } from './organisations.controller.ts';
import { Organisations } from './organisations.ts';

/** Firms and their clients. */
@Module({
  imports: [EngagementsModule, MembersModule],
  controllers: [OrganisationsController],
  providers: [CalendarChange, Organisations, Clients, Founding],
  exports: [Organisations, Clients, Founding],
})
export class OrganisationsModule {}
