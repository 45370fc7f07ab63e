/** What every page has around it: head, menu, and the place for its own content. */
import type { Translate } from '../texts/texts.ts';
import { assetUrl } from './assets.ts';
import { ROOT } from './cookie.ts';
import { type Content, type Html, html } from './html.ts';
import { ICONS } from './icons.ts';
import { SECTIONS, type SectionName, sectionsFor } from './sections.ts';
import { allows, type Visitor } from './visit.ts';

/** A whole page for somebody who is signed in. @param main begins with its heading */
export function page(visitor: Visitor, title: string, section: SectionName | null, main: Html): Html {
  const { t } = visitor;
  const reachable = sectionsFor(allows(visitor));
  return whole(
    visitor,
    title,
    html`<a class="skip" href="#main">${t('dash-skip')}</a>
<div class="frame">
<nav class="menu" aria-label="${t('dash-menu')}">
<p class="brand" aria-hidden="true">Vitrine</p>
<ul>${reachable.map(
      ({ name, path, icon, tab }) =>
        html`<li class="${tab ? 'tab' : 'rest'}"><a href="${ROOT}${path}"${current(name === section)}>${icon}<span>${t(`dash-section-${name}`)}</span></a></li>`,
    )}<li class="tab more${section !== null && !isTab(section) && ' within'}"><a href="${ROOT}/more"${current(section === null)}>${ICONS.more}<span>${t('dash-more')}</span></a></li></ul>
</nav>
<main id="main" tabindex="-1">${main}</main>
</div>`,
    'page.js',
  );
}

/** A page for somebody who is not signed in, or who must not go on. */
export function plainPage(
  reader: { language: string; t: Translate },
  title: string,
  main: Html,
  script: string | null = null,
): Html {
  return whole(reader, title, html`<main id="main" class="alone">${main}</main>`, script);
}

function whole(
  { language, t }: { language: string; t: Translate },
  title: string,
  body: Html,
  script: string | null,
): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>${title} · ${t('dash-title')}</title>
<link rel="icon" href="${assetUrl(ROOT, 'icon.svg')}">
<link rel="stylesheet" href="${assetUrl(ROOT, 'style.css')}">
${script !== null && html`<script type="module" src="${assetUrl(ROOT, script)}"></script>`}
</head>
<body>${body}</body>
</html>
`;
}

function current(is: boolean): Content {
  return is && html` aria-current="page"`;
}

function isTab(section: SectionName): boolean {
  return SECTIONS.some(({ name, tab }) => name === section && tab);
}
