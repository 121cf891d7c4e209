import { runJourneys } from './journeys.mjs';
import { runMain } from './trouble.mjs';

/** A server of somebody else on this machine, which the product is allowed to call: `world.more.receiver`. */
async function withReceiver() {
  const { openReceiver } = await import('../../test/e2e/support/receiver.mjs');
  const receiver = await openReceiver();
  return {
    stack: {},
    start: { settings: { WEBHOOK_ALLOWED_ORIGINS: receiver.origin } },
    world: { receiver },
    close: async () => receiver.close(),
  };
}

/** `npm run e2e -- [part of a name …]`: the browser journeys of `test/e2e`. */
await runMain(() =>
  runJourneys({ folder: 'test/e2e', suffix: '.e2e.mjs', browser: true, around: withReceiver }),
);
