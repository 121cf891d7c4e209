import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { EvidenceModule } from '../evidence/index.ts';
import { MembersModule } from '../members/index.ts';
import { DecisionsController } from './decisions.controller.ts';
import { DecisionList } from './decision-list.ts';
import { Decisions } from './decisions.ts';

/** What approvers recorded, and what they decided on. */
@Module({
  imports: [AiSystemsModule, EvidenceModule, MembersModule],
  controllers: [DecisionsController],
  providers: [Decisions, DecisionList],
  exports: [Decisions],
})
export class DecisionsModule {}
