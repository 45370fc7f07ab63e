/** `node src/main.ts` starts Vitrine. */
import './quick-imports.ts';

await import('./run.ts');
