import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK = 10;

/** Milliseconds of CPU that a PostgreSQL server and all its processes have used so far; 0 elsewhere. */
export function serverCpu(pid) {
  if (process.platform !== 'linux') return 0;
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const fields = statOf(entry);
    if (!fields) continue;
    const [own, ended] = [fields[11] + fields[12], fields[13] + fields[14]];
    if (Number(entry) === pid) ticks += own + ended;
    else if (fields[1] === pid) ticks += own;
  }
  return ticks * TICK;
}

/** The numbers of `/proc/<pid>/stat` after the command's name; null when the process has ended. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
}
