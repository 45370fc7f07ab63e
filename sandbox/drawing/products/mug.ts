import { letter } from '../lettering.ts';

const CREAM = '#f6efe2';

/** A glazed mug with a bare clay foot and a printed label, as SVG in a frame of 1200 × 1600. */
export const mug = `
  <defs>
    <filter id="soft" x="-30%" y="-100%" width="160%" height="300%"><feGaussianBlur stdDeviation="34 12"/></filter>
    <filter id="contact" x="-20%" y="-100%" width="140%" height="300%"><feGaussianBlur stdDeviation="20 10"/></filter>
    <filter id="gleam" x="-60%" y="-10%" width="220%" height="120%"><feGaussianBlur stdDeviation="9"/></filter>
    <filter id="fine" x="-60%" y="-10%" width="220%" height="120%"><feGaussianBlur stdDeviation="3"/></filter>
    <filter id="speckle" x="0" y="0" width="100%" height="100%">
      <feTurbulence type="fractalNoise" baseFrequency="0.11" numOctaves="2" seed="7"/>
      <feColorMatrix values="0 0 0 0 0.05  0 0 0 0 0.14  0 0 0 0 0.19  0 14 0 0 -9.6"/>
      <feComposite in2="SourceAlpha" operator="in"/>
    </filter>
    <filter id="clay" x="0" y="0" width="100%" height="100%">
      <feTurbulence type="fractalNoise" baseFrequency="0.4" numOctaves="2" seed="3"/>
      <feColorMatrix values="0 0 0 0 0.32  0 0 0 0 0.2  0 0 0 0 0.12  0 2.4 0 0 -1.1"/>
      <feComposite in2="SourceAlpha" operator="in"/>
    </filter>
    <linearGradient id="glaze" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#173a4e"/><stop offset="0.07" stop-color="#215570"/>
      <stop offset="0.22" stop-color="#3a80a0"/><stop offset="0.36" stop-color="#327595"/>
      <stop offset="0.62" stop-color="#235a77"/><stop offset="0.86" stop-color="#153a50"/>
      <stop offset="0.96" stop-color="#1b4961"/><stop offset="1" stop-color="#28627d"/>
    </linearGradient>
    <linearGradient id="foot" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#8d6a4d"/><stop offset="0.24" stop-color="#d9b48d"/>
      <stop offset="0.6" stop-color="#b48b66"/><stop offset="0.9" stop-color="#755439"/><stop offset="1" stop-color="#98775a"/>
    </linearGradient>
    <linearGradient id="inside" x1="0" x2="1" y1="0" y2="0.3">
      <stop offset="0" stop-color="#8f897d"/><stop offset="0.45" stop-color="#d3cbbb"/><stop offset="1" stop-color="#f3ecdf"/>
    </linearGradient>
    <linearGradient id="depth" x1="0" x2="0" y1="0" y2="1">
      <stop offset="0" stop-color="#3c372e" stop-opacity="0.5"/><stop offset="0.75" stop-color="#3c372e" stop-opacity="0"/>
    </linearGradient>
    <linearGradient id="handle" x1="0" x2="1" y1="0" y2="0.5">
      <stop offset="0" stop-color="#143648"/><stop offset="0.5" stop-color="#26617f"/><stop offset="1" stop-color="#16405a"/>
    </linearGradient>
    <linearGradient id="lower" x1="0" x2="0" y1="0" y2="1">
      <stop offset="0.6" stop-color="#06202f" stop-opacity="0"/><stop offset="1" stop-color="#06202f" stop-opacity="0.34"/>
    </linearGradient>
  </defs>
  <ellipse cx="590" cy="1196" rx="420" ry="54" fill="#3d4148" opacity="0.4" filter="url(#soft)"/>
  <ellipse cx="546" cy="1184" rx="232" ry="34" fill="#1d1f24" opacity="0.52" filter="url(#contact)"/>
  <path d="M778 668C900 628 992 690 992 800C992 922 896 986 770 1012" fill="none" stroke="url(#handle)" stroke-width="62" stroke-linecap="round"/>
  <path d="M790 655C900 622 984 688 982 790" fill="none" stroke="#7fb6cf" stroke-width="9" stroke-linecap="round" opacity="0.75" filter="url(#fine)"/>
  <path d="M800 1026C900 1000 1000 930 1010 830" fill="none" stroke="#0b2533" stroke-width="16" opacity="0.55" filter="url(#fine)"/>
  <path id="body" d="M262 520V1080C262 1160 310 1188 400 1200Q540 1216 680 1200C770 1188 818 1160 818 1080V520Z" fill="url(#glaze)"/>
  <path d="M262 520V1080C262 1160 310 1188 400 1200Q540 1216 680 1200C770 1188 818 1160 818 1080V520Z" fill="#fff" filter="url(#speckle)" opacity="0.55"/>
  <path d="M262 520V1080C262 1160 310 1188 400 1200Q540 1216 680 1200C770 1188 818 1160 818 1080V520Z" fill="url(#lower)"/>
  <path d="M264 1094C300 1122 420 1142 540 1142S780 1122 816 1094C812 1164 766 1189 680 1200Q540 1216 400 1200C314 1189 268 1164 264 1094Z" fill="url(#foot)"/>
  <path d="M264 1094C300 1122 420 1142 540 1142S780 1122 816 1094C812 1164 766 1189 680 1200Q540 1216 400 1200C314 1189 268 1164 264 1094Z" fill="#fff" filter="url(#clay)" opacity="0.5"/>
  <path d="M264 1093C300 1121 420 1141 540 1141S780 1121 816 1093" fill="none" stroke="#0c2a3a" stroke-width="5" opacity="0.5"/>
  <path d="M352 610C346 760 346 930 360 1070" fill="none" stroke="#d8f0fa" stroke-width="34" stroke-linecap="round" opacity="0.34" filter="url(#gleam)"/>
  <path d="M340 620C336 740 336 860 342 960" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity="0.6" filter="url(#fine)"/>
  <path d="M798 580V1070" stroke="#86bdd6" stroke-width="7" opacity="0.35" filter="url(#fine)"/>
  <ellipse cx="540" cy="520" rx="278" ry="62" fill="#2f7493"/>
  <ellipse cx="540" cy="520" rx="278" ry="62" fill="none" stroke="#8cc3da" stroke-width="3" opacity="0.7"/>
  <ellipse cx="540" cy="523" rx="258" ry="51" fill="url(#inside)"/><ellipse cx="540" cy="523" rx="258" ry="51" fill="url(#depth)"/>
  <path d="M276 528C300 572 420 586 540 586S780 572 804 528" fill="none" stroke="#a9d6e8" stroke-width="5" opacity="0.5" filter="url(#fine)"/>
  <g transform="translate(530 790)">
    <circle r="92" fill="${CREAM}"/>
    <path d="M-62 40-20-28 6 12 22-10 62 40Z" fill="#23617f"/><circle cx="34" cy="-38" r="15" fill="#d98a4b"/>
    <path d="M-50 58H50" stroke="#23617f" stroke-width="7" stroke-linecap="round"/>
  </g>
  ${letter('NORDEN', { x: 530, y: 938, height: 52, colour: CREAM, weight: 15, aroundRadius: 278 })}
  ${letter('STONE CLAY', { x: 530, y: 1022, height: 19, colour: CREAM, weight: 14, spacing: 46, aroundRadius: 278 })}`;
