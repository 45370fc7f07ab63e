// A page of somebody who is signed in by a cookie.
import { bringEmoji } from './emoji.js';
import { guardForms } from './forms.js';
import { keepLive } from './live.js';

bringEmoji();
guardForms(document);
keepLive(document, fetch, new AbortController().signal);
