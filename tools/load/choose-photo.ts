/** Which photo is sent next. `known`: its card has been seen, so that nothing has to be recognised. */
export type Choice = Readonly<{ name: string; known: boolean }>;

/**
 * Draws photos so that of `total` exactly the given share repeats an earlier one, and, as long as there is one whose
 * card was seen, such a one: the moment at which people send a photo again.
 * @param prefix what the names of one run have in common
 */
export function createPhotoChooser({
  total,
  repeatShare,
  prefix,
  random = Math.random,
}: Readonly<{ total: number; repeatShare: number; prefix: string; random?: () => number }>) {
  const seen: string[] = [];
  let repeats = Math.round(total * repeatShare);
  let fresh = total - repeats;
  let last = 0;
  return {
    /** @throws RangeError when more are asked for than there are */
    next(): Choice {
      if (repeats + fresh === 0) throw new RangeError('every photo was sent');
      const repeated = seen[Math.floor(random() * seen.length)];
      const isRepeat = fresh === 0 || (repeated !== undefined && random() < repeats / (repeats + fresh));
      if (isRepeat) {
        repeats -= 1;
        // Nothing has a card yet, and no other photo is left: the first one is sent by several at once.
        return { name: repeated ?? `${prefix}1`, known: repeated !== undefined };
      }
      fresh -= 1;
      last += 1;
      return { name: `${prefix}${last}`, known: false };
    },
    /** The card of this photo was seen. */
    sawCard(name: string): void {
      if (!seen.includes(name)) seen.push(name);
    },
  };
}
