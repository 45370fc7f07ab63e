/** `npm run chaos`: apart from `npm test`, because it takes as long as it is told to. */
import { defineConfig } from 'vitest/config';
import { useMemoryForFiles } from '../support/scratch.ts';

useMemoryForFiles();

export default defineConfig({
  test: {
    include: ['tests/chaos/*.test.ts'],
    // A minute more for each that it rages, for what was begun to end.
    testTimeout: 7_200_000,
    hookTimeout: 300_000,
    reporters: ['verbose'],
  },
});
