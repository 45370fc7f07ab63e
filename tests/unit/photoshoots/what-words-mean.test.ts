/** What words are about, by what is there: the whole table. */
import { describe, expect, test } from 'vitest';
import { readWish } from '../../../src/photoshoots/words/read-wish.ts';
import {
  type Awaited,
  type Present,
  type Subject,
  whatWordsMean,
} from '../../../src/photoshoots/words/what-words-mean.ts';

const card: Subject = { kind: 'card', draftId: 1, basedOnPictureId: null };
const correction: Subject = { kind: 'card', draftId: 2, basedOnPictureId: 30 };
const payment: Subject = { kind: 'payment', draftId: 3 };
const work: Subject = { kind: 'work', photoshootId: 4 };
const picture: Subject = { kind: 'picture', pictureId: 5 };
const oldPicture: Subject = { kind: 'picture', pictureId: 6 };
const nothingMade: Subject = { kind: 'nothing-made', photoshootId: 7 };
const awaitsStyle: Awaited = { kind: 'style', draftId: 1 };
const awaitsName: Awaited = { kind: 'name', draftId: 1 };
const awaitsStyleName: Awaited = { kind: 'style-name', presetId: 8 };
const awaitsCorrection: Awaited = { kind: 'correction', pictureId: 5 };

const present = (about: Partial<Present>): Present => ({
  repliedTo: null,
  awaited: null,
  newest: null,
  ...about,
});

describe('words', () => {
  test.each([
    // Without a key before them they are about what happened last.
    ['on marble', { newest: card }, 'style 1: on marble'],
    ['на мраморе', { newest: card }, 'style 1: на мраморе'],
    ['3:4, 2 pictures', { newest: card }, 'style 1: 3:4 2'],
    ['darker', { newest: correction }, 'reword 2: darker'],
    ['darker table, no flowers', { newest: picture }, 'correct 5: darker table, no flowers'],
    ['стол темнее, без цветов', { newest: picture }, 'correct 5: стол темнее, без цветов'],
    ['make it 1:1', { newest: picture }, 'correct 5: 1:1 make it'],
    ['faster please', { newest: work }, 'tell-state 4'],
    ['on marble', { newest: payment }, 'tell-payment 3'],
    ['on plain white', { newest: nothingMade }, 'try-anew 7: on plain white'],
    ['hello', {}, 'nothing'],
    // A reply is about what it answers to.
    ['warmer light', { newest: card, repliedTo: oldPicture }, 'correct 6: warmer light'],
    ['warmer light', { newest: picture, repliedTo: card }, 'style 1: warmer light'],
    ['well', { newest: card, repliedTo: work }, 'tell-state 4'],
    ['without flowers', { newest: work, repliedTo: picture }, 'correct 5: without flowers'],
    // What a key asked for comes before what happened last, and a reply to something else before that.
    ['short', { newest: picture, awaited: awaitsStyle }, 'style 1 asked: short'],
    ['Oak stool', { newest: card, awaited: awaitsName }, 'name 1: Oak stool'],
    ['Name: Oak stool', { newest: card, awaited: awaitsName }, 'name 1: Oak stool'],
    ['Name: 3:4 oak', { newest: card, awaited: awaitsStyleName }, 'style-name 8: Name: 3:4 oak'],
    ['no flowers', { awaited: awaitsStyleName, repliedTo: picture }, 'correct 5: no flowers'],
    ['no flowers', { newest: card, awaited: awaitsCorrection }, 'correct 5: no flowers'],
    ['no flowers', { awaited: awaitsStyle, repliedTo: oldPicture }, 'correct 6: no flowers'],
    ['by a window', { awaited: awaitsStyle, repliedTo: card }, 'style 1 asked: by a window'],
    [
      'What a sunny morning by the sea',
      { awaited: awaitsStyle },
      'style 1 asked: What a sunny morning by the sea',
    ],
    // The name is corrected by words as well.
    ['It’s a thermos', { newest: card }, 'name 1: thermos'],
    ['this is an oak stool', { newest: card }, 'name 1: oak stool'],
    ['Название: Термос «Север»', { newest: card }, 'name 1: Термос «Север»'],
    ['It’s too dark', { newest: card }, 'style 1: It’s too dark'],
    ['это слишком темно', { newest: card }, 'style 1: это слишком темно'],
    ['это не кружка, а термос', { newest: card }, 'name 1: термос'],
    // A question gets help, whatever is there.
    ['how does it work', { newest: card }, 'help'],
    ['What does it cost?', { newest: picture }, 'help'],
    ['сколько стоит', { newest: picture }, 'help'],
    ['Как это работает?', {}, 'help'],
    ['これは何ですか？', { newest: card }, 'help'],
    ['ما هذا؟', { newest: work }, 'help'],
    ['ready?', { newest: work }, 'help'],
    ['and then?', { newest: card, awaited: awaitsStyle }, 'help'],
    // A wish that is put as a question is none.
    ['Can you make it darker?', { newest: picture }, 'correct 5: Can you make it darker?'],
    ['Можно темнее?', { newest: picture }, 'correct 5: Можно темнее?'],
    ['а можно без цветов?', { newest: card }, 'style 1: а можно без цветов?'],
    ['without the flowers?', { newest: card, repliedTo: picture }, 'correct 5: without the flowers?'],
    ['Can you help?', {}, 'help'],
    // What says too little orders nothing.
    ['ok', { newest: picture }, 'too-little'],
    ['👍', { newest: card }, 'too-little'],
    ['!!!', { newest: nothingMade }, 'too-little'],
    ['да', { newest: correction }, 'too-little'],
  ] satisfies [string, Partial<Present>, string][])('“%s” with %j mean “%s”', (text, about, wanted) => {
    expect(inWords(text, present(about))).toBe(wanted);
  });
});

