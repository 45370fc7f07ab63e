import type { Method } from '../store.ts';

export const getMe: Method = (_parameters, { bot, profile }) => ({
  ...bot,
  first_name: profile.text('names', ''),
});
