import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** Argon2id at 64 MiB and three passes (ASVS 5.0, 11.4.2). libuv's four threads bound the memory. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** What a check of a password found. */
export interface Checked {
  readonly right: boolean;
  /** The stored hash is of an older cost: make a new one while the password is at hand. */
  readonly outdated: boolean;
}

/** Hashes passwords and checks them, at the same cost whether there is an account or not. */
@Injectable()
export class Passwords implements OnModuleInit {
  private nobodys = '';

  async onModuleInit(): Promise<void> {
    this.nobodys = await this.hash('the password of an account that does not exist');
  }

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), COST);
  }

  /** Checks `password`; without a stored hash it takes as long, and is never right. */
  async check(stored: string | null, password: string): Promise<Checked> {
    const matches = await verify(stored ?? this.nobodys, password.normalize('NFC'));
    const right = matches && stored !== null;
    return { right, outdated: right && isOutdated(stored) };
  }
}

function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return (
    memoryCost !== COST.memoryCost || timeCost !== COST.timeCost || parallelism !== COST.parallelism
  );
}
