import type { Message } from '@grammyjs/types';

/**
 * What Telegram itself writes into a chat: the fields of `Message` that the Bot API's reference (core.telegram.org/bots/api,
 * version Bot API 10.1) describes as service messages, and those of changes to a chat, which it does not call by that name.
 * A bot meets some of them in private chats only, others never; the whole list needs no judgement.
 */
export const SERVICE_FIELDS = [
  'new_chat_members',
  'left_chat_member',
  'chat_owner_left',
  'chat_owner_changed',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'gift',
  'unique_gift',
  'gift_upgrade_sent',
  'connected_website',
  'write_access_allowed',
  'passport_data',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'direct_message_price_changed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'managed_bot_created',
  'paid_message_price_changed',
  'poll_option_added',
  'poll_option_deleted',
  'suggested_post_approved',
  'suggested_post_approval_failed',
  'suggested_post_declined',
  'suggested_post_paid',
  'suggested_post_refunded',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'web_app_data',
] as const satisfies readonly (keyof Message)[];

const SERVICE: ReadonlySet<string> = new Set(SERVICE_FIELDS);

/** True for a message that no person wrote: nobody expects an answer to it. */
export function isServiceMessage(message: Message): boolean {
  // By the few fields that a message has instead of all that it might have.
  return Object.keys(message).some((field) => SERVICE.has(field));
}
