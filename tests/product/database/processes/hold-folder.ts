/** A process that takes the folder it is told and keeps it until it is killed. */
import { lockFolder } from '../../../../src/database/folder-lock.ts';

const [, , folder = ''] = process.argv;
const release = await lockFolder(folder);
process.stdout.write('locked\n');
// The lock alone does not keep a process alive, and is let go of when nobody refers to it.
setInterval(() => release, 60_000);
