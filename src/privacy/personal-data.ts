/**
 * What each table holds of a person, column by column: the one place that says so. A deletion, the file with
 * everything, and the sweeps of what was kept for its time are made of it. It is complete by type: a new table or column
 * does not compile until it stands here, and `tests/system/deletion.test.ts` looks through all of them afterwards.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../database/schema/index.ts';

/** Who is deleted, and the id that stands for them in the books from then on (`drawAnonymousId`). */
export type Leaver = Readonly<{ userId: number; anonymousId: number }>;

/**
 * What becomes of a column. `stays`: it tells nothing of a person, or the books need it. `goes`: it is emptied.
 * `person`: it holds ids of people, and the leaver's becomes the anonymous one in every row, whosever it is. A list of
 * words: a key that is put together of such a word and the id, as `welcome:` is, and is found by itself. `chat`: a
 * private chat, which has the id of its person; it is changed with their rows. Else what it becomes, in the words of the
 * database.
 */
export type Fate = 'stays' | 'goes' | 'person' | 'chat' | readonly string[] | (() => SQL);
export type Fates<T extends PgTable> = { readonly [C in keyof T['$inferSelect'] & string]: Fate };

/** `rows`: those that are about a person; without it there are none, and people stand in it as who did something. */
type Holding<T extends PgTable> =
  | 'nobody'
  | {
      readonly rows: (userId: number) => SQL;
      /** The rows go as a whole; the named columns hold ids of people in the rows of others as well. */
      readonly deleted: readonly (keyof T['$inferSelect'] & string)[];
    }
  | { readonly rows?: (userId: number) => SQL; readonly columns: Fates<T> };

type Tables = {
  [N in keyof typeof schema as (typeof schema)[N] extends PgTable ? N : never]: (typeof schema)[N];
};
export type TableName = keyof Tables;

const {
  attributions,
  broadcastReaders,
  creditEntries,
  dataRequests,
  events,
  marketplacePacks,
  orders,
  ownerActions,
  ownerRequests,
  payments,
  photoshootPhotos,
  photoshoots,
  pictureFiles,
  processedImages,
  promoRedemptions,
  providerAttempts,
  recognitions,
  rateLimits,
  referralRewards,
  refundParts,
  stylePresets,
  styles,
  subscriptions,
  supportMessages,
  listingTexts,
  sessions,
  signInLinks,
  supportTickets,
  telegramUpdates,
  unsettledCharges,
  users,
} = schema;

const ofPhotoshoots = (column: SQL, userId: number) =>
  sql`${column} in (select ${photoshoots.id} from ${photoshoots} where ${photoshoots.userId} = ${userId})`;
/** Who of the owners did it stays a person like any other: their id goes with them. */
const doneBy = 'person';

