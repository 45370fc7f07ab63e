/**
 * Reads of single rows that are asked for in the same turn of the event loop share one statement: a lone one
 * goes at once, and a crowd costs the database and this process little more than one. Nothing is kept, so
 * each sees what was committed before it was asked for.
 * @param readMany the rows of these keys, each key once; a key without a row is left out
 */
export function createGroupRead<Key, Row>(
  readMany: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
): (key: Key) => Promise<Row | undefined> {
  let group: { keys: Set<Key>; rows: Promise<ReadonlyMap<Key, Row>> } | null = null;

  function openGroup(): { keys: Set<Key>; rows: Promise<ReadonlyMap<Key, Row>> } {
    const keys = new Set<Key>();
    const turnEnds = new Promise((resolve) => setImmediate(resolve));
    const rows = turnEnds.then(() => {
      group = null;
      return readMany([...keys]);
    });
    return { keys, rows };
  }

  return async (key) => {
    group ??= openGroup();
    group.keys.add(key);
    return (await group.rows).get(key);
  };
}
