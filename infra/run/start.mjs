import { ensureInstalled } from './install.mjs';
import { dataDirectory } from './places.mjs';
import { explain, runMain } from './trouble.mjs';

/** What a newcomer needs to know, once everything answers. */
function readyText({ url, queue, env }, dataDir, seconds) {
  const rows = [['Open', url]];
  if (env.DEMO === '1') {
    rows.push(
      ['Adviser', 'ana.ruiz@harbour.example'],
      ['Approver', 'priya.shah@northgate.example'],
      ['Password', 'plumb-line-demo-2026 (all demo people)'],
    );
  }
  if (!env.SMTP_URL) rows.push(['Sent mail', `${url}/outbox`]);
  rows.push(['Queue', queue], ['Data', dataDir], ['Stop', 'Ctrl-C']);
  const lines = rows.map(([name, value]) => `    ${name.padEnd(10)} ${value}`);
  return ['', `  Plumbline is ready (${seconds.toFixed(1)} s).`, '', ...lines, ''].join('\n');
}

/** `npm start`: brings up the whole product and keeps it running until it is told to stop. */
async function start() {
  ensureInstalled();
  const { Stack } = await import('./stack.mjs');
  const dataDir = dataDirectory();

  const stack = new Stack({ dataDir, say: (line) => console.log(line), giveUp: () => end(1) });
  let ending = false;
  const end = async (code) => {
    if (ending) return; // a second Ctrl-C must not cut the orderly stop short
    ending = true;
    console.log('\nStopping …');
    await stack.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
  try {
    const { PORT: port, PUBLIC_URL: publicUrl, DEMO, NODE_ENV } = process.env;
    // The demo's passwords are public, so it never comes by itself where the work is real.
    const demo = DEMO ? DEMO === '1' : NODE_ENV !== 'production';
    const ready = await stack.start({ port, publicUrl, demo });
    console.log(readyText(ready, dataDir, process.uptime()));
  } catch (error) {
    if (ending) return; // what was being started has just been stopped under it
    explain(error);
    await end(1);
  }
}

await runMain(start);
