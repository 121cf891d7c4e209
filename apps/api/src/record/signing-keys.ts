import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { VerificationKeys } from '@plumbline/contracts';
import { publicKeyOf, publicKeyPem } from '@plumbline/evidence';
import { Configuration } from '../platform/config/configuration.ts';

/** The installation's Ed25519 keys: one signs heads of the record, the other evidence packs. */
@Injectable()
export class SigningKeys {
  readonly record: Uint8Array;
  readonly pack: Uint8Array;

  constructor(@Inject(Configuration) { secrets }: Configuration) {
    this.record = seedOf(secrets.logSigningKey);
    this.pack = seedOf(secrets.packSigningKey);
  }

  /** What anybody may have, to check packs and heads with. */
  get published(): VerificationKeys {
    return {
      pack: publicKeyPem(publicKeyOf(this.pack)),
      record: publicKeyPem(publicKeyOf(this.record)),
    };
  }
}

/** A secret of any length as the 32 bytes that Ed25519 wants. */
const seedOf = (secret: Buffer): Uint8Array =>
  secret.length === 32 ? secret : createHash('sha256').update(secret).digest();
