// What colleagues do while a page is open: who is there, what has changed, what is new. Told in a line that is always there, and
// nothing else moves.
// One stream for all tabs of a browser (whoever holds the lock), none in tabs out of sight; without the stream every page works.
import {keepDrafts, isWriting} from './drafts.js';

const line = document.querySelector('[data-live]');
const known = {newest: 0, inquiries: {}};
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('console-live') : null;
let stop = null;
let leads = false;
let lostAt = null;
let lost = false;
let beatAt = 0;
let cover = null;

function tell(message) {
  channel?.postMessage(message);
  hear(message);
}

function hear(message) {
  if (message.ended) {
    showCover();
    return;
  }
  if (message.lost) {
    lost = true;
    show(message.lost);
    return;
  }
  cover?.close();
  if (lost) {
    lost = false;
    show('');
  }
  known.newest = Math.max(known.newest, message.newest);
  Object.assign(known.inquiries, message.inquiries);
  const {reference, newest} = line?.dataset ?? {};
  if (reference && message.inquiries[reference]) {
    const {line: last} = message.inquiries[reference];
    if (last > Number(line.dataset.line)) {
      later('changed', 300, showChanged);
    }
    later('presence', 300, bePresent);
  }
  if (newest && known.newest > Number(newest)) {
    later('new', 300 + Math.random() * 1500, showNew);
  }
}

// Each at most once at a time: many hints come to one question.
const waiting = new Set();
function later(name, time, act) {
  if (!waiting.has(name)) {
    waiting.add(name);
    setTimeout(() => {
      waiting.delete(name);
      act().catch(() => {});
    }, time);
  }
}

function show(text, way) {
  const hint = line?.querySelector('[data-hint]');
  if (hint && hint.dataset.said !== text) {
    hint.dataset.said = text;
    hint.textContent = text;
    if (way) {
      const link = Object.assign(document.createElement('a'), {href: line.dataset.page, textContent: way});
      link.addEventListener('click', async event => {
        event.preventDefault();
        await keepDrafts();
        location.assign(line.dataset.page);
      });
      hint.append(' ', link);
    }
  }
}

async function ask(path, options) {
  const answer = await fetch(path, {headers: {'HX-Request': 'true'}, ...options});
  return answer.ok && answer.status !== 204 ? answer.json() : null;
}

async function showChanged() {
  const {reference, line: since} = line.dataset;
  const said = await ask(`/console/inquiries/${reference}/changes?since=${since}`);
  if (said?.text) {
    show(said.text, 'Show');
  }
}

async function showNew() {
  const {newest, view} = line.dataset;
  const said = await ask(`/console/live/new?after=${newest}${view ? '&' + view : ''}`);
  if (said) {
    document.title = document.title.replace(/^(\(\d+\) )?/, said.count > 0 ? `(${said.count}) ` : '');
    show(said.count > 0 ? `${said.count} new` : '', 'Show');
  }
}

async function bePresent(state = isWriting() ? 'writing' : 'reading') {
  if (!line?.dataset.reference || (document.hidden && state !== 'left')) {
    return;
  }
  beatAt = Date.now();
  const body = new URLSearchParams({state});
  const said = await ask(`/console/inquiries/${line.dataset.reference}/presence`, {method: 'POST', body, keepalive: state === 'left'});
  if (said) {
    line.querySelector('[data-presence]').textContent = said.text;
  }
}

// What the page shows is no longer for whoever stands before it; what was typed stays under the cover.
function showCover() {
  if (cover?.open) {
    return;
  }
  if (!cover) {
    cover = Object.assign(document.createElement('dialog'), {className: 'cover'});
    const text = Object.assign(document.createElement('p'), {
      textContent: 'You are not signed in any more. Sign in in another tab and come back to this one: what you typed is still here.',
    });
    const link = Object.assign(document.createElement('a'), {
      href: '/console/sign-in', target: '_blank', className: 'button', textContent: 'Sign in',
    });
    cover.setAttribute('aria-label', 'Not signed in');
    cover.append(text, link);
    cover.addEventListener('cancel', event => event.preventDefault());
    document.body.append(cover);
  }
  cover.showModal();
}

function pause(time, signal) {
  return new Promise(done => {
    const timer = setTimeout(done, time);
    signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, {once: true});
  });
}

async function lead(signal) {
  leads = true;
  for (let failed = 0; !signal.aborted; failed++) {
    try {
      const answer = await fetch('/console/live', {headers: {'HX-Request': 'true'}, signal});
      if (answer.status === 401) {
        tell({ended: true});
      } else if (answer.status === 403 || answer.status === 404) {
        break;
      } else if (answer.ok) {
        failed = 0;
        lostAt = null;
        await read(answer.body);
        await pause(500 + Math.random() * 1500, signal);
        continue;
      }
    } catch {
      // No connection, or it was cut: below.
    }
    if (!signal.aborted && failed >= 2) {
      lostAt ??= new Date().toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
      if (!cover?.open) {
        tell({lost: `No connection since ${lostAt}. What you type is kept when it is back.`});
      }
    }
    await pause(Math.min(1000 * 2 ** failed, 10000), signal);
  }
  leads = false;
}

async function read(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ;) {
    const {value, done} = await reader.read();
    if (done) {
      return;
    }
    text += value;
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      if (text.startsWith('data: ')) {
        tell(JSON.parse(text.slice(6, end)));
      }
    }
  }
}

function begin() {
  stop?.abort();
  const {signal} = stop = new AbortController();
  if (navigator.locks) {
    navigator.locks.request('console-live', {signal}, () => lead(signal)).catch(() => {});
  } else {
    lead(signal);
  }
  channel?.postMessage({ask: true});
  bePresent().catch(() => {});
}

function end() {
  stop?.abort();
  bePresent('left').catch(() => {});
}

export function watchLive() {
  if (!line) {
    return;
  }
  channel?.addEventListener('message', ({data}) => {
    if (!data.ask) {
      hear(data);
    } else if (leads && known.newest > 0) {
      channel.postMessage(known);
    }
  });
  document.addEventListener('visibilitychange', () => document.hidden ? end() : begin());
  window.addEventListener('pagehide', end);
  window.addEventListener('pageshow', event => event.persisted && begin());
  setInterval(() => Date.now() - beatAt > 9000 && bePresent().catch(() => {}), 10000);
  if (!document.hidden) {
    begin();
  }
}
