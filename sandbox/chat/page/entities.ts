import type { MessageEntity } from '@grammyjs/types';
import { h } from './dom.ts';
import { linkPress, readTelegramLink } from './telegram-links.ts';

/**
 * A Bot API text with its entities as nodes. Offsets count UTF-16 units, which are JavaScript's own; entities nest
 * but never cross, so an outer one is drawn with what lies inside it.
 */
export function richText(text: string, entities: readonly MessageEntity[] = []): DocumentFragment {
  const outerFirst = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...draw(text, 0, text.length, outerFirst));
  return fragment;
}

function draw(text: string, start: number, end: number, entities: readonly MessageEntity[]): Node[] {
  const nodes: Node[] = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    if (entity === undefined || entity.offset >= end) break;
    const stop = Math.min(entity.offset + entity.length, end);
    const inside = others.filter((other) => other.offset < stop);
    rest = others.filter((other) => other.offset >= stop);
    if (entity.offset > at) nodes.push(new Text(text.slice(at, entity.offset)));
    nodes.push(elementOf(entity, text.slice(entity.offset, stop), draw(text, entity.offset, stop, inside)));
    at = endsLine(entity, text, stop) ? stop + 1 : stop;
  }
  if (at < end) nodes.push(new Text(text.slice(at, end)));
  return nodes;
}

/** A block stands on lines of its own, so the line break after it has been drawn already. */
function endsLine(entity: MessageEntity, text: string, stop: number): boolean {
  return ['pre', 'blockquote', 'expandable_blockquote'].includes(entity.type) && text[stop] === '\n';
}

function elementOf(entity: MessageEntity, text: string, children: Node[]): Node {
  switch (entity.type) {
    case 'bold':
      return h('b', {}, ...children);
    case 'italic':
      return h('i', {}, ...children);
    case 'underline':
      return h('u', {}, ...children);
    case 'strikethrough':
      return h('s', {}, ...children);
    case 'code':
      return h('code', {}, ...children);
    case 'pre':
      return h('pre', {}, h('code', {}, ...children));
    case 'spoiler':
      return h(
        'span',
        { class: 'spoiler', role: 'button', tabindex: 0, 'data-press': 'reveal' },
        ...children,
      );
    case 'blockquote':
      return h('blockquote', {}, ...children);
    case 'expandable_blockquote':
      return h(
        'blockquote',
        { class: 'expandable', role: 'button', tabindex: 0, 'data-press': 'expand' },
        ...children,
      );
    case 'bot_command':
      return h(
        'span',
        { class: 'link', role: 'button', tabindex: 0, 'data-press': 'command', 'data-text': text },
        ...children,
      );
    case 'text_link':
      return link(entity.url, children);
    case 'url':
      return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, children);
    case 'email':
      return link(`mailto:${text}`, children);
    case 'phone_number':
      return link(`tel:${text}`, children);
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return h('span', { class: 'link' }, ...children);
    default:
      // The Bot API gains entities every few months; an unknown one is shown as its plain text, as old clients do.
      return h('span', {}, ...children);
  }
}

function link(address: string, children: Node[]): Node {
  const telegram = readTelegramLink(address);
  if (telegram !== null) {
    return h('span', { class: 'link', role: 'button', tabindex: 0, ...linkPress(telegram) }, ...children);
  }
  if (!isSafeAddress(address)) return h('span', {}, ...children);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** Addresses that a message may lead to; above all not `javascript:`. */
export function isSafeAddress(address: string): boolean {
  return URL.canParse(address) && /^(https?|tg|mailto|tel):$/.test(new URL(address).protocol);
}
