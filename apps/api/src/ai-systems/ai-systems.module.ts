import { Module } from '@nestjs/common';
import { AiSystems } from './ai-systems.ts';

/** The register of AI systems. */
@Module({ providers: [AiSystems], exports: [AiSystems] })
export class AiSystemsModule {}
