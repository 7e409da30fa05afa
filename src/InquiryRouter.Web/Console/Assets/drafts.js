// What is typed into a form with data-draft is kept on the server: a second after the last key, when the page goes out of sight,
// and before it is sent.
// When that fails the page says so and since when, and the text stays where it is.
const words = {
  401: 'you are not signed in any more. Sign in in another tab and go on here: what you typed stays.',
  403: 'your role does not allow it. What you typed stays here: copy it.',
  404: 'nothing may be kept about this inquiry any more. What you typed stays here: copy it.',
  409: 'you have written in this form on another page since. There it says:',
  413: 'it is too much text. What you typed stays here.',
  lost: 'the connection is lost. What you typed stays here, and is kept as soon as the connection is back.',
  other: 'the server could not keep it. What you typed stays here, and it is tried again.',
};
const final = [403, 404, 409, 413];
const watched = [];

function now() {
  return new Date().toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
}

class Draft {
  constructor(form) {
    this.form = form;
    this.version = form.elements.draft;
    this.edited = this.dirty = this.pending = this.ready = false;
    this.since = null;
    this.queue = Promise.resolve(true);
    this.state = form.appendChild(document.createElement('small'));
    this.problem = document.createElement('p');
    this.problem.className = 'notice bad';
    this.problem.setAttribute('role', 'alert');
    this.problem.hidden = true;
    form.prepend(this.problem);
    form.addEventListener('input', () => {
      this.edited = this.dirty = true;
      this.later(1000);
    });
    form.addEventListener('submit', event => this.submit(event));

    // Thrown away is what is kept by now, and nothing is kept behind it.
    const discard = document.querySelector(`form[action="${form.dataset.draft}/discard"]`);
    discard?.addEventListener('submit', () => {
      this.ready = true;
      discard.elements.draft.value = this.version.value;
    });
  }

  later(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  // One after the other: what was typed later is saved later.
  save(keepalive = false) {
    clearTimeout(this.timer);
    this.queue = this.queue.then(() => this.dirty && !this.ready ? this.send(keepalive) : true);
    return this.queue;
  }

  async send(keepalive) {
    const body = new URLSearchParams({draft: this.version.value});
    for (const {name, type, value, checked} of this.form.elements) {
      if (name && type !== 'hidden' && (type !== 'checkbox' || checked)) {
        body.append(name, value);
      }
    }
    this.dirty = false;
    let status = 'lost';
    let there = null;
    try {
      const answer = await fetch(this.form.dataset.draft, {method: 'POST', body, keepalive});
      status = answer.status;
      there = answer.ok || status === 409 ? await answer.json() : null;
      if (answer.ok) {
        this.version.value = there.version;
        this.since = null;
        this.problem.hidden = true;
        this.state.textContent = this.version.value === '0' ? '' : `Draft kept ${now()}`;
        return true;
      }
    } catch {
      // No answer: the connection.
    }
    this.dirty = true;
    this.since ??= now();
    this.state.textContent = '';
    this.problem.textContent = `Not kept since ${this.since}: ${words[status] ?? words.other}`;
    if (status === 401) {
      const link = Object.assign(document.createElement('a'), {href: '/console/sign-in', target: '_blank', textContent: 'Sign in'});
      this.problem.append(' ', link);
    }
    if (status === 409) {
      this.showOther(there);
    }
    this.problem.hidden = false;
    if (!final.includes(status)) {
      this.later(10000);
    }
    // These the answer to the form itself explains better.
    return [409, 413].includes(status);
  }

  // The other one field by field; whoever looks at both says which one stays.
  showOther({version, fields}) {
    const list = this.problem.appendChild(document.createElement('span'));
    for (const [name, value] of Object.entries(fields)) {
      const field = this.form.elements[name];
      if (value && field && (field.type === 'checkbox' ? !field.checked : field.value !== value)) {
        list.append(document.createElement('br'), field.labels?.[0]?.textContent.trim() ?? name, ': ',
          field.selectedOptions ? [...field.options].find(one => one.value === value)?.textContent ?? value : value);
      }
    }
    const keep = this.problem.appendChild(document.createElement('button'));
    Object.assign(keep, {type: 'button', className: 'quiet', textContent: 'Keep what stands here'});
    keep.addEventListener('click', () => {
      this.version.value = version;
      this.save();
    });
  }

  // First kept, then sent: a form whose connection or session is lost stays where it is.
  async submit(event) {
    if (this.ready || !this.edited) {
      return;
    }
    event.preventDefault();
    if (this.pending) {
      return;
    }
    this.pending = this.dirty = true;
    const kept = await this.save();
    this.pending = false;
    if (kept) {
      this.ready = true;
      this.form.requestSubmit(event.submitter);
    }
  }
}

export function watchDrafts() {
  for (const form of document.querySelectorAll('form[data-draft]')) {
    watched.push(new Draft(form));
  }
  if (watched.length === 0) {
    return;
  }
  const keep = () => watched.forEach(draft => draft.save(true));
  document.addEventListener('visibilitychange', () => document.hidden ? keep() : watched.forEach(draft => draft.save()));
  window.addEventListener('pagehide', keep);
  window.addEventListener('online', () => watched.forEach(draft => draft.save()));
  window.addEventListener('beforeunload', event => {
    if (watched.some(draft => draft.dirty && draft.since && !draft.ready)) {
      event.preventDefault();
    }
  });
  window.addEventListener('pageshow', event => {
    if (event.persisted) {
      watched.forEach(draft => { draft.ready = false; });
    }
  });
}

/** Everything that is typed is kept, before the page is left. */
export function keepDrafts() {
  return Promise.all(watched.map(draft => draft.save()));
}

/** Somebody is writing on this page, or has within the last seconds. */
export function isWriting() {
  return watched.some(draft => draft.edited && !draft.ready && draft.form.contains(document.activeElement));
}
