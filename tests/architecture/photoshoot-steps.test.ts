/** A photoshoot's state is written where its steps are asked for, so that the table of steps stays the truth. */
import { expect, test } from 'vitest';
import { readProductFiles } from './source-files.ts';

test('the state of a photoshoot is written by the steps alone', () => {
  const writers = [...readProductFiles()]
    .filter(([, text]) => /\.update\(photoshoots\)[^;]*?\bstate:/.test(text))
    .map(([path]) => path);
  // A start takes the step and the lease in one statement, which also meets what was started before.
  expect(writers).toEqual(['src/photoshoots/run/start-photoshoot.ts', 'src/photoshoots/take-step.ts']);
});
