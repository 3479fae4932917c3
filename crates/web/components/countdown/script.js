// Time left in words, counted from when the page came, whatever the clock of the device says.
{
  const words = (count, unit) => {
    const forms = document.body.dataset[unit].split(',');
    return `${count} ${forms[count === 1 ? 0 : 1]}`;
  };
  const inWords = (seconds) => (seconds > 90
    ? words(Math.ceil(seconds / 60), 'minute')
    : words(Math.max(seconds, 0), 'second'));
  const start = Date.now();
  document.querySelectorAll('[data-countdown]').forEach((line) => {
    const total = Number(line.dataset.countdown);
    const left = () => Math.ceil(total - (Date.now() - start) / 1000);
    let spoken;
    if (line.hasAttribute('data-announce')) {
      // Only two moments are spoken; a line that changes every second must not be.
      spoken = document.createElement('p');
      spoken.className = 'hidden';
      spoken.setAttribute('role', 'status');
      line.parentNode.insertBefore(spoken, line.nextSibling);
    }
    let told = '';
    const tick = () => {
      const seconds = left();
      const over = seconds <= 0;
      const text = over ? line.dataset.done : line.dataset.text.replace('{left}', inWords(seconds));
      if (line.textContent !== text) line.textContent = text;
      const moment = over ? 'over' : seconds <= 120 ? 'soon' : '';
      if (spoken && moment !== told) {
        told = moment;
        spoken.textContent = text;
      }
      if (over) clearInterval(timer);
    };
    const timer = setInterval(tick, 1000);
  });
  // The session's question speaks the same words.
  window.payungTimeInWords = inWords;
}
