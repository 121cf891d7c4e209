/** Runs one transition and adds how long it took, in milliseconds. */
export async function timed(into, transition) {
  const started = performance.now();
  const result = await transition();
  into.push(performance.now() - started);
  return result;
}
