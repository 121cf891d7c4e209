import { Module } from '@nestjs/common';
import { Members } from './members.ts';

/** People in an organisation and what they are there. */
@Module({ providers: [Members], exports: [Members] })
export class MembersModule {}
