import { Module } from '@nestjs/common';
import { EngagementsModule } from '../engagements/index.ts';
import { MembersModule } from '../members/index.ts';
import { Clients } from './clients.ts';
import { Firms } from './firms.ts';
import { OrganisationsController } from './organisations.controller.ts';
import { Organisations } from './organisations.ts';

/** Firms and their clients. */
@Module({
  imports: [EngagementsModule, MembersModule],
  controllers: [OrganisationsController],
  providers: [Organisations, Clients, Firms],
  exports: [Organisations, Clients, Firms],
})
export class OrganisationsModule {}
