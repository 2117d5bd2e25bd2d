// The lesson as learners will see it, made by the server a moment after the writing pauses.

import { _, later } from './words.js';

const PAUSE = 500;

export function livePreview(form, area, panel, told) {
  const body = panel.querySelector('[data-preview]');
  const state = panel.querySelector('[data-preview-state]');
  const choices = panel.querySelector('[data-preview-for]');
  const soon = later(look, PAUSE);
  let seen = null;
  let html = null;
  let busy = false;

  const selects = [...choices.querySelectorAll('select')];
  const wanted = () => JSON.stringify([area.value, ...selects.map((one) => one.value)]);

  function question() {
    const data = new FormData();
    for (const { name, value } of selects) data.set(name, value);
    data.set('csrf_token', form.elements.csrf_token.value);
    data.set('text', area.value);
    return data;
  }

  async function look() {
    const asked = wanted();
    if (busy || asked === seen) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.look, { method: 'POST', body: question(), redirect: 'manual' });
      if (answer.status === 400) { seen = asked; refused(await answer.json()); }
      else if (!answer.ok) throw new Error(`${answer.status}`);
      else { seen = asked; show(await answer.json()); }
    } catch {
      state.textContent = _('Chưa xem thử được. Có mạng lại thì phần này tự mới.');
    }
    busy = false;
    if (seen === asked && wanted() !== seen) soon();
  }

  function refused({ errors }) {
    state.textContent = Object.values(errors).flat().join(' ');
  }

  function show(found) {
    state.textContent = '';
    if (found.html !== html) redraw(found.html);
    told(found);
  }

  function redraw(fresh) {
    html = fresh;
    const { scrollTop } = panel;
    body.innerHTML = html;
    panel.scrollTop = scrollTop;
    for (const link of body.querySelectorAll('a[href]:not([href^="#"])')) link.target = '_blank';
  }

  // answering here stores nothing, and must not lead away from what is being written
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    const place = event.target.querySelector('[data-verdict]');
    if (place) place.textContent = _('Đang xem thử. Người học bấm nút này thì thấy lời giải thích.');
  });
  choices.addEventListener('change', () => soon.now());
  area.addEventListener('input', soon);
  addEventListener('online', () => soon.now());
  soon.now();
}
