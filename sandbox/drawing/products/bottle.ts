import { letter } from '../lettering.ts';

/** An amber dropper bottle with a paper label, as SVG in a frame of 1200 × 1600. */
export const bottle = `
  <defs>
    <filter id="soft" x="-30%" y="-100%" width="160%" height="300%"><feGaussianBlur stdDeviation="30 11"/></filter>
    <filter id="contact" x="-20%" y="-100%" width="140%" height="300%"><feGaussianBlur stdDeviation="18 10"/></filter>
    <filter id="gleam" x="-80%" y="-10%" width="260%" height="120%"><feGaussianBlur stdDeviation="8"/></filter>
    <filter id="fine" x="-80%" y="-10%" width="260%" height="120%"><feGaussianBlur stdDeviation="2.5"/></filter>
    <linearGradient id="glass" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#2b1206"/><stop offset="0.06" stop-color="#6b300d"/>
      <stop offset="0.2" stop-color="#a9571b"/><stop offset="0.4" stop-color="#8a4213"/>
      <stop offset="0.7" stop-color="#5f2a0b"/><stop offset="0.9" stop-color="#3a1805"/>
      <stop offset="0.96" stop-color="#8a4717"/><stop offset="1" stop-color="#2f1406"/>
    </linearGradient>
    <linearGradient id="paper" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#a79c8a"/><stop offset="0.14" stop-color="#e9e1d2"/><stop offset="0.32" stop-color="#fbf6ec"/>
      <stop offset="0.62" stop-color="#e8e0d1"/><stop offset="0.92" stop-color="#a69b89"/><stop offset="1" stop-color="#8a806f"/>
    </linearGradient>
    <linearGradient id="cap" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#0c0c0d"/><stop offset="0.2" stop-color="#4b4b4f"/><stop offset="0.34" stop-color="#2a2a2d"/>
      <stop offset="0.8" stop-color="#121214"/><stop offset="0.94" stop-color="#303034"/><stop offset="1" stop-color="#0b0b0c"/>
    </linearGradient>
    <linearGradient id="gold" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#6e4f1f"/><stop offset="0.22" stop-color="#f3dca2"/><stop offset="0.45" stop-color="#c69a4d"/>
      <stop offset="0.8" stop-color="#7d5a24"/><stop offset="0.94" stop-color="#d9b873"/><stop offset="1" stop-color="#66491c"/>
    </linearGradient>
  </defs>
  <ellipse cx="650" cy="1322" rx="310" ry="44" fill="#3b352f" opacity="0.42" filter="url(#soft)"/>
  <ellipse cx="604" cy="1312" rx="196" ry="26" fill="#15110d" opacity="0.52" filter="url(#contact)"/>
  <path d="M548 300C548 236 570 214 600 214S652 236 652 300L656 396H544Z" fill="url(#cap)"/>
  <path d="M572 244C564 280 564 330 566 380" fill="none" stroke="#9a9aa0" stroke-width="9" stroke-linecap="round" opacity="0.6" filter="url(#fine)"/>
  <path d="M516 396Q600 408 684 396V504Q600 518 516 504Z" fill="url(#gold)"/>
  <path d="M516 414Q600 426 684 414M516 486Q600 498 684 486" fill="none" stroke="#5a3f16" stroke-width="3" opacity="0.5"/>
  <path d="M532 504H668V556C668 596 700 610 744 634C782 656 794 686 794 730V1250C794 1302 770 1322 720 1326Q600 1334 480 1326C430 1322 406 1302 406 1250V730C406 686 418 656 456 634C500 610 532 596 532 556Z" fill="url(#glass)"/>
  <path d="M424 1180C480 1200 720 1200 776 1180V1250C776 1290 756 1308 716 1312Q600 1320 484 1312C444 1308 424 1290 424 1250Z" fill="#d9822f" opacity="0.26" filter="url(#gleam)"/>
  <path d="M446 712C440 860 440 1080 450 1260" fill="none" stroke="#ffdcae" stroke-width="20" stroke-linecap="round" opacity="0.5" filter="url(#gleam)"/>
  <path d="M406 800Q600 838 794 800V1160Q600 1200 406 1160Z" fill="url(#paper)"/>
  <path d="M406 800Q600 838 794 800M406 1160Q600 1200 794 1160" fill="none" stroke="#6b6252" stroke-width="2" opacity="0.5"/>
  <path d="M438 700C433 760 432 790 432 806M436 1176C437 1220 440 1250 444 1272" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" opacity="0.75" filter="url(#fine)"/>
  <path d="M470 652C500 630 540 618 552 588" fill="none" stroke="#ffe6c6" stroke-width="7" stroke-linecap="round" opacity="0.65" filter="url(#fine)"/>
  <path d="M770 720V1250" stroke="#d98a45" stroke-width="8" opacity="0.4" filter="url(#fine)"/>
  <g transform="translate(590 892)" fill="none" stroke="#5c6b4a" stroke-width="5" stroke-linecap="round">
    <path d="M0 42V-34M0 8C-26 6-34-10-36-26C-14-24-2-12 0 8M0-4C22-8 30-22 32-40C12-36 2-24 0-4"/>
  </g>
  ${letter('SERENA', { x: 590, y: 976, height: 48, colour: '#2f2a22', weight: 11, aroundRadius: 194, spacing: 30 })}
  <path d="M520 1056Q590 1066 660 1056" fill="none" stroke="#b08a4a" stroke-width="4"/>
  ${letter('FACE OIL', { x: 590, y: 1082, height: 22, colour: '#5a5143', weight: 13, aroundRadius: 194, spacing: 44 })}`;
