import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { AdoptionController } from './adoption.controller.ts';
import { Adoptions } from './adoption.ts';
import { CommentsController } from './comments.controller.ts';
import { Comments } from './comments.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { DefinitionSource } from './definition-source.ts';
import { DraftsController } from './drafts.controller.ts';
import { Drafts } from './drafts.ts';
import { Editors } from './editors.ts';
import { WorkflowFilesController } from './files.controller.ts';
import { OfferNews } from './offer-news.ts';
import { Offering } from './offering.ts';
import { OffersController } from './offers.controller.ts';
import { Offers } from './offers.ts';
import { PublicationPreview } from './publication-preview.ts';
import { PublishingController } from './publishing.controller.ts';
import { Publishing } from './publishing.ts';
import { Retirement } from './retirement.ts';
import { Staffing } from './staffing.ts';
import { WorkflowFiles } from './workflow-files.ts';
import { WorkflowPages } from './workflow-pages.ts';
import { WorkflowsController } from './workflows.controller.ts';
import { Workflows } from './workflows.ts';

/** Workflows: their drafts and their published versions. */
@Module({
  imports: [MembersModule, NotificationsModule],
  controllers: [
    ...[WorkflowsController, DraftsController, CommentsController, PublishingController],
    ...[AdoptionController, OffersController, WorkflowFilesController],
  ],
  providers: [
    ...[Workflows, WorkflowPages, DefinitionChecks, DefinitionSource, Staffing],
    ...[Drafts, Editors, Comments, PublicationPreview, Publishing, Retirement],
    ...[Adoptions, Offering, Offers, OfferNews, WorkflowFiles],
  ],
  exports: [Workflows, DefinitionSource],
})
export class WorkflowsModule {}
