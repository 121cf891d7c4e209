import { Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** Argon2id at 64 MiB and three passes (ASVS 5.0, 11.4.2). libuv's four threads bound the memory. */
const COST = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** The hash of a random secret that nobody has, at today's cost: checked where there is no account. */
export const NOBODYS =
  '$argon2id$v=19$m=65536,t=3,p=1$ky0uTgIl4PN0BWvQeoEj2w$m/ZyheyGXzhWibpp+31fsSc7eZE8/8NO6UNtbHv5UHk';

/** What a check of a password found. */
export interface Checked {
  readonly right: boolean;
  /** The stored hash is of an older cost: make a new one while the password is at hand. */
  readonly outdated: boolean;
}

/** Hashes passwords and checks them, at the same cost whether there is an account or not. */
@Injectable()
export class Passwords {
  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), COST);
  }

  /** Checks `password`; without a stored hash it takes as long, and is never right. */
  async check(stored: string | null, password: string): Promise<Checked> {
    const matches = await verify(stored ?? NOBODYS, password.normalize('NFC'));
    const right = matches && stored !== null;
    return { right, outdated: right && isOutdated(stored) };
  }
}

/** Whether a stored hash is of another cost than today's. */
function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return (
    memoryCost !== COST.memoryCost || timeCost !== COST.timeCost || parallelism !== COST.parallelism
  );
}
