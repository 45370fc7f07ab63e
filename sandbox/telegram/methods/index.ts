/** Every method of the Bot API that this double has, by its name. */
import type { Method } from '../store.ts';
import { answerCallbackQuery } from './answer-callback-query.ts';
import { answerPreCheckoutQuery } from './answer-pre-checkout-query.ts';
import { deleteMyCommands, getMyCommands, setMyCommands } from './commands.ts';
import { copyMessage, forwardMessage } from './copy-message.ts';
import { deleteMessage, deleteMessages } from './delete-message.ts';
import { editMessageCaption } from './edit-message-caption.ts';
import { editMessageMedia } from './edit-message-media.ts';
import { editMessageReplyMarkup } from './edit-message-reply-markup.ts';
import { editMessageText } from './edit-message-text.ts';
import { getChat } from './get-chat.ts';
import { getFile } from './get-file.ts';
import { getMe } from './get-me.ts';
import { getUpdates } from './get-updates.ts';
import { createInvoiceLink, sendInvoice } from './invoices.ts';
import { getChatMenuButton, setChatMenuButton } from './menu-button.ts';
import {
  getMyDescription,
  getMyName,
  getMyShortDescription,
  setMyDescription,
  setMyName,
  setMyShortDescription,
} from './profile-texts.ts';
import { sendChatAction } from './send-chat-action.ts';
import { sendDocument } from './send-document.ts';
import { sendMediaGroup } from './send-media-group.ts';
import { sendMessage } from './send-message.ts';
import { sendPhoto } from './send-photo.ts';
import { setMessageReaction } from './set-message-reaction.ts';
import {
  editUserStarSubscription,
  getMyStarBalance,
  getStarTransactions,
  refundStarPayment,
} from './stars.ts';
import { deleteWebhook, getWebhookInfo, setWebhook } from './webhook.ts';

export const METHODS: Readonly<Record<string, Method>> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  sendMessage,
  sendPhoto,
  sendDocument,
  sendMediaGroup,
  sendChatAction,
  sendInvoice,
  createInvoiceLink,
  answerPreCheckoutQuery,
  answerCallbackQuery,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
  copyMessage,
  forwardMessage,
  getFile,
  getChat,
  setMessageReaction,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyName,
  getMyName,
  setMyDescription,
  getMyDescription,
  setMyShortDescription,
  getMyShortDescription,
  setChatMenuButton,
  getChatMenuButton,
  getStarTransactions,
  getMyStarBalance,
  refundStarPayment,
  editUserStarSubscription,
};
