// Forms without a draft of their own. Before one that was written in leaves the page: is there a connection, and is somebody signed in? If
// not, the page
// and the text stay. What was kept of a form that was not taken is put back into it; nothing is sent by itself.
const words = {
  401: 'you are not signed in any more. Sign in in another tab and press again here: what you typed stays.',
  lost: 'the connection is lost. What you typed stays here: press again when it is back.',
};

// Put back by the browser or by us: written in as well.
const edited = new WeakSet();
const asked = new WeakSet();

function say(form, text, link) {
  let line = form.querySelector(':scope > [data-unsent]');
  if (!line) {
    line = document.createElement('p');
    line.dataset.unsent = '';
    line.setAttribute('role', 'alert');
    form.prepend(line);
  }
  line.className = 'notice warn';
  line.replaceChildren(text);
  if (link) {
    line.append(' ', Object.assign(document.createElement('a'), link));
  }
}

async function isReady() {
  try {
    const answer = await fetch('/console/unfinished/ready', {headers: {'HX-Request': 'true'}, cache: 'no-store'});
    return answer.status === 401 ? 401 : 'ready';
  } catch {
    return 'lost';
  }
}

export function guardForms() {
  // Whoever is not signed in yet has no session to lose.
  if (!document.querySelector('header .who')) {
    return;
  }
  document.addEventListener('input', event => {
    const form = event.target.form;
    if (form?.method === 'post' && !form.dataset.draft) {
      edited.add(form);
    }
  });

  // Before every other listener: whoever comes after finds it sent, or not.
  document.addEventListener('submit', async event => {
    const form = event.target;
    if (!edited.has(form) || asked.has(form) || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    asked.add(form);
    const submitter = event.submitter;
    const state = await isReady();
    if (state === 'ready') {
      form.requestSubmit(submitter);
    } else {
      say(form, `Nothing was sent: ${words[state]}`, state === 401 ? {href: '/console/sign-in', target: '_blank', textContent: 'Sign in'}
          : null);
    }
    asked.delete(form);
  }, {capture: true});
}

function fill(form, fields) {
  const left = Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, [...values]]));
  for (const field of form.elements) {
    if (!field.name || field.type === 'hidden' || field.type === 'password' || field.type === 'file' || field.tagName === 'BUTTON') {
      continue;
    }
    const values = left[field.name] ?? [];
    if (field.type === 'checkbox' || field.type === 'radio') {
      field.checked = values.includes(field.value);
    } else if (field.tagName === 'SELECT' && field.multiple) {
      for (const option of field.options) {
        option.selected = values.includes(option.value);
      }
    } else if (values.length > 0) {
      field.value = values.shift();
    }
    field.dispatchEvent(new Event('input', {bubbles: true}));
  }
}

// Two forms of one page may be sent to the same place: the one that hides the same is meant.
function meant(forms, fields) {
  const hides = form => [...form.elements].filter(field => field.type === 'hidden' && fields[field.name]?.includes(field.value)).length;
  return forms.sort((one, other) => hides(other) - hides(one))[0];
}

export async function restoreForm() {
  const id = new URLSearchParams(location.search).get('unfinished');
  if (!id) {
    return;
  }
  const answer = await fetch(`/console/unfinished/${encodeURIComponent(id)}`);
  if (!answer.ok) {
    return;
  }
  const {action, fields} = await answer.json();
  const forms = [...document.forms].filter(form => form.method === 'post' && new URL(form.action).pathname === action);
  const form = meant(forms, fields);
  if (!form) {
    const line = document.createElement('p');
    line.className = 'notice warn';
    line.setAttribute('role', 'status');
    line.append('The form you filled in is not on this page as things stand. ',
      Object.assign(document.createElement('a'), {href: '/console/unfinished', textContent: 'Read what you typed'}));
    document.querySelector('main').prepend(line);
    return;
  }
  for (let around = form.closest('details'); around; around = around.parentElement?.closest('details')) {
    around.open = true;
  }
  fill(form, fields);
  const kept = form.elements.unfinished ?? form.appendChild(Object.assign(document.createElement('input'), {type: 'hidden',
      name: 'unfinished'}));
  kept.value = id;
  say(form, 'What you typed is here again. Nothing was sent yet.');
  form.querySelector('textarea, input:not([type=hidden]), select')?.focus();
}