function inWords(text: string, about: Present): string {
  const meaning = whatWordsMean(text, about);
  const { kind } = meaning;
  const id =
    'draftId' in meaning
      ? meaning.draftId
      : 'pictureId' in meaning
        ? meaning.pictureId
        : 'presetId' in meaning
          ? meaning.presetId
          : 'photoshootId' in meaning
            ? meaning.photoshootId
            : '';
  const asked = kind === 'style' && meaning.wasAsked ? ' asked' : '';
  const wish =
    'wish' in meaning ? Object.values(meaning.wish).filter((part) => part !== null && part !== '') : [];
  const said = 'name' in meaning ? [meaning.name] : wish;
  return `${kind} ${id}${asked}${said.length === 0 ? '' : `: ${said.join(' ')}`}`.trim();
}

describe('a wish', () => {
  test.each([
    ['on marble, no flowers', null, null, 'on marble, no flowers'],
    ['3:4', '3:4', null, ''],
    ['On marble, 3:4, 2 pictures', '3:4', 2, 'On marble'],
    ['2 фото, 9:16 на мраморе', '9:16', 2, 'на мраморе'],
    ['4 снимка', null, 4, ''],
    ['3 фотографии на столе', null, 3, 'на столе'],
    ['3x4 on oak', '3:4', null, 'on oak'],
    ['3х4', '3:4', null, ''],
    ['4 : 5', '4:5', null, ''],
    // What no picture can have, and what is something else, stays what was said.
    ['7:3', null, null, '7:3'],
    ['3x4 cm, on oak', null, null, '3x4 cm, on oak'],
    ['5 pictures', null, null, '5 pictures'],
    ['12 photos', null, null, '12 photos'],
    ['at 10:16', null, null, 'at 10:16'],
    ['1:1 3:4', '1:1', null, ''],
    ['picture 2', null, null, 'picture 2'],
  ])('“%s” asks for the format %j, %j pictures and “%s”', (text, ratio, pictures, words) => {
    expect(readWish(text)).toEqual({ ratio, pictures, words });
  });
});
