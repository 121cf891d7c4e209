import { Controller, Get, Inject } from '@nestjs/common';
import { verificationKeysSchema, type VerificationKeys } from '@plumbline/contracts';
import { Public, Returns } from '../platform/http/index.ts';
import { SigningKeys } from './signing-keys.ts';

/** The public keys, for anybody: a pack is worth nothing if its key comes only with it. */
@Controller('verification-keys')
export class VerificationKeysController {
  constructor(@Inject(SigningKeys) private readonly keys: SigningKeys) {}

  @Get()
  @Public()
  @Returns(verificationKeysSchema)
  read(): VerificationKeys {
    return this.keys.published;
  }
}
