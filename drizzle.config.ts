import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/schema/*.ts',
  out: './drizzle',
  // `npm run db:studio` looks at the data; generating a migration needs no database.
  dbCredentials: { url: process.env.DATABASE_URL ?? 'postgres://localhost:5432/vitrine' },
});
