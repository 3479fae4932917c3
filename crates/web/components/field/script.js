// A password can be looked at, and is hidden again before it is sent or kept.
{
  document.querySelectorAll('[data-password]').forEach((row) => {
    const input = row.querySelector('input');
    const toggle = row.querySelector('button');
    const caps = row.parentNode.querySelector('[data-caps]');
    const show = (shown) => {
      input.type = shown ? 'text' : 'password';
      toggle.textContent = shown ? toggle.dataset.hide : toggle.dataset.show;
    };
    toggle.hidden = false;
    toggle.addEventListener('click', () => show(input.type === 'password'));
    input.form.addEventListener('submit', () => show(false));
    window.addEventListener('pageshow', () => show(false));
    input.addEventListener('keyup', (event) => {
      const on = event.getModifierState && event.getModifierState('CapsLock');
      const text = on ? caps.dataset.caps : '';
      if (caps.textContent !== text) caps.textContent = text;
    });
  });
  // How strong a new password would be, asked of the server once it is typed.
  const fresh = document.querySelector('[data-strength]');
  if (fresh) {
    fresh.addEventListener('change', () => fetch(fresh.dataset.strength, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/plain' },
      body: `csrf=${encodeURIComponent(fresh.form.elements.namedItem('csrf').value)}&new_password=${encodeURIComponent(fresh.value)}`,
    }).then((answer) => (answer.status === 200 ? answer.text() : '')).then((words) => {
      document.getElementById('strength').textContent = words;
    }).catch(() => {}));
  }
  // People who were told what to fix are taken there.
  const summary = document.getElementById('error-summary');
  if (summary) summary.focus();
}
