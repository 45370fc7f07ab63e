import type { Database } from '../../../src/database/client.ts';

const STATEMENTS: readonly (string | symbol)[] = [
  'select',
  'selectDistinct',
  'insert',
  'update',
  'delete',
  'execute',
  'transaction',
];

/** The database as a process sees it whose connections break for a while. */
export function breakable(db: Database) {
  let away = false;
  const watch = (target: Database): Database =>
    new Proxy(target, {
      get(object, name) {
        if (away && STATEMENTS.includes(name)) {
          throw Object.assign(new Error('the connection is closed'), { code: 'CONNECTION_CLOSED' });
        }
        if (name === 'transaction') {
          return (work: (tx: Database) => Promise<unknown>) => object.transaction((tx) => work(watch(tx)));
        }
        const member: unknown = Reflect.get(object, name, object);
        return typeof member === 'function' ? member.bind(object) : member;
      },
    });
  return {
    db: watch(db),
    begin(): void {
      away = true;
    },
    end(): void {
      away = false;
    },
  };
}
