import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Trouble } from './trouble.mjs';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const INSTALL = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];

const find = () => KNOWN.find((path) => existsSync(path)) ?? null;

/** As root on a Debian-like machine: installs Chromium; false when that is not possible. */
function installChromium() {
  if (process.geteuid?.() !== 0) return false;
  console.log('Installing Chromium (apt-get) …');
  const apt = (args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', env });
    if (status !== 0 && stderr) console.error(stderr.trim());
    return status === 0;
  };
  return apt(INSTALL) || (apt(['update', '-qq']) && apt(INSTALL));
}

/** Path of a Chromium: CHROMIUM_PATH, the machine's own, or one installed now if we may. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Trouble(`There is no browser at CHROMIUM_PATH (${given}).`, 'correct or unset it.');
  }
  const found = find() ?? (installChromium() ? find() : null);
  if (found) return found;
  throw new Trouble(
    'The browser journeys need Chromium, and there is none here.',
    'install it (apt-get install chromium), or set CHROMIUM_PATH to a Chrome or Chromium.',
  );
}

/** Starts Chromium without a window; pages may reach this machine only. */
export async function launchBrowser() {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      ...(process.geteuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    ],
  });
}
