// A form on its way takes no second tap. The button keeps its width, says that it is sending, and
// comes back after 20 seconds or when the page is shown again from memory.
{
  const rest = (button) => {
    if (!button.dataset.idle) return;
    button.textContent = button.dataset.idle;
    button.removeAttribute('aria-disabled');
    delete button.dataset.idle;
  };
  const busyButtons = () => document.querySelectorAll('[data-idle]');
  document.addEventListener('submit', (event) => {
    const button = event.target.querySelector('[data-busy]');
    if (!button) return;
    if (button.dataset.idle) {
      event.preventDefault();
      return;
    }
    button.style.minWidth = `${button.offsetWidth}px`;
    button.dataset.idle = button.textContent;
    button.textContent = button.dataset.busy;
    button.setAttribute('aria-disabled', 'true');
    setTimeout(() => rest(button), 20000);
  });
  window.addEventListener('pageshow', () => busyButtons().forEach(rest));
}