/** In the order in which they are deleted: what is found by another table before that one. */
export const PERSONAL_DATA: { readonly [N in TableName]: Holding<Tables[N]> } = {
  recognitions: { rows: (userId) => sql`${recognitions.userId} = ${userId}`, deleted: [] },
  listingTexts: { rows: (userId) => sql`${listingTexts.userId} = ${userId}`, deleted: [] },
  // Addresses stand in it as well, and no address is a number.
  rateLimits: { rows: (userId) => sql`${rateLimits.subject} = ${String(userId)}`, deleted: [] },
  sessions: { rows: (userId) => sql`${sessions.userId} = ${userId}`, deleted: [] },
  signInLinks: { rows: (userId) => sql`${signInLinks.userId} = ${userId}`, deleted: [] },
  styles: { rows: (userId) => ofPhotoshoots(sql`${styles.photoshootId}`, userId), deleted: [] },
  photoshootPhotos: {
    rows: (userId) => ofPhotoshoots(sql`${photoshootPhotos.photoshootId}`, userId),
    deleted: [],
  },
  marketplacePacks: {
    rows: (userId) => ofPhotoshoots(sql`${marketplacePacks.photoshootId}`, userId),
    deleted: [],
  },
  pictureFiles: {
    rows: (userId) => sql`${pictureFiles.pictureId} in (
      select ${processedImages.id} from ${processedImages} where ${processedImages.userId} = ${userId})`,
    deleted: [],
  },
  providerAttempts: {
    rows: (userId) => ofPhotoshoots(sql`${providerAttempts.photoshootId}`, userId),
    columns: {
      id: 'stays',
      photoshootId: 'stays',
      pictureId: 'stays',
      purpose: 'stays',
      provider: 'stays',
      model: 'stays',
      state: 'stays',
      code: 'stays',
      // By it the provider would find what it was sent.
      requestId: 'goes',
      textInputTokens: 'stays',
      imageInputTokens: 'stays',
      outputTokens: 'stays',
      costMicroUsd: 'stays',
      durationMs: 'stays',
      startedAt: 'stays',
      settledAt: 'stays',
    },
  },
  processedImages: {
    rows: (userId) => sql`${processedImages.userId} = ${userId}`,
    columns: {
      id: 'stays',
      photoshootId: 'stays',
      userId: 'person',
      position: 'stays',
      state: 'stays',
      // A house style is the shop's own word, and counted by; every other title was written for this product.
      style: () =>
        sql`case when ${processedImages.styleOrigin} = 'house' then ${processedImages.style} else '' end`,
      stylePrompt: 'goes',
      styleOrigin: 'stays',
      ratio: 'stays',
      credits: 'stays',
      creditsSaved: 'stays',
      reshaped: 'stays',
      paid: 'stays',
      provider: 'stays',
      model: 'stays',
      costMicroUsd: 'stays',
      failureCode: 'stays',
      likeness: 'stays',
      likenessReasons: 'stays',
      label: 'stays',
      labelInPhoto: 'goes',
      labelInPicture: 'goes',
      look: 'goes',
      photoFileId: 'goes',
      photoMessageId: 'goes',
      documentFileId: 'goes',
      jpegFileId: 'goes',
      givenBackAt: 'stays',
      givenBackReason: 'stays',
      undoneAt: 'stays',
      createdAt: 'stays',
      deliveredAt: 'stays',
    },
  },
  photoshoots: {
    rows: (userId) => sql`${photoshoots.userId} = ${userId}`,
    columns: {
      id: 'stays',
      userId: 'person',
      chatId: 'chat',
      state: 'stays',
      sourceKey: () => sql`'forgotten:' || ${photoshoots.id}`,
      caption: 'goes',
      cardMessageId: 'goes',
      productName: 'goes',
      productKind: 'goes',
      advice: 'stays',
      redoOfPictureId: 'stays',
      cutOutOf: 'stays',
      size: 'stays',
      isSeries: 'stays',
      ideasAsked: 'stays',
      ideasCome: 'stays',
      recognisedBy: 'stays',
      recommendedRatio: 'stays',
      isProduct: 'stays',
      sameProduct: 'stays',
      nameGiven: 'stays',
      failureCode: 'stays',
      ratio: 'stays',
      ratioChosen: 'stays',
      pictureCount: 'stays',
      lostPreparations: 'stays',
      paid: 'stays',
      priority: 'stays',
      run: 'stays',
      leaseUntil: 'stays',
      cancelRequestedAt: 'stays',
      deliveryStartedAt: 'stays',
      repeatOf: 'stays',
      basedOnPictureId: 'stays',
      createdAt: 'stays',
      expiresAt: 'stays',
      placedAt: 'stays',
      finishedAt: 'stays',
      forgottenAt: () => sql`coalesce(${photoshoots.forgottenAt}, now())`,
      // Nobody is left to be told.
      outcomeToldAt: () => sql`coalesce(${photoshoots.outcomeToldAt}, now())`,
    },
  },
  stylePresets: { rows: (userId) => sql`${stylePresets.userId} = ${userId}`, deleted: [] },
  supportMessages: {
    rows: (userId) => sql`${supportMessages.ticketId} in (
      select ${supportTickets.id} from ${supportTickets} where ${supportTickets.userId} = ${userId})`,
    deleted: ['authorId'],
  },
  supportTickets: { rows: (userId) => sql`${supportTickets.userId} = ${userId}`, deleted: [] },
  ownerRequests: { rows: (userId) => sql`${ownerRequests.userId} = ${userId}`, deleted: ['askedBy'] },
  ownerActions: {
    rows: (userId) => sql`${ownerActions.userId} = ${userId}`,
    columns: {
      id: 'stays',
      actorId: doneBy,
      act: 'stays',
      userId: 'person',
      object: 'stays',
      // The only change that a row of these ever sees: what was done stays, the words about somebody go.
      reason: 'goes',
      before: 'stays',
      after: 'stays',
      createdAt: 'stays',
    },
  },
  dataRequests: { rows: (userId) => sql`${dataRequests.userId} = ${userId}`, deleted: [] },
  telegramUpdates: {
    // One that waits is being handled now: it meets somebody new, and goes within a day.
    rows: (userId) => sql`${telegramUpdates.lane} = ${userId} and ${telegramUpdates.state} <> 'waiting'`,
    columns: {
      // Stays for its day, so that a repeat of it is recognised.
      updateId: 'stays',
      lane: 'chat',
      payload: 'goes',
      // What was given up cannot be tried again without its words.
      state: () => sql`'done'`,
      owner: 'stays',
      handledUntil: 'stays',
      deaths: 'stays',
      failures: 'stays',
      fault: 'goes',
      receivedAt: 'stays',
    },
  },
  attributions: {
    rows: (userId) => sql`${attributions.userId} = ${userId}`,
    columns: {
      userId: 'person',
      source: 'stays',
      medium: 'stays',
      campaign: 'stays',
      content: 'goes',
      term: 'goes',
      clickId: 'goes',
      createdAt: 'stays',
    },
  },
  broadcastReaders: {
    rows: (userId) => sql`${broadcastReaders.userId} = ${userId}`,
    columns: { broadcastId: 'stays', userId: 'person', state: 'stays' },
  },
  events: {
    rows: (userId) => sql`${events.userId} = ${userId}`,
    columns: {
      id: 'stays',
      userId: 'person',
      kind: 'stays',
      key: schema.EVENT_KINDS.map((kind) => `${kind}:`),
      amount: 'stays',
      currency: 'stays',
      uploadedAt: 'stays',
      createdAt: 'stays',
    },
  },
  creditEntries: {
    rows: (userId) => sql`${creditEntries.userId} = ${userId}`,
    columns: {
      id: 'stays',
      userId: 'person',
      kind: 'stays',
      available: 'stays',
      reserved: 'stays',
      // The second one stands in the ledger of whoever brought them.
      idempotencyKey: ['welcome:', 'reward:start:', 'forfeit:'],
      photoshootId: 'stays',
      pictureId: 'stays',
      paymentId: 'stays',
      createdAt: 'stays',
    },
  },
  orders: {
    rows: (userId) => sql`${orders.userId} = ${userId}`,
    columns: {
      id: 'stays',
      userId: 'person',
      kind: 'stays',
      state: 'stays',
      packageName: 'stays',
      credits: 'stays',
      currency: 'stays',
      amount: 'stays',
      photoshootId: 'stays',
      promoRedemptionId: 'stays',
      invoiceMessageId: 'goes',
      createdAt: 'stays',
      expiresAt: 'stays',
      checkoutAt: 'stays',
      paidAt: 'stays',
    },
  },
  refundParts: {
    rows: (userId) => sql`${refundParts.paymentId} in (
      select ${payments.id} from ${payments} where ${payments.userId} = ${userId})`,
    columns: {
      id: 'stays',
      paymentId: 'stays',
      amount: 'stays',
      credits: 'stays',
      key: 'stays',
      givenBy: doneBy,
      givenAt: 'stays',
    },
  },
  payments: {
    rows: (userId) => sql`${payments.userId} = ${userId}`,
    columns: {
      id: 'stays',
      orderId: 'stays',
      userId: 'person',
      // The receipt of the money: without it Telegram's list would look as if it had never been written down.
      telegramPaymentChargeId: 'stays',
      providerPaymentChargeId: 'stays',
      currency: 'stays',
      amount: 'stays',
      credits: 'stays',
      state: 'stays',
      givenBack: 'stays',
      reclaimed: 'stays',
      heldReason: 'stays',
      source: 'stays',
      paidUntil: 'stays',
      createdAt: 'stays',
      refundRequestedAt: 'stays',
      refundedAt: 'stays',
      owedSince: 'stays',
      refundedBy: doneBy,
    },
  },
  subscriptions: {
    rows: (userId) => sql`${subscriptions.userId} = ${userId}`,
    columns: {
      orderId: 'stays',
      userId: 'person',
      firstChargeId: 'stays',
      paidUntil: 'stays',
      cancelled: 'stays',
      createdAt: 'stays',
    },
  },
  promoRedemptions: {
    rows: (userId) => sql`${promoRedemptions.userId} = ${userId}`,
    columns: {
      id: 'stays',
      code: 'stays',
      userId: 'person',
      number: 'stays',
      // Names the message, and with it the chat.
      key: () => sql`'forgotten:' || ${promoRedemptions.id}`,
      orderId: 'stays',
      usedAt: 'stays',
      createdAt: 'stays',
    },
  },
  referralRewards: {
    rows: (userId) =>
      sql`(${referralRewards.inviterId} = ${userId} or ${referralRewards.invitedId} = ${userId})`,
    columns: {
      id: 'stays',
      inviterId: 'person',
      invitedId: 'person',
      kind: 'stays',
      paymentId: 'stays',
      hundredths: 'stays',
      credits: 'stays',
      createdAt: 'stays',
    },
  },
  unsettledCharges: {
    rows: (userId) => sql`${unsettledCharges.userId} = ${userId}`,
    columns: {
      id: 'stays',
      kind: 'stays',
      chargeId: 'stays',
      providerChargeId: 'stays',
      userId: 'person',
      language: 'goes',
      payload: 'stays',
      currency: 'stays',
      amount: 'stays',
      paidUntil: 'stays',
      source: 'stays',
      createdAt: 'stays',
      tellingUntil: 'stays',
      toldAt: 'stays',
    },
  },
  broadcasts: {
    columns: {
      id: 'stays',
      createdBy: doneBy,
      state: 'stays',
      segment: 'stays',
      language: 'stays',
      texts: 'stays',
      cardMessageId: 'stays',
      createdAt: 'stays',
      nextAt: 'stays',
      endedAt: 'stays',
      counts: 'stays',
      sweptAt: 'stays',
    },
  },
  promoCodes: {
    columns: {
      code: 'stays',
      kind: 'stays',
      value: 'stays',
      maxUses: 'stays',
      usesPerUser: 'stays',
      uses: 'stays',
      startsAt: 'stays',
      endsAt: 'stays',
      createdBy: doneBy,
      createdAt: 'stays',
    },
  },
  settings: { columns: { key: 'stays', value: 'stays', until: 'stays', setBy: doneBy, setAt: 'stays' } },
  startLinks: { columns: { code: 'stays', payload: 'stays', createdBy: doneBy, createdAt: 'stays' } },
  users: {
    rows: (userId) => sql`${users.id} = ${userId}`,
    columns: {
      id: 'person',
      firstName: () => sql`'—'`,
      username: 'goes',
      // The day's figures count newcomers by it.
      language: 'stays',
      languageChosen: 'stays',
      credits: 'stays',
      reservedCredits: 'stays',
      blockedAt: 'goes',
      describingDraftId: 'goes',
      namingDraftId: 'goes',
      renamingPresetId: 'goes',
      correctingPictureId: 'goes',
      referralCode: () => sql`replace(gen_random_uuid()::text, '-', '')`,
      invitedBy: 'person',
      rewardHundredths: 'stays',
      namingPhotoshootId: 'goes',
      writingTicketId: 'goes',
      answeringRequestId: 'goes',
      writingBroadcast: 'goes',
      broadcastsMutedAt: 'goes',
      role: 'goes',
      bannedAt: 'goes',
      banReason: 'goes',
      deletionDueAt: 'goes',
      deletedAt: () => sql`now()`,
      lastSeenAt: () => sql`${users.createdAt}`,
      createdAt: 'stays',
    },
  },
  alerts: 'nobody',
  dailyFigures: 'nobody',
  summedFigures: 'nobody',
  formerCustomers: 'nobody',
  intakeProcesses: 'nobody',
  rollUps: 'nobody',
  performanceSamples: 'nobody',
  // What an owner's tool has sent, for an hour.
  imageBatches: 'nobody',
  keptFiles: 'nobody',
};

const TABLES = new Map<string, unknown>(Object.entries(schema));
// By the type of the names they are tables of the schema.
export const tableOf = (name: TableName): PgTable => TABLES.get(name) as PgTable;
/** The tables with something of people, in the order in which they are deleted. */
export const PERSONAL_TABLES = (Object.keys(PERSONAL_DATA) as TableName[]).filter(
  (name) => PERSONAL_DATA[name] !== 'nobody',
);
