/** Pictures as sellers got them, and why some were not right. */

import { cacheTagOf } from '../customers/cache-tag.ts';
import { AppError } from '../errors.ts';
import { GIVE_BACK_REASONS } from '../photoshoots/give-back.ts';
import { readSentPicture } from '../photoshoots/history.ts';
import { listPictures, PICTURE_LISTS, type PictureEntry } from '../photoshoots/list-pictures.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import { ROOT } from './cookie.ts';
import type { DashboardDeps } from './deps.ts';
import { idIn, oneOf } from './form.ts';
import { moment } from './format.ts';
import { type Content, type Html, html } from './html.ts';
import { personLink } from './links.ts';
import { type ListSpec, listRoutes } from './list.ts';
import { address } from './period.ts';
import { stateWord } from './state.ts';
import type { Route, Visitor } from './visit.ts';

const PICTURES: ListSpec<PictureEntry> = {
  section: 'pictures',
  path: '/pictures',
  right: 'see-pictures',
  period: '30',
  orders: ['newest', 'oldest'],
  states: PICTURE_LISTS.map((name) => ({ name, title: ({ t }: Visitor) => t(`dash-pictures-of-${name}`) })),
  ofPerson: true,
  ofStyle: true,
  columns: (visitor) => {
    const { t } = visitor;
    return [
      { title: t('dash-col-picture'), cell: ({ id }) => id },
      { title: t('dash-col-id'), cell: ({ userId }) => userId },
      { title: t('dash-col-person'), cell: ({ seller }) => seller },
      { title: t('dash-col-product'), cell: ({ productName }) => productName },
      { title: t('dash-col-style'), cell: ({ style }) => style },
      { title: t('dash-col-ratio'), cell: ({ ratio }) => ratio },
      { title: t('dash-col-state'), cell: ({ state }) => state },
      {
        title: t('dash-col-why'),
        cell: ({ givenBackReason, failureCode }) => givenBackReason ?? failureCode,
      },
      { title: t('dash-col-time'), cell: ({ createdAt }) => createdAt.toISOString() },
    ];
  },
  read: ({ db }, { state, ...wanted }) =>
    listPictures(db, { ...wanted, list: oneOf(PICTURE_LISTS, state ?? undefined) ?? 'delivered' }),
  draw: (visitor, { counting }, rows) =>
    html`<ul class="gallery">${rows.map((picture) => tile(visitor, picture, counting.timeZone))}</ul>`,
};

export const pictureRoutes: readonly Route[] = [
  ...listRoutes(PICTURES),
  {
    method: 'GET',
    path: '/pictures/:id/thumbnail.jpg',
    right: 'see-pictures',
    async answer(deps, { params }) {
      return { kind: 'picture', jpeg: await thumbnailOf(deps, idIn(params)) };
    },
  },
];

/**
 * Small, and made once: the picture itself is fetched from Telegram. Whose it is is asked each time, so that of somebody
 * who has left no process shows what it still has.
 * @throws AppError not-found, file-gone
 */
async function thumbnailOf(
  { db, gateway, images, thumbnails, pseudonymOf }: DashboardDeps,
  pictureId: number,
): Promise<Uint8Array> {
  const picture = await readSentPicture(db, pictureId);
  if (picture === null) throw new AppError('not-found', 'there is no such picture');
  const { fileId, userId } = picture;
  return thumbnails.get(String(pictureId), [cacheTagOf({ pseudonymOf }, userId)], async (signal) => {
    const { jpeg } = await images.thumbnail(await fetchPhoto(gateway, fileId, { signal }), 'medium', signal);
    return jpeg;
  });
}

function tile(visitor: Visitor, picture: PictureEntry, timeZone: string): Html {
  const { t } = visitor;
  const { id, userId, seller, productName, style, ratio, photoFileId, givenBackAt, createdAt } = picture;
  const product = productName ?? t('dash-no-name');
  const what = t('dash-picture-alt', { product, style });
  return html`<li><div class="picture">${photoFileId === null ? t('dash-no-picture') : html`<img src="${ROOT}/pictures/${String(id)}/thumbnail.jpg" alt="${what}" width="320" height="320" loading="lazy" decoding="async">`}</div>
<div class="words"><p><strong>${product}</strong></p><p><a href="${address('/pictures', { style })}">${style}</a> · ${ratio}</p><p>${personLink(userId, seller)}</p>
<p class="soft">${moment(visitor, timeZone, givenBackAt ?? createdAt)}</p>${why(visitor, picture)}</div></li>`;
}

function why({ t }: Visitor, { givenBackAt, givenBackReason, failureCode }: PictureEntry): Content {
  if (givenBackAt !== null) {
    const reason = GIVE_BACK_REASONS.find((one) => one === givenBackReason);
    return html`<p>${stateWord(reason === undefined ? t('figures-no-reason') : t(`reason-${reason}`), 'warn')}</p>`;
  }
  return failureCode !== null && html`<p>${stateWord(failureCode, 'bad')}</p>`;
}
