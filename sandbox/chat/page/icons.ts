const SVG = 'http://www.w3.org/2000/svg';

/** Line drawings on a field of 24 × 24, stroked in the colour of the text around them. */
const LINES = {
  attach:
    'M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.5-8.4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.3a1.7 1.7 0 0 1-2.4-2.4l7.4-7.3',
  back: 'M15 5l-7 7 7 7',
  check: 'M4.5 12.5l4.5 4.5L19 7',
  checks: 'M2 13l4 4 8.5-9M11 16l1 1 8.5-9',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  down: 'M12 5v14M6 13l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  forward: 'M9 5l7 7-7 7',
  link: 'M8 16L16 8M9 8h7v7',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01',
  reply: 'M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7',
  send: 'M12 19V6M6 11.5L12 5.5l6 6',
  slash: 'M14.5 5l-5 14',
  switch:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 19.5c.5-3 3-5 6-5s5.5 2 6 5M16 5a3.5 3.5 0 0 1 0 6.5M18 15c1.7.7 2.8 2.3 3 4.5',
} as const;

export type IconName = keyof typeof LINES;

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', LINES[name]);
  svg.append(path);
  return svg;
}
