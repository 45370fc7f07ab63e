import { expect, test } from 'vitest';
import { isServiceMessage, SERVICE_FIELDS } from '../../../src/bot/service-messages.ts';
import { readSpecification } from '../../sandbox/bot-api-specification.ts';

const written = {
  message_id: 1,
  date: 0,
  chat: { id: 1, type: 'private' as const, first_name: 'Anna' },
  from: { id: 1, is_bot: false, first_name: 'Anna' },
};

test('what Telegram writes is told from what a person writes', () => {
  expect(isServiceMessage({ ...written, write_access_allowed: {} })).toBe(true);
  expect(isServiceMessage({ ...written, text: 'hello' })).toBe(false);
  expect(isServiceMessage({ ...written, dice: { emoji: '🎲', value: 1 } })).toBe(false);
});

const specification = readSpecification();
test.skipIf(specification === undefined)('every service message of the Bot API is known as one', () => {
  const fields = specification?.types.Message?.fields ?? [];
  const service = fields.filter(({ description }) => /service message/i.test(description));
  expect(service.length).toBeGreaterThan(30);
  expect(SERVICE_FIELDS).toEqual(expect.arrayContaining(service.map(({ name }) => name)));
});
