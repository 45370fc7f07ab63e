/** A sandbox and an app, played through and tidy at their end: what nearly every file of tests/system is about. */
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type HeardLog, hearLog } from './heard-log.ts';
import { type Scene, type Staging, startScene } from './running-app.ts';
import { expectTidy, type Untidy } from './tidy.ts';

/** Whoever plays it ends it. */
export type PlayedScene = Readonly<Omit<Scene, 'stop'> & { heard: HeardLog }>;

/**
 * How it differs from the usual one. `level`: what of the log is heard; `expected`: what Telegram may refuse and the log
 * may tell, `anything` where that is what the tests are about.
 */
export type Play = Omit<Staging, 'log'> & { level?: 'trace' | 'warn'; expected?: Untidy | 'anything' };

/**
 * The scene of a whole file or `describe`: it starts before the tests that stand beside this call, and ends after the
 * last one, when everybody must have been answered in good order (tidy.ts). Its parts are there from the first test on.
 * @param overrides variables of the environment
 */
export function playScene(overrides: Record<string, string> = {}, play: Play = {}): PlayedScene {
  const heard = hearLog(play.level);
  let scene: Scene | undefined;
  const running = (): Scene => {
    if (scene === undefined) throw new Error('the scene is there when the first test begins');
    return scene;
  };
  beforeAll(async () => {
    scene = await startScene(overrides, { ...play, log: heard.log });
  });
  // What failed to start has been told already.
  afterAll(() => scene && end(scene, heard, play));
  return {
    heard,
    get sandbox() {
      return running().sandbox;
    },
    get app() {
      return running().app;
    },
    get config() {
      return running().config;
    },
  };
}

/** The same of one test, in which it is called: the scene ends with it. */
export async function playSceneInTest(
  overrides: Record<string, string> = {},
  play: Play = {},
): Promise<PlayedScene> {
  const heard = hearLog(play.level);
  const scene = await startScene(overrides, { ...play, log: heard.log });
  onTestFinished(() => end(scene, heard, play));
  return { ...scene, heard };
}

async function end({ sandbox, stop }: Scene, heard: HeardLog, { expected = {} }: Play): Promise<void> {
  await stop();
  if (expected !== 'anything') expectTidy(sandbox, heard, expected);
}
