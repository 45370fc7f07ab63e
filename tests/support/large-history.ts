/** A long history of a shop, written by the server itself: for plans and benchmarks, where rows must be many. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/database/client.ts';

/** Who has two of a hundred photoshoots. */
export const LARGE_SELLER = 1;

/**
 * Writes a history that ends now, the same for the same numbers: two pictures a photoshoot, ten a person, a purchase
 * for ten photoshoots.
 * @param perDay pictures a day: how far back it reaches follows from it
 */
export async function writeLargeHistory(
  db: Database,
  { pictures, perDay }: { pictures: number; perDay: number },
): Promise<void> {
  const photoshoots = pictures / 2;
  const people = Math.ceil(photoshoots / 5);
  const seconds = (86_400 * 2) / perDay;
  /** When the photoshoot with this number was begun. */
  const at = sql.raw(`(now() - make_interval(secs => (${photoshoots} - i) * ${seconds} + 240))`);
  /** Somebody who was there by then. */
  const who = sql.raw(
    `case when i % 50 = 0 then ${LARGE_SELLER} else 1 + (abs(hashint8(i)::bigint) % greatest(1, ${people}::bigint * i / ${photoshoots})) end`,
  );
  /** Who buys: one of ten photoshoots goes with a purchase, the large seller's as well. */
  const buyer = sql.raw(
    `case when i % 500 = 0 then ${LARGE_SELLER} else 1 + (abs(hashint8(i + 1)::bigint) % greatest(1, ${people}::bigint * i / ${photoshoots})) end`,
  );
  const each = (count: number) => sql.raw(`generate_series(1, ${count}::bigint) as i`);
  const run = async (statement: ReturnType<typeof sql>) => {
    await db.execute(statement);
  };

  await run(sql`insert into users (id, first_name, language, created_at)
    select i, 'Seller', (array['en', 'ru', 'de'])[1 + i % 3],
      now() - make_interval(secs => (${sql.raw(String(people))} - i) * 5 * ${sql.raw(String(seconds))} + 300) - interval '1 hour'
    from ${each(people)}`);
  await run(sql`insert into attributions (user_id, source, created_at)
    select i, (array['vk', 'google', 'friends'])[1 + i % 3], now() from ${each(people)} where i % 2 = 0`);
  // One in thirty failed, one in fifty was stopped, the last ones are open.
  await run(sql`insert into photoshoots (id, user_id, chat_id, state, source_key, product_name, ratio, created_at,
      expires_at, placed_at, finished_at, outcome_told_at) overriding system value
    select i, person, person, state, 'message:' || i, 'Mug', '1:1', began, began + interval '30 minutes',
      case when state not in ('draft', 'expired') then began + interval '1 minute' end,
      case when state in ('completed', 'failed', 'cancelled') then began + interval '2 minutes' end,
      case when state in ('completed', 'failed', 'cancelled') then began + interval '2 minutes' end
    from (select i, ${who} as person, ${at} as began, case when i > ${sql.raw(String(photoshoots - 5))} then 'draft'
        when i > ${sql.raw(String(photoshoots - 10))} then 'queued' when i % 30 = 1 then 'failed'
        when i % 50 = 1 then 'cancelled' when i % 20 = 3 then 'expired' else 'completed' end as state
      from ${each(photoshoots)}) as made`);
  // A photo is sent again after a few thousand others, as the same file or as another one of the same pixels.
  await run(sql`insert into photoshoot_photos (photoshoot_id, file_id, file_unique_id, content_hash, message_id)
    select i, 'file-' || i, 'unique-' || i % 40000, 'content-' || i % 30000, i from ${each(photoshoots)}`);
  await run(sql`insert into processed_images (id, photoshoot_id, user_id, position, state, style, style_prompt,
      style_origin, ratio, cost_micro_usd, failure_code, created_at, delivered_at, given_back_at, given_back_reason)
      overriding system value
    select p.id * 2 + n - 2, p.id, p.user_id, n, case p.state when 'completed' then 'delivered' when 'queued' then 'waiting'
        else p.state end, 'Style ' || p.id % 12, 'A prompt', case when p.id % 2 = 0 then 'house' else 'proposed' end,
      (array['1:1', '3:4'])[n], 42000, case when p.state = 'failed' then 'refused' end, p.placed_at,
      case when p.state = 'completed' then p.finished_at end,
      case when p.state = 'completed' and p.id % 25 = 0 and n = 1 then p.finished_at + interval '1 second' end,
      case when p.state = 'completed' and p.id % 50 = 0 and n = 1 then 'label' end
    from photoshoots as p, generate_series(1, 2) as n where p.placed_at is not null`);
  await run(sql`insert into orders (id, user_id, kind, state, package_name, credits, currency, amount, created_at,
      expires_at, paid_at) overriding system value
    select i, ${buyer}, 'package', case when i % 10 = 0 then 'paid' else 'expired' end, (array['Start', 'Shop'])[1 + i / 10 % 2],
      40, 'XTR', 299, ${at}, ${at} + interval '1 day', case when i % 10 = 0 then ${at} end
    from ${each(photoshoots)} where i % 10 = 0
      or (i % 10 = 5 and ${at} > now() - interval '30 days')`);
  await run(sql`insert into payments (order_id, user_id, telegram_payment_charge_id, currency, amount, credits, state,
      source, created_at, refunded_at)
    select id, user_id, 'charge-' || id, currency, amount, credits, case when id % 490 = 0 then 'refunded' else 'credited' end,
      'update', paid_at, case when id % 490 = 0 then paid_at + interval '1 minute' end
    from orders where state = 'paid'`);
  // One in seven of those that stand has had a tenth of its money back.
  await run(sql`insert into refund_parts (payment_id, amount, credits, key, given_by, given_at)
    select id, 29, 3, 'part:' || id, -1, created_at + interval '2 minutes' from payments
    where state = 'credited' and id % 7 = 0`);
  await run(sql`update payments set given_back = 29, reclaimed = 3 where state = 'credited' and id % 7 = 0`);
  await run(sql`insert into credit_entries (user_id, kind, available, held, idempotency_key, photoshoot_id, picture_id,
      payment_id, created_at)
    select * from (
      select id as user_id, 'gift', 8, 0, 'welcome:' || id, null::bigint, null::bigint, null::bigint, created_at from users
      union all select user_id, 'purchase', credits, 0, 'purchase:' || id, null, null, id, created_at from payments
      union all select user_id, 'refund', -credits, 0, 'refund:' || id, null, null, id, refunded_at from payments
        where state = 'refunded'
      union all select user_id, 'refund', -reclaimed, 0, 'refund-part:' || id, null, null, id, created_at + interval '2 minutes'
        from payments where reclaimed > 0
      union all select user_id, 'reserve', -2, 2, 'reserve:' || id, id, null, null, placed_at from photoshoots
        where placed_at is not null
      union all select i.user_id, case i.state when 'delivered' then 'capture' else 'release' end,
          case i.state when 'delivered' then 0 else 1 end, -1, 'end:' || i.id, p.id, i.id, null, p.finished_at
        from processed_images as i join photoshoots as p on p.id = i.photoshoot_id where p.finished_at is not null
      union all select user_id, 'give-back', 1, 0, 'give-back:' || id, photoshoot_id, id, null, given_back_at
        from processed_images where given_back_at is not null) as moved
    order by created_at`);
  await run(sql`update users set credits = sums.available, held_credits = sums.held
    from (select user_id, sum(available) as available, sum(held) as held from credit_entries group by user_id) as sums
    where sums.user_id = users.id`);
  await run(sql`insert into provider_attempts (photoshoot_id, picture_id, purpose, provider, model, state, cost_micro_usd,
      duration_ms, started_at, settled_at)
    select id, null::bigint, 'detection', 'openai', 'm', 'succeeded', 900, 2000, created_at, created_at + interval '2 seconds'
      from photoshoots
    union all select photoshoot_id, id, 'picture', 'openai', 'm', case state when 'delivered' then 'succeeded' else 'failed' end,
      case state when 'delivered' then 42000 end, 20000, created_at, created_at + interval '20 seconds'
      from processed_images`);
  await run(sql`insert into events (user_id, kind, key, amount, currency, created_at)
    select id, 'start', 'start:' || id, null::int, null, created_at from users
    union all select user_id, 'photo', 'photo:' || user_id, null, null, min(created_at) from photoshoots group by user_id
    union all select user_id, 'paid', 'paid:' || id, amount, currency, created_at from payments`);
  // One in fifty asks for help and is answered; a few still wait.
  await run(sql`insert into support_tickets (id, user_id, topic, state, created_at, updated_at) overriding system value
    select id, user_id, 'other', case when id > ${sql.raw(String(photoshoots - 200))} then 'open' else 'resolved' end, created_at, created_at
    from photoshoots where id % 50 = 7`);
  await run(sql`insert into support_messages (ticket_id, author_id, body, created_at)
    select id, case when n = 1 then user_id else -1 end, 'Words', created_at + make_interval(mins => n * 15)
    from support_tickets, generate_series(1, 2) as n where n = 1 or state = 'resolved'`);
  // A dozen broadcasts to a third of everybody, most of them long over; requests of a month, of which a few are older.
  await run(sql`insert into broadcasts (id, created_by, state, texts, created_at, ended_at) overriding system value
    select i, -1, 'done', '{"en":"News"}', now() - make_interval(days => i * 25), now() - make_interval(days => i * 25)
    from generate_series(1, 12) as i`);
  await run(sql`insert into broadcast_readers (broadcast_id, user_id, state)
    select b.id, u.id, 'sent' from broadcasts as b, users as u where u.id % 3 = b.id % 3`);
  await run(sql`insert into owner_requests (asked_by, act, user_id, words, created_at)
    select -1, 'message', id, 'Words', now() - make_interval(hours => (id % 730)::int) from users`);
  await run(sql`insert into picture_files (picture_id, bytes, created_at)
    select id, 'x', created_at from processed_images
    where state = 'delivered' and created_at > now() - interval '31 days' and id % 3 = 0`);
  for (const table of [
    'users',
    'attributions',
    'photoshoot_photos',
    'photoshoots',
    'processed_images',
    'orders',
    'payments',
    'refund_parts',
    'credit_entries',
    'provider_attempts',
    'events',
    'support_tickets',
    'support_messages',
    'broadcasts',
    'broadcast_readers',
    'owner_requests',
    'picture_files',
  ]) {
    // An index-only scan needs to know which pages all can see.
    await run(sql.raw(`vacuum analyze ${table}`));
  }
}
