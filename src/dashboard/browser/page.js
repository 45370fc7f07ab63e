// A page of somebody who is signed in by a cookie.
import { guardForms } from './forms.js';
import { keepLive } from './live.js';

guardForms(document);
keepLive(document, fetch, new AbortController().signal);
