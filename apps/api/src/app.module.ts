import { Module, type DynamicModule } from '@nestjs/common';
import { AiSystemsModule } from './ai-systems/index.ts';
import { EvidenceModule } from './evidence/index.ts';
import { MembersModule } from './members/index.ts';
import { NotificationsModule } from './notifications/index.ts';
import type { Configuration } from './platform/config/configuration.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { RecordModule } from './record/index.ts';

/** The list of capabilities, nothing else. */
@Module({
  imports: [AiSystemsModule, EvidenceModule, MembersModule, NotificationsModule, RecordModule],
})
export class AppModule {
  static for(configuration: Configuration): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.for(configuration)] };
  }
}
