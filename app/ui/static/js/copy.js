// A ready text goes to the clipboard with one tap; without a clipboard it is marked by hand.
for (const button of document.querySelectorAll('[data-copy]')) {
  const text = document.getElementById(button.dataset.copy);
  const state = button.nextElementSibling;
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      state.textContent = button.dataset.copied;
    } catch { text.select(); }
  });
}
