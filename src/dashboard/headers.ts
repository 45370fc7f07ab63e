/** What browsers are told about every answer of the dashboard. */
import type { FastifyReply } from 'fastify';

/** No script, style, picture or font but from files of ours; blob: holds pictures and tables that a Mini App has fetched. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  // For machines that have no emoji.
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
];

/** Where Telegram's web clients are served from: the name that people open, and those of its two versions. */
const TELEGRAM_CLIENTS = [
  'https://web.telegram.org',
  'https://webk.telegram.org',
  'https://weba.telegram.org',
];

/** Nobody may show a page in a frame, but for the one that asks for it by `openFraming`. */
export function setHeaders(reply: FastifyReply): void {
  frame(reply, "'none'");
  reply.header('x-frame-options', 'DENY');
  reply.header('referrer-policy', 'no-referrer');
  reply.header('cache-control', 'no-store');
}

/** Lets Telegram's web clients show this answer in a frame. */
export function openFraming(reply: FastifyReply): void {
  frame(reply, TELEGRAM_CLIENTS.join(' '));
  // It knows no list of sites, and what follows it would refuse them all.
  reply.removeHeader('x-frame-options');
  reply.raw.removeHeader('x-frame-options');
}

function frame(reply: FastifyReply, ancestors: string): void {
  reply.header('content-security-policy', [...POLICY, `frame-ancestors ${ancestors}`].join('; '));
}
