import { Module } from '@nestjs/common';
import { EvidenceItems } from './evidence-items.ts';
import { EvidenceController } from './evidence.controller.ts';
import { Evidence } from './evidence.ts';

/** Evidence items and their files. */
@Module({
  controllers: [EvidenceController],
  providers: [Evidence, EvidenceItems],
  exports: [EvidenceItems, Evidence],
})
export class EvidenceModule {}
