// What every page of the console does. Pages work without it; each part stands alone.
import {install} from './hotkey.js';

for (const element of document.querySelectorAll('[data-hotkey]')) {
  install(element);
}

// A form is sent once: a second press while the first is on its way does nothing. Back in the page it can be sent again.
const sent = new WeakSet();
document.addEventListener('submit', event => {
  if (event.target.method !== 'post' || event.defaultPrevented) {
    return;
  }
  if (sent.has(event.target)) {
    event.preventDefault();
    return;
  }
  sent.add(event.target);
});
window.addEventListener('pageshow', event => {
  if (event.persisted) {
    for (const form of document.forms) {
      sent.delete(form);
    }
  }
});
