import type { Server } from '../../src/database/server.ts';
import { parseAddress } from '../../src/database-address.ts';

/** A server that is reached without TLS, as those of the tests are, without asking it first. */
export const inPlain = (url: string): Server => ({ address: parseAddress(url), ssl: false });
