// Search fields offer the first results while one types; Escape or leaving puts them away.
for (const box of document.querySelectorAll('[data-suggest]')) {
  const field = box.querySelector('input[type=search]');
  const offers = box.querySelector('.search-offers');
  let timer = 0;
  let asked = 0;
  const close = () => { offers.hidden = true; };
  const offer = async () => {
    const words = field.value.trim();
    if (words.length < 2) return close();
    const mine = ++asked;
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    offers.innerHTML = await answer.text();
    offers.hidden = !offers.textContent.trim();
  };
  offers.setAttribute('aria-live', 'polite');
  field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(offer, 180); });
  box.addEventListener('keydown', (event) => {
    const links = [...offers.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'Escape') { close(); field.focus(); }
    if (event.key === 'ArrowDown' && links.length && !offers.hidden) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    if (event.key === 'ArrowUp' && at >= 0) { event.preventDefault(); (links[at - 1] ?? field).focus(); }
  });
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) close(); });
}
