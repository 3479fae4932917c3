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
  // People who were told what to fix are taken there.
  const summary = document.getElementById('error-summary');
  if (summary) summary.focus();
}
