/** Every address of the dashboard behind its door. */
import { alertRoutes } from './alerts.ts';
import { auditRoutes } from './audit.ts';
import { broadcastRoutes } from './broadcast.ts';
import { broadcastsRoutes } from './broadcasts.ts';
import { channelRoutes } from './channels.ts';
import { cohortRoutes } from './cohorts.ts';
import { healthRoutes } from './health.ts';
import { limitRoutes } from './limits.ts';
import { moreRoutes } from './more.ts';
import { orderRoutes } from './orders.ts';
import { overviewRoutes } from './overview.ts';
import { paymentRoutes } from './payments.ts';
import { peopleRoutes } from './people.ts';
import { personRoutes } from './person.ts';
import { pictureRoutes } from './pictures.ts';
import { priceRoutes } from './prices.ts';
import { sourceRoutes } from './sources.ts';
import { styleRoutes } from './styles.ts';
import { ticketRoutes } from './tickets.ts';
import type { Route } from './visit.ts';

export const ROUTES: readonly Route[] = [
  ...overviewRoutes,
  ...paymentRoutes,
  ...orderRoutes,
  ...peopleRoutes,
  ...personRoutes,
  ...ticketRoutes,
  ...pictureRoutes,
  ...styleRoutes,
  ...channelRoutes,
  ...priceRoutes,
  ...sourceRoutes,
  ...cohortRoutes,
  ...broadcastsRoutes,
  ...broadcastRoutes,
  ...auditRoutes,
  ...healthRoutes,
  ...alertRoutes,
  ...limitRoutes,
  ...moreRoutes,
];
