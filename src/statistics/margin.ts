import { type Counted, combine, plus } from './book.ts';
import type { Money } from './money.ts';

const MICRO = 1_000_000;
/** Of currencies whose smallest unit is a hundredth. */
const CENT_MICRO_USD = MICRO / 100;

export type Margin = {
  /** What Stars and dollars brought, in millionths of a dollar. */
  incomeMicroUsd: Counted;
  marginMicroUsd: Counted;
  /** Currencies that have no rate and are not in it. */
  without: string[];
};

/**
 * What is left of the income when the providers are paid.
 * @param starsUsdRate dollars that the owner gets for a Star
 */
export function marginOf(money: Pick<Money, 'earnings' | 'costMicroUsd'>, starsUsdRate: number): Margin {
  const microUsdOf: Readonly<Record<string, number>> = { XTR: starsUsdRate * MICRO, USD: CENT_MICRO_USD };
  const { costMicroUsd } = money;
  const nothing = combine(costMicroUsd, costMicroUsd, () => 0);
  const incomeMicroUsd = money.earnings
    .map(({ currency, net }) =>
      combine(net, net, (amount) => Math.round(amount * (microUsdOf[currency] ?? 0))),
    )
    .reduce(plus, nothing);
  return {
    incomeMicroUsd,
    marginMicroUsd: combine(incomeMicroUsd, costMicroUsd, (income, cost) => income - cost),
    without: money.earnings.map(({ currency }) => currency).filter((currency) => !(currency in microUsdOf)),
  };
}
