/** Bytes on disk, on a clock of their own, over restarts, a bound and a spoiled folder. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createDiskCache } from '../../../src/cache/disk.ts';
import { hearLog } from '../../support/heard-log.ts';

const home = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
afterAll(() => rmSync(home, { recursive: true }));

let folder: string;
let time: number;
let number = 0;
beforeEach(() => {
  number += 1;
  folder = join(home, String(number));
  time = 1_800_000_000_000;
});

const heard = hearLog();
/** As a process has it that has just been started. */
const open = (maxBytes = 100_000) =>
  createDiskCache({ folder, ttlMs: 86_400_000, maxBytes, log: heard.log, now: () => time });
const bytesOf = (fill: number, length = 1_000) => new Uint8Array(length).fill(fill);
const filesIn = () => readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)));

test('what is kept is there after a restart until its time is over, on both sides of it', async () => {
  await open().write('person:a', 'photo', bytesOf(7));
  time += 86_399_000;
  expect(await open().read('person:a', 'photo')).toEqual({ bytes: bytesOf(7), leftMs: 1_000 });
  expect(await open().read('person:b', 'photo')).toBeNull();
  time += 1_000;
  const disk = open();
  expect(await disk.read('person:a', 'photo')).toBeNull();
  expect(disk.statistics()).toMatchObject({ hits: 0, misses: 1 });
  expect(await disk.sweep()).toEqual({ removed: 1, bytes: 1_032 });
  expect(readdirSync(folder)).toEqual([]);
});

test('what was used longest ago makes room, and the bound is kept also by a process that finds a full folder', async () => {
  const first = open(10_000);
  for (let photo = 1; photo <= 9; photo++) {
    time += 1_000;
    await first.write('person:a', `${photo}`, bytesOf(photo));
  }
  time += 1_000;
  expect(await first.read('person:a', '1')).not.toBeNull();
  time += 1_000;
  const second = open(10_000);
  await second.write('person:b', '10', bytesOf(10));
  const found = async (key: string) => (await second.read('person:a', key)) !== null;
  expect([await found('1'), await found('2'), await found('9')]).toEqual([true, false, true]);
  const size = filesIn().length * 1_032;
  expect(size).toBeLessThanOrEqual(10_000);
  expect(second.statistics()).toMatchObject({ size, limit: 10_000 });
  expect(second.statistics().evictions).toBeGreaterThan(0);
  // What is larger than everything throws nothing out.
  const before = filesIn().length;
  await second.write('person:b', 'huge', bytesOf(1, 20_000));
  expect(filesIn()).toHaveLength(before);
});

test('what is a person’s goes with them, and its files tell nothing of whose they are', async () => {
  const disk = open();
  const writing = [
    disk.write('person:a', 'one', bytesOf(1)),
    disk.write('person:a', 'two', bytesOf(2)),
    disk.write('person:b', 'one', bytesOf(3)),
  ];
  // It comes behind what was begun before it.
  expect(await disk.forget('person:a')).toBe(2);
  await Promise.all(writing);
  expect([await disk.read('person:a', 'one'), await disk.read('person:a', 'two')]).toEqual([null, null]);
  expect((await disk.read('person:b', 'one'))?.bytes[0]).toBe(3);
  expect(readdirSync(folder).join()).toMatch(/^[0-9a-f]{64}$/);
  expect(await disk.clear()).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that a power cut has spoiled is not there, and what is not ours stays', async () => {
  const disk = open();
  await disk.write('person:a', 'photo', bytesOf(7));
  writeFileSync(join(folder, 'notes.txt'), 'of the owner');
  const [owner = ''] = readdirSync(folder);
  const [file = ''] = readdirSync(join(folder, owner));
  const path = join(folder, owner, file);
  writeFileSync(path, readFileSync(path).fill(0));
  utimesSync(path, time / 1000, time / 1000);
  expect(await disk.read('person:a', 'photo')).toBeNull();
  expect(readdirSync(join(folder, owner))).toEqual([]);
  await disk.sweep();
  await disk.clear();
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});

test('a folder that cannot be used is told of once, and nothing fails', async () => {
  mkdirSync(home, { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  const disk = open();
  await disk.write('person:a', 'photo', bytesOf(7));
  await disk.write('person:a', 'another', bytesOf(7));
  expect(await disk.read('person:a', 'photo')).toBeNull();
  expect(heard.lines.filter((line) => line.includes('cannot be used'))).toHaveLength(1);
});
