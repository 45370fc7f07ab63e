/**
 * Where the picture stands in an answer. Endpoints that call themselves compatible put it into different places:
 * base64, a data address or an address on the web, in `data`, in an event, in `message.images` or in the text.
 */
import { z } from 'zod';
import { AnswerWithoutPicture, isRefusal, ReportedFault } from './classify-error.ts';

/** A picture as an answer gives it: base64, a data address, or an address to fetch it from. */
export type PicturePlace = string;

const PICTURE = z.object({
  b64_json: z.string().min(1).nullish(),
  url: z.string().min(1).nullish(),
  image_url: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]).nullish(),
});
const PICTURES = z.object({ data: z.array(PICTURE) });
const FAULT = z.object({
  error: z.union([
    z.string().transform((message) => ({ message })),
    z.object({
      message: z.string().optional(),
      code: z.union([z.string(), z.number()]).nullish(),
      type: z.string().nullish(),
    }),
  ]),
});
const CHAT = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        native_finish_reason: z.string().nullish(),
        message: z.object({
          content: z.union([z.string(), z.array(PICTURE.extend({ text: z.string().nullish() }))]).nullish(),
          images: z.array(PICTURE).nullish(),
          refusal: z.string().nullish(),
        }),
      }),
    )
    .min(1),
});

/** A picture in the words of an answer, as some relays write it. */
const DATA_ADDRESS = /data:image\/[\w.+-]+;base64,[A-Za-z0-9+/=]+/;
const MARKDOWN_PICTURE = /!\[[^\]]*\]\((https?:\/\/[^\s)]+)\)/;

/** The picture of an event, or of an answer in the Images API's form; null when it holds none. */
export function findPicture(answer: unknown): PicturePlace | null {
  const several = PICTURES.safeParse(answer);
  const one = PICTURE.safeParse(several.success ? several.data.data[0] : answer);
  return one.success ? placeOf(one.data) : null;
}

/** @throws ReportedFault for an answer that holds an error, AnswerWithoutPicture for one that holds neither */
export function pictureOfAnswer(answer: unknown): PicturePlace {
  throwReported(answer);
  const place = findPicture(answer);
  if (place === null) throw new AnswerWithoutPicture('');
  return place;
}

/**
 * The picture of a chat's answer.
 * @throws ReportedFault for one that holds an error or a refusal, AnswerWithoutPicture, with the model's words, for
 * one that holds nothing else
 */
export function pictureOfChat(answer: unknown): PicturePlace {
  throwReported(answer);
  const parsed = CHAT.safeParse(answer);
  const choice = parsed.success ? parsed.data.choices[0] : undefined;
  if (choice === undefined) throw new AnswerWithoutPicture('');
  const { content, images, refusal } = choice.message;
  const parts = typeof content === 'string' ? [] : (content ?? []);
  const text = typeof content === 'string' ? content : parts.map((part) => part.text ?? '').join('');
  for (const picture of [...(images ?? []), ...parts]) {
    const place = placeOf(picture);
    if (place !== null) return place;
  }
  const inText = DATA_ADDRESS.exec(text)?.[0] ?? MARKDOWN_PICTURE.exec(text)?.[1];
  if (inText !== undefined) return inText;
  const ends = [choice.native_finish_reason, choice.finish_reason].map((end) => end ?? '');
  const refusing = ends.find((end) => isRefusal(end, ''));
  if (refusal || refusing !== undefined) {
    throw new ReportedFault(refusing ?? 'content_filter', null, refusal ?? text);
  }
  throw new AnswerWithoutPicture(text);
}

/** Some relays report an error with status 200. @throws ReportedFault */
export function throwReported(answer: unknown): void {
  const parsed = FAULT.safeParse(answer);
  if (!parsed.success) return;
  const { message = '', ...error } = { code: null, type: null, ...parsed.data.error };
  const status = typeof error.code === 'number' ? error.code : null;
  const word = typeof error.code === 'string' ? error.code : error.type;
  throw new ReportedFault(word || `http-${status ?? 'answer'}`, status, message);
}

function placeOf({ b64_json, url, image_url }: z.output<typeof PICTURE>): PicturePlace | null {
  return b64_json ?? url ?? image_url ?? null;
}
