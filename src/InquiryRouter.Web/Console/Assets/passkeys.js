// Passkeys: fetches the question, asks the browser, and sends its answer with the form. Where there are none the form stays hidden.
const said = {
  NotAllowedError: 'Nothing was done: it was cancelled, or took too long. Press the button to try again.',
  InvalidStateError: 'This device has a passkey of yours already.',
  SecurityError: 'Passkeys do not work at this address.',
  403: 'Nothing was done: this needs a code of the last ten minutes. Load this page again, show one, and come back.',
  429: 'Too many tries. Wait a quarter of an hour, or sign in with your password and a code.',
};
const failed = 'Nothing was done: the browser could not ask for a passkey. Try again, or sign in with your password and a code.';

function works(form) {
  const {hostname} = location;
  const domain = form.dataset.domain;
  return typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function'
    && (hostname === domain || hostname.endsWith(`.${domain}`));
}

async function ask(form) {
  const response = await fetch(form.dataset.question, {method: 'POST'});
  if (!response.ok || response.redirected) {
    throw Object.assign(new Error('refused'), {name: response.status});
  }
  const question = await response.json();
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question)})
    : navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question)});
}

function prepare(form) {
  const status = form.querySelector('[role=status]');
  let busy = false;
  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (busy) {
      return;
    }
    busy = true;
    status.textContent = 'Your browser asks you now.';
    try {
      const credential = await ask(form);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      status.textContent = said[error.name] ?? failed;
    } finally {
      busy = false;
    }
  });
}

const forms = [...document.querySelectorAll('form[data-passkey]')].filter(works);
forms.forEach(prepare);
if (forms.length > 0) {
  for (const element of document.querySelectorAll('[data-no-passkey]')) {
    element.hidden = true;
  }
}
