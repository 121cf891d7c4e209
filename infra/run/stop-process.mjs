/**
 * Stops a child in steps: each `[signal, milliseconds]` is sent and given that long; SIGKILL ends
 * the matter. Resolves when it is gone.
 */
export async function stopProcess(child, steps) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  for (const [signal, patience] of [...steps, ['SIGKILL', 5000]]) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, patience, 'late')));
    const first = await Promise.race([gone, late]);
    clearTimeout(timer);
    if (first !== 'late') return;
  }
}

/** Whether a process with this id exists (ours or another user's). */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
