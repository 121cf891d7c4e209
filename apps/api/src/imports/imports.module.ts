import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { OrganisationsModule } from '../organisations/index.ts';
import { CheckImport, CommitImport, ReadImport } from './import-handlers.ts';
import { ImportJournal } from './import-journal.ts';
import { ImportWork } from './import-work.ts';
import { ImportsController } from './imports.controller.ts';
import { Imports } from './imports.ts';
import { SavedMappingsController } from './saved-mappings.controller.ts';
import { SavedImportMappings } from './saved-mappings.ts';

/** Imports of inventories. The fixed paths come first: they would read as an import's id. */
@Module({
  imports: [AiSystemsModule, NotificationsModule, OrganisationsModule],
  controllers: [SavedMappingsController, ImportsController],
  providers: [
    Imports,
    ImportJournal,
    ImportWork,
    SavedImportMappings,
    ReadImport,
    CheckImport,
    CommitImport,
  ],
})
export class ImportsModule {}
