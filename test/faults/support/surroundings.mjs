import { Ledger } from './ledger.mjs';
import { openMailSink } from './mail-sink.mjs';
import { chanceFrom } from './chance.mjs';

/** Workers of the stack: one of them can be away while the other goes on. */
const WORKERS = 2;

/**
 * What is around the product while faults are done to it: a mail server that counts, the log of what
 * was acknowledged, the windows in which something was broken, and the seed of what is left to chance.
 */
export async function faultySurroundings({ full = false, seed = String(Date.now() % 1e6) }) {
  const mail = await openMailSink();
  console.log(`${full ? 'full size' : 'short size'}, seed ${seed}`);
  return {
    // Parts are killed much oftener than in a minute of a product that has a fault.
    stack: { mostRestarts: Infinity },
    start: { workers: WORKERS, settings: { SMTP_URL: mail.url } },
    world: { full, mail, ledger: new Ledger(), troubles: [], chance: chanceFrom(Number(seed)) },
    close: () => mail.close(),
  };
}
