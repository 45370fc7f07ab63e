import { describe, expect, expectTypeOf, test } from 'vitest';
import type { answerCommand } from '../../../src/bot/answer-command.ts';
import { COMMAND_NAMES, type Command, commandsFor } from '../../../src/bot/commands.ts';
import type { CommandHandler } from '../../../src/bot/feature.ts';
import type { Features } from '../../../src/bot/features.ts';

type AnswerCommand = Parameters<typeof answerCommand>[0];

describe('the commands of the bot', () => {
  // Checked by `npm run typecheck`: these lines do not compile when the types say less.
  test('do not compile without a handler each', () => {
    expectTypeOf<Features['commands']>().toEqualTypeOf<Record<Command, CommandHandler>>();
    expectTypeOf<Omit<Record<Command, CommandHandler>, 'start'>>().not.toExtend<Features['commands']>();
    expectTypeOf<Features['commands']>().toExtend<AnswerCommand>();
  });

  test('are for everyone or for owners, and have names that Telegram takes', () => {
    const audiences = [...commandsFor('everyone'), ...commandsFor('owner')];
    expect(audiences.toSorted()).toEqual(COMMAND_NAMES.toSorted());
    // 1–32 characters: lower-case English letters, digits and underscores (Bot API, BotCommand).
    for (const name of COMMAND_NAMES) expect(name).toMatch(/^[a-z0-9_]{1,32}$/);
  });
});
