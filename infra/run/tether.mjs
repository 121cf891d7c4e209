import { spawnSync } from 'node:child_process';

let available;

/**
 * A command prefix (Linux, util-linux) that sends `signal` to the command when its starter dies,
 * even by kill -9, so nothing is left running behind; empty where the system has no such thing.
 */
export function tether(signal) {
  available ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' }).status === 0;
  return available ? ['setpriv', '--pdeathsig', signal] : [];
}
