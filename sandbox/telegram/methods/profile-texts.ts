import { readText } from '../parameters.ts';
import type { TextKind } from '../profile.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';
import { readLanguage } from './commands.ts';

/** A text of the bot's profile by language: the methods that set and get it. */
function profileText(options: { kind: TextKind; field: string; maxLength: number; tooLong: string }): {
  set: Method;
  get: Method;
} {
  return {
    set(parameters, { profile }) {
      const text = readText(parameters, options.field) ?? '';
      if (text.length > options.maxLength) throw badRequest(options.tooLong);
      profile.setText(options.kind, readLanguage(parameters), text);
      return true;
    },
    get: (parameters, { profile }) => ({
      [options.field]: profile.text(options.kind, readLanguage(parameters)),
    }),
  };
}

export const { set: setMyName, get: getMyName } = profileText({
  kind: 'names',
  field: 'name',
  maxLength: 64,
  tooLong: 'bot name is too long',
});
export const { set: setMyDescription, get: getMyDescription } = profileText({
  kind: 'descriptions',
  field: 'description',
  maxLength: 512,
  tooLong: 'bot description is too long',
});
export const { set: setMyShortDescription, get: getMyShortDescription } = profileText({
  kind: 'shortDescriptions',
  field: 'short_description',
  maxLength: 120,
  tooLong: 'bot short description is too long',
});
