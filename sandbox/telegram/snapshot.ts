import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { emptyState, type State } from './state.ts';

/** How long changes are gathered before they are written: a crash forgets at most this much. */
const GATHERING_MS = 250;
/** More ids than could have been given out while changes were gathered. */
const IDS_SKIPPED_AFTER_A_CRASH = 10_000;

export type Snapshot = {
  state: State;
  /** To be called after every change of the state. */
  changed: () => void;
  /** Writes the last changes and lets go of the directory. */
  close: () => Promise<void>;
  /** Lets go without writing: the directory may be another sandbox's. */
  discard: () => void;
};

/**
 * The state of the sandbox's Telegram, kept as one JSON file in `directory`, or in memory only. A second file
 * stands beside it while the sandbox runs; found at the start, it tells of a crash that may have lost the last
 * changes, and ids leap ahead of everything that may have been given out.
 * @throws when the file is there and cannot be read.
 */
export function openSnapshot(directory: string | undefined, log: Log): Snapshot {
  if (directory === undefined) {
    return { state: emptyState(), changed: () => {}, close: () => Promise.resolve(), discard: () => {} };
  }
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'telegram.json');
  const runningMark = join(directory, 'telegram.running');
  const state = load(path);
  if (existsSync(runningMark)) leapAhead(state);
  writeFileSync(runningMark, '');
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let closed = false;

  const write = () => {
    timer = undefined;
    // One write at a time; one that failed was reported, and does not keep the next from trying.
    writing = writing
      .catch(() => {})
      .then(async () => {
        await writeFile(`${path}.part`, JSON.stringify(state, replaceMap));
        await rename(`${path}.part`, path);
      });
    return writing;
  };
  const discard = () => {
    closed = true;
    clearTimeout(timer);
  };

  return {
    state,
    changed() {
      if (closed) return;
      timer ??= setTimeout(() => {
        write().catch((error: unknown) => log.error({ err: error }, 'sandbox: state was not saved'));
      }, GATHERING_MS);
    },
    async close() {
      if (closed) return;
      discard();
      await write();
      await rm(runningMark, { force: true });
    },
    discard,
  };
}

function load(path: string): State {
  if (!existsSync(path)) return emptyState();
  // Written by `write` above and by nothing else.
  return JSON.parse(readFileSync(path, 'utf8'), reviveMap) as State;
}

function leapAhead(state: State): void {
  state.nextUpdateId += IDS_SKIPPED_AFTER_A_CRASH;
  state.nextMessageId += IDS_SKIPPED_AFTER_A_CRASH;
  state.nextFileNumber += IDS_SKIPPED_AFTER_A_CRASH;
}

function replaceMap(_key: string, value: unknown): unknown {
  return value instanceof Map ? { entriesOfMap: [...value] } : value;
}

function reviveMap(_key: string, value: unknown): unknown {
  const entries =
    typeof value === 'object' && value !== null && 'entriesOfMap' in value ? value.entriesOfMap : undefined;
  // Only `replaceMap` writes this field, and it writes pairs.
  return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : value;
}
