import { Module } from '@nestjs/common';
import { ExceptionsController } from './exceptions.controller.ts';
import { Exceptions } from './exceptions.ts';

/** Declared exceptions from separation of duties. */
@Module({ controllers: [ExceptionsController], providers: [Exceptions], exports: [Exceptions] })
export class ExceptionsModule {}
