/**
 * Hears what changes in an organisation, as its pages do, on a tab beside `page`; for journeys that
 * must wait until the worker has done its part.
 */
export async function listen(page, client) {
  const ear = await page.context().newPage();
  await ear.goto('/verify');
  await ear.evaluate(
    (address) =>
      new Promise((resolve) => {
        const source = new globalThis.EventSource(address);
        globalThis.changes = 0;
        globalThis.heard = new globalThis.EventTarget();
        source.onopen = resolve;
        source.onmessage = ({ data }) => {
          if (JSON.parse(data).type === 'alive') return;
          globalThis.changes += 1;
          globalThis.heard.dispatchEvent(new globalThis.Event('change'));
        };
      }),
    `/api/organisations/${client}/stream`,
  );
  const changes = () => ear.evaluate(() => globalThis.changes);
  const next = (after) =>
    ear.evaluate(
      (known) =>
        new Promise((resolve, reject) => {
          if (globalThis.changes > known) resolve();
          globalThis.heard.addEventListener('change', resolve, { once: true });
          setTimeout(() => reject(new Error('Nothing has changed for a minute.')), 60_000);
        }),
      after,
    );
  return {
    /** Asks `holds` at once and after every change, until it answers something true; answers that. */
    async until(holds) {
      for (;;) {
        const known = await changes();
        const held = await holds();
        if (held) return held;
        await next(known);
      }
    },
  };
}
