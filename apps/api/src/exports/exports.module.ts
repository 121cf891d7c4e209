import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { EvidenceModule } from '../evidence/index.ts';
import { ExceptionsModule } from '../exceptions/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { RecordModule } from '../record/index.ts';
import { RequirementsModule } from '../requirements/index.ts';
import { ExportExpiry } from './export-expiry.ts';
import { ExportJobs } from './export-job.ts';
import { ExportWork } from './export-work.ts';
import { ExportsController } from './exports.controller.ts';
import { Exports } from './exports.ts';
import { PackMaker } from './pack-maker.ts';

/** Evidence packs: what an auditor takes away. */
@Module({
  imports: [
    AiSystemsModule,
    EvidenceModule,
    ExceptionsModule,
    NotificationsModule,
    RecordModule,
    RequirementsModule,
  ],
  controllers: [ExportsController],
  providers: [ExportExpiry, ExportJobs, Exports, ExportWork, PackMaker],
})
export class ExportsModule {}
