// A passkey: asked for with a button, or offered by the browser in the name field. Where browsers
// know none, its form stays hidden.
{
  const bytes = (text) => Uint8Array.from(
    atob(text.split('-').join('+').split('_').join('/')),
    (letter) => letter.charCodeAt(0),
  );
  const text = (buffer) => btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
    .split('+').join('-').split('/').join('_').split('=').join('');
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const prepare = (form) => {
    const creates = form.dataset.passkey === 'create';
    const asked = JSON.parse(form.dataset.options);
    asked.challenge = bytes(asked.challenge);
    if (creates) asked.user.id = bytes(asked.user.id);
    (asked.excludeCredentials || asked.allowCredentials || []).forEach((known) => {
      known.id = bytes(known.id);
    });
    const send = (key) => {
      const response = {};
      parts.forEach((part) => {
        if (key.response[part]) response[part] = text(key.response[part]);
      });
      form.elements.namedItem('credential').value = JSON.stringify({
        id: key.id, rawId: text(key.rawId), type: key.type, response,
      });
      // What was ticked beside the password counts here too.
      const ticked = document.querySelector('#main-form [name=shared]:checked');
      if (ticked) form.appendChild(ticked.cloneNode()).hidden = true;
      form.submit();
    };
    let waiting = null;
    const ask = (options) => {
      // A browser asks for one passkey at a time.
      if (waiting) waiting.abort();
      waiting = new AbortController();
      options.publicKey = asked;
      options.signal = waiting.signal;
      return navigator.credentials[creates ? 'create' : 'get'](options).then(send);
    };
    const status = form.querySelector('[role=alert]');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      status.textContent = '';
      ask({}).catch((error) => {
        const isKnown = error.name === 'InvalidStateError';
        status.textContent = isKnown ? form.dataset.known : form.dataset.cancelled;
      });
    });
    form.hidden = false;
    const keys = window.PublicKeyCredential;
    if (form.hasAttribute('data-offer') && keys.isConditionalMediationAvailable) {
      keys.isConditionalMediationAvailable()
        .then((can) => can && ask({ mediation: 'conditional' }))
        .catch(() => {});
    }
  };
  if (window.PublicKeyCredential && window.AbortController) {
    document.querySelectorAll('[data-passkey]').forEach(prepare);
    document.querySelectorAll('[data-without-passkeys]').forEach((note) => { note.hidden = true; });
  }
}
