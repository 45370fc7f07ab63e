/** What must hold of every conversation, whatever was said in it. */
import { expect } from 'vitest';
import type { JournalEntry, Sandbox } from '../../sandbox/index.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import type { HeardLog } from './heard-log.ts';

const texts = loadTexts();
const APOLOGIES: ReadonlySet<unknown> = new Set(
  texts.languages.map((language) => texts.in(language)('error-unexpected')),
);

/**
 * What is refused in the best of conversations: an edit that changes nothing, because two paths bring a card
 * up to date; an edit of words that have become a picture's, which is then made as such; an admin's commands
 * before the admin has written; and a card that is gone already: the tap that shows it and the run that ends
 * meanwhile both take it away, so that neither can leave it. And what the test itself has spoiled, as the journal says.
 */
const ORDINARY_REFUSALS = new RegExp(
  [
    '^editMessage\\w+: Bad Request: message is not modified',
    '^editMessage\\w+: Bad Request: there is no text in the message to edit',
    '^editMessage\\w+: Bad Request: message to edit not found',
    '^deleteMessage: Bad Request: message to delete not found',
    '^setMyCommands: Bad Request: chat not found',
    '^\\w+: (fault: |dropped before it was carried out)',
  ].join('|'),
);

/** What Telegram may refuse (“method: description”), what may be logged as an error, whether people are apologised to. */
export type Untidy = Readonly<{ refusals?: RegExp; errors?: RegExp; apologies?: true }>;

/** The owners have no chat in this scene, and something is to be told to them: each word once (expectNotAskedAgain). */
export const OWNERS_AWAY = /^sendMessage: Bad Request: chat not found/;
/** Telegram itself never saw the taps that a test injects, and takes no answer to them. */
export const INJECTED_TAPS = /^answerCallbackQuery: Bad Request: query is too old/;
/** An update meets what no other try would mend: whoever sent it is apologised to, if that can be; owners are told. */
export const GIVEN_UP: Untidy = {
  refusals: OWNERS_AWAY,
  errors: /^an (update (could not be handled|was given up)|apology could not be given)$/,
  apologies: true,
};

/**
 * Everybody was answered in good order: each tap once, nobody had to be apologised to, Telegram took every
 * call but those `expected` to be refused, of which none was made again to somebody who is not there, and nothing was
 * logged as an error.
 */
export function expectTidy(sandbox: Sandbox, heard: HeardLog, expected: Untidy = {}): void {
  const calls = sandbox.journal.calls();
  const refused = calls.filter(
    (call) =>
      call.code !== 200 &&
      !ORDINARY_REFUSALS.test(`${call.method}: ${call.description}`) &&
      !(expected.refusals?.test(`${call.method}: ${call.description}`) ?? false),
  );
  expect(
    refused.map(({ method, description, parameters }) => ({ method, description, text: parameters.text })),
  ).toEqual([]);
  expectAnsweredOnce(calls);
  expectNotAskedAgain(calls);
  if (!expected.apologies) expect(calls.filter((call) => APOLOGIES.has(call.parameters.text))).toEqual([]);
  expect(heard.errorEntries().filter(({ msg = '' }) => !(expected.errors?.test(msg) ?? false))).toEqual([]);
}

function expectAnsweredOnce(calls: readonly JournalEntry[]): void {
  const answered = calls
    .filter((call) => call.method === 'answerCallbackQuery' && call.code === 200)
    .map((call) => call.parameters.callback_query_id);
  expect(answered.length).toBe(new Set(answered).size);
}

/** What is told to somebody who has no chat is told to them once, however long it stands. */
function expectNotAskedAgain(calls: readonly JournalEntry[]): void {
  const asked = calls
    .filter(({ method, description }) => OWNERS_AWAY.test(`${method}: ${description}`))
    .map(({ parameters }) => `${parameters.chat_id}: ${parameters.text}`);
  expect(asked).toEqual([...new Set(asked)]);
}
