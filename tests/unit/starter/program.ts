/** A program for the starter: its first argument says what it does. */
import { getCompileCacheDir } from 'node:module';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;
/** A signal that is passed on twice comes twice within this. */
const SECOND_SIGNAL_MS = 300;

const [what, ...rest] = process.argv.slice(2);
const stayAlive = () => setInterval(() => {}, 1000);

switch (what) {
  case 'describe':
    process.stdout.write(JSON.stringify(process.argv));
    break;
  case 'cache':
    process.stdout.write(getCompileCacheDir() ?? 'none');
    break;
  case 'echo':
    process.stdin.pipe(process.stdout);
    break;
  case 'exit':
    process.exit(Number(rest[0]));
    break;
  case 'die':
    stayAlive();
    process.kill(process.pid, rest[0]);
    break;
  case 'listen':
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        process.stdout.write(`${signal}\n`);
        setTimeout(() => process.exit(3), SECOND_SIGNAL_MS);
      });
    }
    stayAlive();
    process.stdout.write('ready\n');
    break;
  case 'idle':
    stayAlive();
    process.stdout.write('ready\n');
    break;
}
