export * from './credit-entries.ts';
export * from './notices.ts';
export * from './photoshoots.ts';
export * from './processed-images.ts';
export * from './provider-attempts.ts';
export * from './styles.ts';
export * from './telegram-updates.ts';
export * from './users.ts';
