/** The one place that decides what a message of words is about; it knows nothing but what is there. */
import { WISH_LENGTH } from '../limits.ts';
import { readWish, type Wish } from './read-wish.ts';

/** What words can be about. */
export type Subject =
  /** A draft that can be changed; `basedOnPictureId` where it corrects a picture. */
  | { kind: 'card'; draftId: number; basedOnPictureId: number | null }
  /** A draft that waits for its payment. */
  | { kind: 'payment'; draftId: number }
  | { kind: 'work'; photoshootId: number }
  /** A picture that arrived. */
  | { kind: 'picture'; pictureId: number }
  /** A photoshoot that ended without a picture. */
  | { kind: 'nothing-made'; photoshootId: number };

/** What the seller was asked for by a key. */
export type Awaited =
  | { kind: 'style'; draftId: number }
  | { kind: 'name'; draftId: number }
  | { kind: 'style-name'; presetId: number }
  | { kind: 'correction'; pictureId: number };

export type Present = Readonly<{
  /** What the message answers to, where it is a reply to something of a photoshoot. */
  repliedTo: Subject | null;
  awaited: Awaited | null;
  /** What happened last: words without an address are about it. */
  newest: Subject | null;
}>;

export type Meaning =
  | { kind: 'help' }
  | { kind: 'name'; draftId: number; name: string }
  | { kind: 'style-name'; presetId: number; name: string }
  /** An own style of an open card, or only its format or number. `wasAsked`: the key “My idea” stands before it. */
  | { kind: 'style'; draftId: number; wish: Wish; wasAsked: boolean }
  /** Other words for a correction whose card is open. */
  | { kind: 'reword'; draftId: number; wish: Wish }
  | { kind: 'correct'; pictureId: number; wish: Wish }
  | { kind: 'tell-payment'; draftId: number }
  | { kind: 'tell-state'; photoshootId: number }
  /** Words after an order that brought nothing are its next try. */
  | { kind: 'try-anew'; photoshootId: number; wish: Wish }
  /** A word or a sign that says too little to be a wish. */
  | { kind: 'too-little' }
  /** Nothing is there that words could be about. */
  | { kind: 'nothing' };

/** A question mark of any script at the end. */
const ENDS_AS_QUESTION = /[?？؟⁇⁈‽]\s*$/u;
/** How questions begin that are often typed without their mark, in the languages that the texts are in. */
const BEGINS_AS_QUESTION =
  /^(?:how|what|why|when|where|who|which|help|как|что|чего|почему|зачем|когда|где|куда|кто|сколько|какой|какие|какая|помоги|помогите|помощь)(?!\p{L})/iu;
/** “Can you make it darker?” is a wish. */
const BEGINS_AS_WISH =
  /^(?:can|could|would|will|please|let|make|а?\s*можно|можете|можешь|могли|сделай|сделайте|давай|давайте|пожалуйста)(?!\p{L})/iu;
/** “Name: …”, “it is a …”, “это не кружка, а …”: never “it is too dark”. */
const NAMES_PRODUCT =
  /^(?:(?:name|product|название|имя|товар)\s?[:–—-]|(?:this is|it is|it['’]s) (?:not .{1,60}, (?:but|it['’]s) )?(?:an?|the)\s|это не .{1,60}, а\s)\s*(.+)$/iu;

/**
 * What the words ask for. A reply is about what it answers to; else words are what was asked for; else they are about
 * what happened last. A question is one wherever it is asked, but not in reply to a picture.
 */
export function whatWordsMean(text: string, { repliedTo, awaited, newest }: Present): Meaning {
  const words = text.trim();
  const asked = awaited !== null && (repliedTo === null || isAbout(repliedTo, awaited)) ? awaited : null;
  const subject = repliedTo ?? newest;
  if (isQuestion(words, { wasAsked: asked !== null, repliedTo, subject })) return { kind: 'help' };
  if (asked !== null) return whatWasAsked(words, asked);
  return subject === null ? { kind: 'nothing' } : aboutSubject(words, subject);
}

function isAbout(subject: Subject, awaited: Awaited): boolean {
  // No message of a photoshoot is about a saved style.
  if (awaited.kind === 'style-name') return false;
  if (awaited.kind === 'correction')
    return subject.kind === 'picture' && subject.pictureId === awaited.pictureId;
  return subject.kind === 'card' && subject.draftId === awaited.draftId;
}

function isQuestion(
  words: string,
  about: { wasAsked: boolean; repliedTo: Subject | null; subject: Subject | null },
): boolean {
  const isWish = about.subject !== null && BEGINS_AS_WISH.test(words);
  if (isWish || about.repliedTo?.kind === 'picture') return false;
  // Who was asked to describe a style may begin it with “what a sunny morning”.
  return ENDS_AS_QUESTION.test(words) || (!about.wasAsked && BEGINS_AS_QUESTION.test(words));
}

function whatWasAsked(words: string, awaited: Awaited): Meaning {
  switch (awaited.kind) {
    case 'style':
      return { kind: 'style', draftId: awaited.draftId, wish: readWish(words), wasAsked: true };
    case 'name':
      return { kind: 'name', draftId: awaited.draftId, name: nameIn(words) ?? words };
    case 'style-name':
      return { kind: 'style-name', presetId: awaited.presetId, name: words };
    case 'correction':
      return { kind: 'correct', pictureId: awaited.pictureId, wish: readWish(words) };
    default: {
      const never: never = awaited;
      throw new Error(`unknown wait ${String(never)}`);
    }
  }
}

function aboutSubject(words: string, subject: Subject): Meaning {
  switch (subject.kind) {
    case 'card': {
      const { draftId, basedOnPictureId } = subject;
      const name = nameIn(words);
      if (name !== null) return { kind: 'name', draftId, name };
      const wish = readWish(words);
      if (saysTooLittle(wish)) return { kind: 'too-little' };
      return basedOnPictureId === null
        ? { kind: 'style', draftId, wish, wasAsked: false }
        : { kind: 'reword', draftId, wish };
    }
    case 'payment':
      return { kind: 'tell-payment', draftId: subject.draftId };
    case 'work':
      return { kind: 'tell-state', photoshootId: subject.photoshootId };
    case 'picture':
    case 'nothing-made': {
      const wish = readWish(words);
      if (saysTooLittle(wish)) return { kind: 'too-little' };
      return subject.kind === 'picture'
        ? { kind: 'correct', pictureId: subject.pictureId, wish }
        : { kind: 'try-anew', photoshootId: subject.photoshootId, wish };
    }
    default: {
      const never: never = subject;
      throw new Error(`unknown subject ${String(never)}`);
    }
  }
}

/** “ok” or a thumb: nobody means to order that. */
function saysTooLittle({ ratio, pictures, words }: Wish): boolean {
  return ratio === null && pictures === null && [...words].length < WISH_LENGTH.min;
}

function nameIn(words: string): string | null {
  return NAMES_PRODUCT.exec(words)?.[1]?.trim() ?? null;
}
