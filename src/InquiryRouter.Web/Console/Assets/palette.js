// Ctrl K: every command by name, with its key. The server says where one can go; what can be done on the page is read from the page.
import Combobox from './combobox-nav.js';

let dialog = null;

// What a field, a button or a link is called: without the key that stands beside it, which may be a letter of its name as well.
function labelOf(element) {
  const named = (element.labels?.[0] ?? element).cloneNode(true);
  named.querySelectorAll('kbd').forEach(key => key.remove());
  return named.textContent.replace(/\s+/g, ' ').trim();
}

function option(list, label, key, act) {
  const item = list.appendChild(document.createElement('li'));
  item.setAttribute('role', 'option');
  item.id = `palette-${list.children.length}`;
  item.appendChild(document.createElement('span')).textContent = label;
  if (key) {
    item.appendChild(document.createElement('kbd')).textContent = key;
  }
  item.act = act;
  return item;
}

export async function openPalette() {
  if (dialog?.open) {
    return;
  }
  const answer = await fetch('/console/palette', {headers: {'HX-Request': 'true'}});
  if (!answer.ok) {
    location.assign('/console');
    return;
  }
  dialog?.remove();
  dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.setAttribute('aria-label', 'Commands');
  const label = Object.assign(document.createElement('label'), {htmlFor: 'palette-input', textContent: 'Command, or a reference'});
  const input = Object.assign(document.createElement('input'), {id: 'palette-input', type: 'text', autocomplete: 'off', spellcheck: false});
  input.setAttribute('aria-controls', 'palette-list');
  const list = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('ul');
  const here = document.createDocumentFragment();
  for (const element of document.querySelectorAll('main [data-hotkey], main [data-command]')) {
    here.append(option(list, labelOf(element), element.dataset.hotkey, () => (element.matches('select, input, textarea') ? element.focus() : element.click())));
  }
  list.prepend(here);
  const found = option(list, '', null, () => location.assign(`/console/inquiries/${encodeURIComponent(input.value.trim())}`));
  dialog.append(label, input, list);
  document.body.append(dialog);

  const combobox = new Combobox(input, list, {firstOptionSelectionMode: 'active', tabInsertsSuggestions: false});
  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    found.firstChild.textContent = `Open ${input.value.trim().toUpperCase()}`;
    for (const item of list.children) {
      item.hidden = item === found ? !/^(ir-)?[0-9a-z]{4}-?[0-9a-z]{4}$/i.test(input.value.trim())
        : !words.every(word => item.textContent.toLowerCase().includes(word));
    }
    combobox.stop();
    combobox.start();
  };
  input.addEventListener('input', filter);
  list.addEventListener('combobox-commit', event => {
    const item = event.target.closest('li');
    dialog.close();
    item.act ? item.act() : location.assign(item.dataset.url);
  });
  dialog.addEventListener('close', () => combobox.stop());
  dialog.showModal();
  filter();
}

/** ?: the keys of this page. */
export function showKeys() {
  const keys = document.createElement('dialog');
  keys.setAttribute('aria-label', 'Keys');
  keys.appendChild(document.createElement('h2')).textContent = 'Keys of this page';
  const table = keys.appendChild(document.createElement('dl'));
  table.className = 'facts';
  const add = (key, label) => {
    table.appendChild(document.createElement('dt')).appendChild(document.createElement('kbd')).textContent = key;
    table.appendChild(document.createElement('dd')).textContent = label;
  };
  for (const element of document.querySelectorAll('[data-hotkey]')) {
    add(element.dataset.hotkey, labelOf(element));
  }
  if (document.querySelector('[data-rows] [data-row]')) {
    for (const [key, label] of [['j', 'Down'], ['k', 'Up'], ['Enter', 'Open'], ['a', 'Take'], ['x', 'Tick']]) {
      add(key, label);
    }
  }
  add('Ctrl K', 'Every command by name');
  add('?', 'These keys');
  const close = keys.appendChild(document.createElement('button'));
  close.textContent = 'Close';
  close.addEventListener('click', () => keys.close());
  keys.addEventListener('close', () => keys.remove());
  document.body.append(keys);
  keys.showModal();
}
