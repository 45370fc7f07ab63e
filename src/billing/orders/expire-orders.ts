import { lte } from 'drizzle-orm';
import type { Database } from '../../database/client.ts';
import { orders } from '../../database/schema/index.ts';
import { endOrders } from './end-orders.ts';

/** Ends the orders whose invoice was not paid in time. @returns how many */
export async function expireOrders(db: Database, now: Date): Promise<number> {
  return (await endOrders(db, lte(orders.expiresAt, now), 'expired')).length;
}
