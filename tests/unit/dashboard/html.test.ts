/** Nothing that was put into a page is markup, whoever wrote it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../../src/dashboard/html.ts';

test('what is put in is escaped, between tags and in attributes', () => {
  const name = `<script>alert('1')</script> & "co"`;
  const safe = '&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;co&quot;';
  expect(html`<p title="${name}">${name}</p>`.toString()).toBe(`<p title="${safe}">${safe}</p>`);
});

test('pieces of a page are put together as they are, in lists and in each other', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${items}</ul>${null}${false}${0}`.toString()).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>0',
  );
});

test('no text whatever makes a tag or ends an attribute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(html`${text}`.toString()).not.toMatch(/[<>"']/);
    }),
  );
});
