/** A process that writes rows into an embedded database as fast as it can, and names each that was acknowledged. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../../src/database/client.ts';
import { intakeProcesses } from '../../../../src/database/schema/index.ts';
import { createLog } from '../../../../src/log.ts';

const [, , directory = '', round = ''] = process.argv;
const log = createLog({ level: 'silent', pretty: false });
const { db } = await openDatabase({ kind: 'embedded', directory }, log);
for (let number = 1; ; number++) {
  const key = `${round}:${number}`;
  await db.insert(intakeProcesses).values({ id: key, polls: false });
  // Written at once: what the other side has read was acknowledged, whenever this process is killed.
  writeSync(1, `${key}\n`);
}
