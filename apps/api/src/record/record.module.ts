import { Module } from '@nestjs/common';
import { Notary } from './notary.ts';
import { Proofs } from './proofs.ts';
import { RecordAudit } from './record-audit.ts';
import { RecordController } from './record.controller.ts';
import { RecordReader } from './record.ts';
import { Sequencer } from './sequencer.ts';
import { SigningKeys } from './signing-keys.ts';
import { VerificationKeysController } from './verification-keys.controller.ts';
import { Witness } from './witness.ts';

/** The record of each organisation: the notary that signs it, and what readers can ask of it. */
@Module({
  controllers: [RecordController, VerificationKeysController],
  providers: [Notary, Proofs, RecordAudit, RecordReader, Sequencer, SigningKeys, Witness],
  exports: [Proofs, SigningKeys],
})
export class RecordModule {}
