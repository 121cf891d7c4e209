import { ensureInstalled } from './install.mjs';
import { runMain, Trouble } from './trouble.mjs';

/** `npm run plumbline -- <command> …`: one file per command in `plumbline/`. */
async function cli() {
  ensureInstalled();
  const { findCommand } = await import('./plumbline/commands.mjs');
  const [name = 'help', ...args] = process.argv.slice(2);
  const command = await findCommand(['--help', '-h'].includes(name) ? 'help' : name);
  if (!command) {
    throw new Trouble(
      `There is no command "${name}".`,
      'npm run plumbline -- help lists the commands.',
    );
  }
  process.exitCode = (await command.run(args)) ?? 0;
}

await runMain(cli);
