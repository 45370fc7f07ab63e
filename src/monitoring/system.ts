/** What the machine and this process use: from node:os, /proc and the event loop; a sample costs under a millisecond. */
import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { type Reading, reading } from './metrics.ts';

const NETWORK_FILE = '/proc/net/dev';

/**
 * Makes the reader of the machine's figures. Shares of time are of the time between two readings.
 * @param options.dataDir on the disk that is watched
 * @param options.memoryLimitBytes what this process should stay within
 * @returns `read`, and `close`, which ends the measuring of the event loop
 */
export function createSystemReader({
  dataDir,
  memoryLimitBytes,
}: Readonly<{ dataDir: string; memoryLimitBytes: number }>) {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  let before: { at: number; cpu: NodeJS.CpuUsage; loop: EventLoopUtilization } = mark();

  return {
    async read(): Promise<readonly Reading[]> {
      const now = mark();
      const cpu = process.cpuUsage(before.cpu);
      const wallUs = Math.max(1, (now.at - before.at) * 1000);
      const { utilization } = performance.eventLoopUtilization(now.loop, before.loop);
      before = now;
      const rss = process.memoryUsage.rss();
      const readings = [
        reading('system_cpu_ratio', (cpu.user + cpu.system) / (wallUs * availableParallelism()), {}),
        reading('system_memory_ratio', rss / memoryLimitBytes, {}),
        reading('process_resident_memory_bytes', rss, {}),
        reading('process_uptime_seconds', process.uptime(), {}),
        // Nanoseconds, and the resolution itself is part of each.
        reading('event_loop_delay_seconds', delays.percentile(50) / 1e9, { quantile: '0.5' }),
        reading('event_loop_delay_seconds', delays.percentile(99) / 1e9, { quantile: '0.99' }),
        reading('event_loop_utilization_ratio', utilization, {}),
        ...(await readDisk(dataDir)),
        ...(await readNetwork()),
      ];
      delays.reset();
      return readings;
    },
    close(): void {
      delays.disable();
    },
  };
}

function mark() {
  return { at: performance.now(), cpu: process.cpuUsage(), loop: performance.eventLoopUtilization() };
}

/** As `df` counts: what only root may still use counts as used. */
async function readDisk(folder: string): Promise<readonly Reading[]> {
  try {
    const { blocks, bfree, bavail } = await statfs(folder);
    const used = blocks - bfree;
    return [reading('system_disk_ratio', used / Math.max(1, used + bavail), {})];
  } catch {
    // The folder is made when something is first kept in it.
    return [];
  }
}

/** Linux alone says it in a file; elsewhere there is no such reading. */
async function readNetwork(): Promise<readonly Reading[]> {
  try {
    const text = await readFile(NETWORK_FILE, 'utf8');
    const rows = text.split('\n').flatMap((line) => {
      const [name, numbers] = line.split(':');
      const fields = numbers?.trim().split(/\s+/).map(Number);
      return fields === undefined || name?.trim() === 'lo' ? [] : [fields];
    });
    const total = (column: number) => rows.reduce((sum, fields) => sum + (fields[column] ?? 0), 0);
    return [
      reading('system_network_bytes_total', total(0), { direction: 'received' }),
      reading('system_network_bytes_total', total(8), { direction: 'sent' }),
    ];
  } catch {
    return [];
  }
}
