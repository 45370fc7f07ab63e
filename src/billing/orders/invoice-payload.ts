/** What an invoice carries back to us: the order's id, and nothing that a person could profit from changing. */

export function packInvoice(orderId: number): string {
  return `order:${orderId}`;
}

/** The order's id, or null for a payload that is not ours. */
export function readInvoice(payload: string): number | null {
  const id = /^order:([1-9]\d{0,15})$/.exec(payload)?.[1];
  return id === undefined ? null : Number(id);
}
