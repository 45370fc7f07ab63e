import {
  beginTelling,
  markTold,
  type ReportedCharge,
  reportCharge,
} from '../billing/orders/unsettled-charges.ts';
import { toError } from '../errors.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import { tellAdmins } from '../messenger/tell-admins.ts';
import { tellPerson } from '../messenger/tell-person.ts';
import { priceText } from '../screens/buy-card.ts';

export type ReportCharge = ReturnType<typeof createChargeReport>;

/**
 * Makes the function that keeps a charge which could not be settled, and tells of it once: the buyer that the
 * money is here and the credits follow, the admins that something is wrong.
 */
export function createChargeReport(deps: MessengerDeps) {
  /** Told without the database, so that this process does not tell them again once it is back. */
  const toldUnwritten = new Set<string>();

  /**
   * @throws when the charge could not be written down; people have been told then as well, and the caller
   * must keep it and try again
   */
  return async (charge: ReportedCharge): Promise<void> => {
    const key = `${charge.kind}:${charge.chargeId}`;
    try {
      const id = await reportCharge(deps.db, charge);
      if (id !== null && (await beginTelling(deps.db, id))) {
        if (!toldUnwritten.has(key)) await tell(deps, charge);
        await markTold(deps.db, id);
      }
      toldUnwritten.delete(key);
    } catch (error) {
      if (!toldUnwritten.has(key)) {
        toldUnwritten.add(key);
        await tell(deps, charge);
      }
      throw error;
    }
  };
}

async function tell(deps: MessengerDeps, charge: ReportedCharge): Promise<void> {
  const { kind, userId, currency, amount, language } = charge;
  try {
    await tellAdmins(deps, `alert-unsettled-${kind}`, {
      user: String(userId),
      price: priceText('en', currency, amount),
    });
    // Of money that went back the buyer hears nothing: they have it.
    if (kind === 'payment') {
      const price = (reader: string) => priceText(reader, currency, amount);
      await tellPerson(deps, userId, (t, reader) => t('payment-delayed', { price: price(reader) }), {
        spoken: language,
      });
    }
  } catch (error) {
    deps.log.error({ err: toError(error), userId }, 'nobody could be told of an unsettled charge');
  }
}
