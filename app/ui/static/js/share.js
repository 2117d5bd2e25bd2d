// Share in the learner's hands: the phone's own way to share where there is one, else the address
// is copied. Nothing is sent by itself.
for (const button of document.querySelectorAll('[data-share]')) {
  const state = document.querySelector('.joy-state');
  const told = { text: button.dataset.shareWords, url: button.dataset.share };
  button.hidden = !(navigator.share || navigator.clipboard);
  button.addEventListener('click', async () => {
    try {
      if (navigator.share) { await navigator.share(told); return; }
      await navigator.clipboard.writeText(told.url);
      state.textContent = button.dataset.shareDone;
    } catch { /* thought better of it */ }
  });
}
