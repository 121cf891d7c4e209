import pg from 'pg';

/** Connections for the queue's own tables: no statement limit, since a worker waits in them for jobs. */
export function openQueuePool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    options:
      '-c search_path=bullmq -c statement_timeout=0 -c idle_in_transaction_session_timeout=0',
    keepAlive: true,
    max: 12,
  });
  pool.setMaxListeners(50);
  // A connection that the server closes is replaced at the next query.
  pool.on('error', () => undefined);
  return pool;
}
