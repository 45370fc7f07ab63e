import { letter } from '../lettering.ts';

/** A glass jar of honey with a wooden lid and a kraft label, as SVG in a frame of 1200 × 1600. */
export const jar = `
  <defs>
    <filter id="soft" x="-30%" y="-100%" width="160%" height="300%"><feGaussianBlur stdDeviation="34 12"/></filter>
    <filter id="contact" x="-20%" y="-100%" width="140%" height="300%"><feGaussianBlur stdDeviation="20 10"/></filter>
    <filter id="gleam" x="-80%" y="-10%" width="260%" height="120%"><feGaussianBlur stdDeviation="10"/></filter>
    <filter id="fine" x="-80%" y="-30%" width="260%" height="160%"><feGaussianBlur stdDeviation="2.5"/></filter>
    <filter id="rings" x="0" y="0" width="100%" height="100%">
      <feTurbulence type="fractalNoise" baseFrequency="0.008 0.14" numOctaves="3" seed="11"/>
      <feColorMatrix values="0 0 0 0 0.36  0 0 0 0 0.22  0 0 0 0 0.1  0 3.2 0 0 -1.4"/>
      <feComposite in2="SourceAlpha" operator="in"/>
    </filter>
    <linearGradient id="honey" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#7a3a04"/><stop offset="0.08" stop-color="#c26a08"/><stop offset="0.3" stop-color="#f2a51f"/>
      <stop offset="0.55" stop-color="#e08d10"/><stop offset="0.85" stop-color="#a85505"/><stop offset="0.95" stop-color="#d98312"/>
      <stop offset="1" stop-color="#7c3d05"/>
    </linearGradient>
    <linearGradient id="deep" x1="0" x2="0" y1="0" y2="1">
      <stop offset="0" stop-color="#ffd873" stop-opacity="0.5"/><stop offset="0.4" stop-color="#ffd873" stop-opacity="0"/>
      <stop offset="1" stop-color="#6a2d00" stop-opacity="0.4"/>
    </linearGradient>
    <linearGradient id="lid" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#8a6238"/><stop offset="0.25" stop-color="#deb681"/><stop offset="0.6" stop-color="#c0935c"/>
      <stop offset="1" stop-color="#7a552f"/>
    </linearGradient>
    <linearGradient id="kraft" x1="0" x2="1" y1="0" y2="0">
      <stop offset="0" stop-color="#c9bfae"/><stop offset="0.3" stop-color="#fdf8ee"/><stop offset="0.7" stop-color="#ece4d4"/><stop offset="1" stop-color="#b9ae9b"/>
    </linearGradient>
  </defs>
  <ellipse cx="650" cy="1216" rx="390" ry="50" fill="#3f4145" opacity="0.4" filter="url(#soft)"/>
  <ellipse cx="602" cy="1204" rx="262" ry="26" fill="#1a1b1e" opacity="0.5" filter="url(#contact)"/>
  <path d="M356 640C310 668 292 700 292 750V1140C292 1192 320 1212 372 1216Q600 1228 828 1216C880 1212 908 1192 908 1140V750C908 700 890 668 844 640Z" fill="#d8cfbf"/>
  <path d="M350 690C318 706 306 728 306 762V1132C306 1180 330 1198 378 1202Q600 1213 822 1202C870 1198 894 1180 894 1132V762C894 728 882 706 850 690Q600 712 350 690Z" fill="url(#honey)"/>
  <path d="M350 690C318 706 306 728 306 762V1132C306 1180 330 1198 378 1202Q600 1213 822 1202C870 1198 894 1180 894 1132V762C894 728 882 706 850 690Q600 712 350 690Z" fill="url(#deep)"/>
  <path d="M350 690Q600 714 850 690" fill="none" stroke="#ffe9ad" stroke-width="6" opacity="0.8"/>
  <path d="M356 640Q600 662 844 640V606H356Z" fill="#cfc8ba"/><path d="M372 640V612M828 640V612" stroke="#fff" stroke-width="6" opacity="0.8" filter="url(#fine)"/>
  <path d="M334 486V590Q600 622 866 590V486Z" fill="url(#lid)"/><path d="M334 486V590Q600 622 866 590V486Z" fill="#fff" filter="url(#rings)" opacity="0.5"/>
  <ellipse cx="600" cy="486" rx="266" ry="40" fill="#e2bd8a"/><ellipse cx="600" cy="486" rx="266" ry="40" fill="#fff" filter="url(#rings)" opacity="0.55"/>
  <ellipse cx="600" cy="486" rx="265" ry="39" fill="none" stroke="#f7dfb9" stroke-width="4" opacity="0.8"/>
  <path d="M366 740C356 860 358 1020 372 1140" fill="none" stroke="#fff3d0" stroke-width="30" stroke-linecap="round" opacity="0.55" filter="url(#gleam)"/>
  <path d="M346 750C338 850 338 980 346 1080" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity="0.85" filter="url(#fine)"/>
  <path d="M872 760V1120" stroke="#ffd98a" stroke-width="9" opacity="0.55" filter="url(#fine)"/>
  <path d="M420 800Q590 824 760 800V1110Q590 1136 420 1110Z" fill="url(#kraft)"/>
  <path d="M436 820Q590 842 744 820V1092Q590 1116 436 1092Z" fill="none" stroke="#2f6b4f" stroke-width="4"/>
  <g transform="translate(590 892)" fill="#e09a1c">
    <path d="M0-36 31-18V18L0 36-31 18V-18Z"/><path d="M-66-20-49-30-32-20V0L-49 10-66 0Z" opacity="0.55"/><path d="M66-20 49-30 32-20V0L49 10 66 0Z" opacity="0.55"/>
  </g>
  ${letter('LINDEN', { x: 590, y: 962, height: 44, colour: '#2f6b4f', weight: 15, aroundRadius: 300, spacing: 32 })}
  ${letter('HONEY', { x: 590, y: 1034, height: 26, colour: '#3b3226', weight: 14, aroundRadius: 300, spacing: 52 })}`;
