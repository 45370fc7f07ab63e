/** What the process answers over HTTP, in one list: health and the API, the dashboard, and Telegram where it posts. */
import { adminOnly } from './api/admin-only.ts';
import { registerBatch } from './api/batch.ts';
import { registerCaches } from './api/caches.ts';
import { registerCleanup } from './api/cleanup.ts';
import { registerHealth } from './api/health.ts';
import { registerInvoicePhoto } from './api/invoice-photo.ts';
import { registerLimits } from './api/limits.ts';
import { registerPerformance } from './api/performance.ts';
import { registerApi } from './api/register-api.ts';
import { registerSearch } from './api/search.ts';
import { registerImageSearch } from './api/search-image.ts';
import { registerStatus } from './api/status.ts';
import { registerThresholds } from './api/thresholds.ts';
import type { DashboardDeps } from './dashboard/deps.ts';
import { registerDashboard } from './dashboard/register.ts';
import { registerWebhook } from './intake/webhook.ts';
import type { AddRoute } from './web/create-web.ts';

/** What a group of routes needs, but for the door that it is given here. */
type NeedsOf<Register> = Register extends (app: never, needs: infer Needs) => void
  ? Omit<Needs, 'admin'>
  : never;

/** `parts`: what most groups of the API take theirs from; `webhook`: null where Telegram is asked and does not post. */
export type Served = Readonly<{
  /** ADMIN_API_TOKEN, which opens the doors of the API; null: nobody is let in. */
  apiToken: string | null;
  health: Readonly<{
    parts: Parameters<typeof registerHealth>[1];
    watched: Omit<Parameters<typeof registerHealth>[2], 'admin'>;
  }>;
  parts: NeedsOf<typeof registerPerformance> &
    NeedsOf<typeof registerCaches> &
    NeedsOf<typeof registerCleanup> &
    NeedsOf<typeof registerThresholds> &
    NeedsOf<typeof registerLimits> &
    NeedsOf<typeof registerBatch> &
    NeedsOf<typeof registerStatus>;
  search: NeedsOf<typeof registerSearch>;
  imageSearch: NeedsOf<typeof registerImageSearch>;
  dashboard: DashboardDeps;
  webhook: (Parameters<typeof registerWebhook>[1] & Parameters<typeof registerInvoicePhoto>[1]) | null;
}>;

/** The routes of the one HTTP server; each says who may pass (web/doors.ts). */
export function routesOf({
  apiToken,
  health,
  parts,
  search,
  imageSearch,
  dashboard,
  webhook,
}: Served): AddRoute[] {
  const admin = adminOnly(apiToken);
  const needs = { ...parts, admin };
  const resources: AddRoute[] = [
    (app) => registerHealth(app, health.parts, { ...health.watched, admin }),
    (app) => registerPerformance(app, needs),
    (app) => registerCaches(app, needs),
    (app) => registerCleanup(app, needs),
    (app) => registerThresholds(app, needs),
    (app) => registerLimits(app, needs),
    (app) => registerSearch(app, { ...search, admin }),
    (app) => registerImageSearch(app, { ...imageSearch, admin }),
    (app) => registerBatch(app, needs),
    (app) => registerStatus(app, needs),
  ];
  return [
    (app) => registerApi(app, resources),
    (app) => registerDashboard(app, dashboard),
    ...(webhook === null
      ? []
      : [
          (app: Parameters<AddRoute>[0]) => registerWebhook(app, webhook),
          (app: Parameters<AddRoute>[0]) => registerInvoicePhoto(app, webhook),
        ]),
  ];
}
