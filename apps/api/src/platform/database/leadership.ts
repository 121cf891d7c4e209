import type pg from 'pg';

/** Milliseconds between two tries to take the lead, or to open a connection for it. */
const TRY_EVERY = 1000;

/**
 * One connection that holds, or waits for, the advisory lock `name`: whoever has it leads. It ends
 * with the connection, so a dead process never keeps the lead.
 */
export function keepLead(
  open: () => pg.Client,
  name: string,
  changed: (leading: boolean) => void,
): () => Promise<void> {
  let client: pg.Client | null = null;
  let leading = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;

  const tell = (now: boolean): void => {
    if (now === leading) return;
    leading = now;
    changed(now);
  };
  const lose = (): void => {
    const last = client;
    client = null;
    tell(false);
    // If only a statement failed, the lock is still held there. An end that fails has come already.
    last?.end().catch(() => undefined);
  };
  const connect = async (): Promise<pg.Client> => {
    const fresh = open();
    // A connection that the server ends says so twice; none of it may end the process.
    fresh.on('error', () => {
      if (client === fresh) lose();
    });
    fresh.once('end', () => {
      if (client === fresh) lose();
    });
    await fresh.connect();
    return fresh;
  };
  const attempt = async (): Promise<void> => {
    client ??= await connect();
    const { rows } = await client.query<{ held: boolean }>(
      leading ? 'select true as held' : 'select pg_try_advisory_lock(hashtext($1)) as held',
      leading ? [] : [`plumbline-${name}`],
    );
    tell(rows[0]?.held === true);
  };
  let running: Promise<void> = Promise.resolve();
  const round = (): void => {
    // A failed try means that the database is away: whoever led leads no more, and tries again.
    running = attempt()
      .catch(lose)
      .finally(() => {
        if (!stopped) timer = setTimeout(round, TRY_EVERY);
      });
  };
  round();

  return async () => {
    stopped = true;
    if (timer) clearTimeout(timer);
    await running;
    const last = client;
    tell(false);
    await last?.end();
  };
}
