/** `node src/main.ts` starts Vitrine. */
import { runCommand } from './command-line.ts';
import './quick-imports.mjs';

const command = {
  usage: 'npm start',
  about: `Starts Vitrine and runs it until it is told to stop (SIGTERM or Ctrl-C). Without a BOT_TOKEN it talks to
doubles of Telegram and OpenAI on this machine, and prints the address of a chat with the bot.
It is set up by variables, in the environment or in a file .env; .env.example has them all.`,
};

await runCommand(command, async () => {
  await import('./run.ts');
});
