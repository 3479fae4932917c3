// Three minutes before the session ends people are asked; one tap keeps it. Without an answer the
// page is left, so that nothing stays on the screen.
{
  const dialog = document.getElementById('session-dialog');
  if (dialog) {
    const text = document.getElementById('session-dialog-text');
    const form = dialog.querySelector('form');
    let end = Date.now() + Number(dialog.dataset.left) * 1000;
    let asking = false;
    let before = null;
    const close = () => {
      if (!asking) return;
      asking = false;
      if (dialog.close) dialog.close();
      dialog.hidden = true;
      if (before) before.focus();
    };
    const ask = () => {
      asking = true;
      before = document.activeElement;
      dialog.hidden = false;
      if (dialog.showModal) {
        dialog.showModal();
      } else {
        dialog.setAttribute('role', 'alert');
        dialog.scrollIntoView();
      }
      dialog.querySelector('button').focus();
    };
    // Asked for anew, not reloaded: that could send a form again.
    const leave = () => window.location.replace(window.location.pathname + window.location.search);
    const stay = () => fetch(form.action, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/plain' },
      body: `csrf=${encodeURIComponent(form.elements.namedItem('csrf').value)}`,
    }).then((answer) => {
      // The answer says how many seconds there are now; the day's limit may be nearer.
      if (answer.status !== 200) throw new Error('ended');
      return answer.text();
    }).then((seconds) => {
      end = Date.now() + (Number(seconds) || Number(dialog.dataset.left)) * 1000;
      close();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      stay().catch(leave);
    });
    // Esc means stay (M33).
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      stay().catch(leave);
    });
    setInterval(() => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      if (seconds <= 0) leave();
      else if (seconds <= 180) {
        const words = dialog.dataset.text.replace('{left}', window.payungTimeInWords(seconds));
        if (text.textContent !== words) text.textContent = words;
        if (!asking) ask();
      }
    }, 1000);
  }
}
