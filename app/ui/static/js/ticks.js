// A practical: the learner ticks for themselves what they can do. It stays in this browser.
{
  const list = document.querySelector('.ticks');
  if (list) {
    const boxes = [...list.querySelectorAll('[data-tick]')];
    const state = list.querySelector('.ticks-state');
    const key = list.dataset.ticks && `ticks:${list.dataset.ticks}`;
    const show = () => {
      const done = boxes.filter((box) => box.checked).length;
      state.textContent = state.dataset.words.replace('{done}', done).replace('{total}', boxes.length);
    };
    const kept = () => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; } };
    if (key) for (const box of boxes) box.checked = kept().includes(box.dataset.tick);
    show();
    list.addEventListener('change', () => {
      show();
      const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.tick);
      try { if (key) localStorage.setItem(key, JSON.stringify(ticked)); } catch { /* a full or shut store */ }
    });
  }
}
