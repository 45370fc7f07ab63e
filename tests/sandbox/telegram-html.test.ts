import { describe, expect, test } from 'vitest';
import { parseHtml } from '../../sandbox/telegram/html.ts';

describe('Telegram’s HTML', () => {
  test.each([
    ['<b>bold</b> rest', 'bold rest', [{ type: 'bold', offset: 0, length: 4 }]],
    ['😀 <i>x</i>', '😀 x', [{ type: 'italic', offset: 3, length: 1 }]],
    ['a &lt;b&gt; &amp; &quot;&#33;&nbsp;', 'a <b> & "!&nbsp;', []],
    [
      '<b>one <i>two</i></b>',
      'one two',
      [
        { type: 'bold', offset: 0, length: 7 },
        { type: 'italic', offset: 4, length: 3 },
      ],
    ],
    [
      '<a href="https://example.org/?a=1&amp;b=2">link</a>',
      'link',
      [{ type: 'text_link', offset: 0, length: 4, url: 'https://example.org/?a=1&b=2' }],
    ],
    [
      '<pre><code class="language-ts">let a</code></pre>',
      'let a',
      [{ type: 'pre', offset: 0, length: 5, language: 'ts' }],
    ],
    ['<code class="language-ts">x</code>', 'x', [{ type: 'code', offset: 0, length: 1 }]],
    ['<blockquote expandable>q</blockquote>', 'q', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">s</span>', 's', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<b></b>nothing', 'nothing', []],
  ])('%s is text and entities', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ text, entities });
  });

  test.each([
    ['<b>never closed', 'Can\'t find end tag corresponding to start tag "b"'],
    ['line<br>break', 'Unsupported start tag "br" at byte offset 4'],
    ['Привет </b>', 'Unexpected end tag at byte offset 13'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['x <b', 'Unclosed start tag at byte offset 2'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('%s is refused in the words of the real parser', (html, reason) => {
    expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${reason}`);
  });
});
