/** What a day and a month of recognitions cost: the arithmetic of the documents, from its own inputs. */
export type Projection = Readonly<{
  callsADay: number;
  dollarsADay: number;
  dollarsAMonth: number;
}>;

const DAYS = 30;

/**
 * @param hitRate of all requests, how many need no call; 0 to 1
 * @param dollarsPerCall what one call costs
 */
export function project({
  requestsADay,
  hitRate,
  dollarsPerCall,
}: Readonly<{ requestsADay: number; hitRate: number; dollarsPerCall: number }>): Projection {
  // A share such as 0.15 has no exact half: 1 - 0.85 is a little more.
  const callsADay = Math.round(requestsADay * (1 - hitRate));
  const dollarsADay = callsADay * dollarsPerCall;
  return { callsADay, dollarsADay, dollarsAMonth: dollarsADay * DAYS };
}
