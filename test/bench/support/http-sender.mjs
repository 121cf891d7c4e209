import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

/** Sends approvals and tells how many milliseconds each answer took. */
const { port, slug, cookies } = workerData;

parentPort.on('message', async ({ client, person, task }) => {
  const started = performance.now();
  const answer = await fetch(
    `http://127.0.0.1:${port}/api/organisations/${slug}/tasks/${task}/decide`,
    {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Plumbline-Client': 'bench',
        'Idempotency-Key': randomUUID(),
        Cookie: cookies[person],
      },
      body: '{"outcome":"approve"}',
    },
  );
  const text = await answer.text();
  parentPort.postMessage(
    answer.ok
      ? { client, took: performance.now() - started }
      : { client, error: `${answer.status} ${text}` },
  );
});
parentPort.postMessage({ ready: true });
