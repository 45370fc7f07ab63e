import { StartRefused } from '../errors.ts';
import type { Sql } from './driver.ts';

/** What has_*_privilege() tell of the role that has connected, null for a schema that there is not. */
type Rights = {
  role: string;
  database: string;
  mayCreateSchemas: boolean;
  mayUsePublic: boolean | null;
  mayCreateInPublic: boolean | null;
  /** The queue's schema is made by the queue itself, after the migrations. */
  hasQueue: boolean;
};

/**
 * Migrating makes schemas, and tables in the schema public. Asked for beforehand, so that all that is missing is told
 * at once, and in the words of the command that grants it.
 * @param upToDate then only the queue may still have its schema to make
 * @throws StartRefused when the role may not
 */
export async function refuseWithoutRights(client: Sql, upToDate: boolean): Promise<void> {
  const [rights] = await client<[Rights]>`
    select current_user as role, current_database() as database,
      has_database_privilege(current_database(), 'CREATE') as "mayCreateSchemas",
      has_schema_privilege(to_regnamespace('public')::oid, 'USAGE') as "mayUsePublic",
      has_schema_privilege(to_regnamespace('public')::oid, 'CREATE') as "mayCreateInPublic",
      to_regnamespace('queue') is not null as "hasQueue"`;
  const { mayCreateSchemas, mayUsePublic, mayCreateInPublic, hasQueue } = rights;
  const [role, database] = [quoted(rights.role), quoted(rights.database)];
  const grants: string[] = [];
  if (!mayCreateSchemas && !(upToDate && hasQueue))
    grants.push(`GRANT CREATE ON DATABASE ${database} TO ${role};`);
  if (!upToDate && (mayUsePublic === false || mayCreateInPublic === false)) {
    grants.push(`GRANT USAGE, CREATE ON SCHEMA public TO ${role};`);
  }
  if (grants.length === 0) return;
  throw new StartRefused(
    `The role ${role} may not make Vitrine’s tables. Let the owner of the database run in it: ${grants.join(' ')}`,
  );
}

/** As an identifier of SQL, whatever is in it. */
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
