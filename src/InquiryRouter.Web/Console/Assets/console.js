// What every page of the console does. Pages work without it; each part stands alone.
import {install} from './hotkey.js';

for (const element of document.querySelectorAll('[data-hotkey]')) {
  install(element);
}

if (document.querySelector('[data-passkey]')) {
  import('./passkeys.js');
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

// Rows of a list: j and k go down and up, Enter opens the row, a takes what it is about. Never while something is typed.
const rows = [...document.querySelectorAll('[data-rows] [data-row]')];
let current = -1;

function show(next) {
  if (rows.length === 0) {
    return;
  }
  current = Math.min(Math.max(next, 0), rows.length - 1);
  for (const [number, row] of rows.entries()) {
    row.classList.toggle('current', number === current);
  }
  const link = rows[current].querySelector('[data-open]');
  link?.focus();
  rows[current].scrollIntoView({block: 'nearest'});
}

function isTyping(target) {
  return target.closest('input, select, textarea, [contenteditable]') !== null;
}

document.addEventListener('keydown', event => {
  if (rows.length === 0 || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (event.key === 'j' || event.key === 'k') {
    event.preventDefault();
    show(current + (event.key === 'j' ? 1 : -1));
  } else if (event.key === 'a' && current >= 0) {
    rows[current].querySelector('[data-take]')?.click();
  }
});
