// What every page of the console does. Pages work without it; each part stands alone.
import {watchDrafts} from './drafts.js';
import {install} from './hotkey.js';
import {watchLive} from './live.js';
import {guardForms, restoreForm} from './unfinished.js';

guardForms();
watchDrafts();
watchLive();
for (const element of document.querySelectorAll('[data-needs-script]')) {
  element.hidden = false;
}
restoreForm().catch(() => {});

// Whoever has switched single letters off has none (WCAG 2.1.4): buttons, links and Ctrl K stay.
const letters = document.body.dataset.singleKeys !== 'off';
if (letters) {
  for (const element of document.querySelectorAll('[data-hotkey]')) {
    install(element);
  }
}

// On a phone the menu is one line that scrolls: where somebody is, is seen.
const here = document.querySelector('.top nav [aria-current]');
if (here) {
  here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 24;
}

const palette = () => import('./palette.js');
for (const button of document.querySelectorAll('[data-palette]')) {
  button.hidden = false;
  button.addEventListener('click', async () => (await palette()).openPalette());
}

if (document.querySelector('[data-passkey]')) {
  import('./passkeys.js');
}

// Whoever opens a form writes in it next: their letters are no commands then.
document.addEventListener('click', event => {
  const form = event.target.closest('details.action > summary')?.parentElement;
  if (form && !form.open) {
    requestAnimationFrame(() => form.querySelector('select, textarea, input:not([type=hidden])')?.focus());
  }
});

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
      if (form.method === 'get') {
        // Its boxes say what the page shows, not what was asked for next.
        form.reset();
      }
    }
  }
});

// Rows of a list: j and k go down and up, Enter opens the row, a takes what it is about, x ticks it. Never while something is typed.
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

document.addEventListener('keydown', async event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    (await palette()).openPalette();
    return;
  }
  if (!letters || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) {
    return;
  }
  if (event.key === '?') {
    (await palette()).showKeys();
  } else if (rows.length > 0 && (event.key === 'j' || event.key === 'k')) {
    event.preventDefault();
    show(current + (event.key === 'j' ? 1 : -1));
  } else if (event.key === 'a' && current >= 0) {
    rows[current].querySelector('[data-take]')?.click();
  } else if (event.key === 'x' && current >= 0) {
    rows[current].querySelector('[data-pick]')?.click();
  }
});

// On a phone a table of rows is shown as cards (console.css). Each cell is told the head of its column, and who listens to the page is told
// that it is still a table: browsers forget it once rows are no rows of a grid any more.
const cells = {TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell'};

function asCards(table) {
  const heads = [...table.querySelectorAll(':scope > thead > tr > *')].map(head => head.textContent.trim());
  if (heads.length === 0 || table.hasAttribute('data-wide')) {
    return;
  }
  for (const row of table.querySelectorAll(':scope > tbody > tr')) {
    for (const [number, cell] of [...row.children].entries()) {
      if (heads[number] && cell.tagName === 'TD') {
        cell.dataset.label = heads[number];
      }
    }
  }
  for (const part of [table, ...table.querySelectorAll(':scope > thead, :scope > tbody, :scope > * > tr, :scope > * > tr > *')]) {
    part.setAttribute('role', part.tagName === 'TH' ? (part.closest('thead') ? 'columnheader' : 'rowheader') : cells[part.tagName]);
  }
  table.classList.add('cards');
}

const phone = matchMedia('(max-width: 40rem)');
function showCards() {
  if (phone.matches) {
    document.querySelectorAll('main table:not(.cards)').forEach(asCards);
  }
}
showCards();
phone.addEventListener('change', showCards);
document.addEventListener('htmx:after:swap', showCards);

// The address of a view, for a colleague.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = 'Copied';
  });
}

// What could be undone is done: the page does not go on saying that it can.
for (const text of document.querySelectorAll('[data-until]')) {
  setTimeout(() => {
    text.parentElement.querySelector('form')?.remove();
    text.textContent = 'The time to undo it is over. ';
    text.append(Object.assign(document.createElement('a'), {href: location.pathname + location.search, textContent: 'See it as it is now'}));
  }, Math.max(0, new Date(text.dataset.until) - Date.now()));
}

// Boxes of a list: one for all that are on screen, and how many are ticked.
const all = document.querySelector('[data-pick-all]');
if (all) {
  const picks = [...document.querySelectorAll('[data-pick]')];
  const text = document.querySelector('[data-picked]');
  const count = () => {
    const ticked = picks.filter(pick => pick.checked).length;
    all.checked = ticked === picks.length;
    all.indeterminate = ticked > 0 && ticked < picks.length;
    text.textContent = ticked > 0 ? `With these ${ticked}:` : 'Tick all of this page';
  };
  all.hidden = false;
  all.addEventListener('change', () => {
    picks.forEach(pick => { pick.checked = all.checked; });
    count();
  });
  picks.forEach(pick => pick.addEventListener('change', count));
  count();
}
