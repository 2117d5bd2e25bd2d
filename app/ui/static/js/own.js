// What a reader leaves in a lesson: the place they read at, a note, a bookmark; and answers to what
// they asked. Asked for after the page stands, so that the page itself can be everybody's.
{
  const way = document.querySelector('[data-own]');
  const body = document.querySelector('.lesson-body');
  const PARAGRAPHS = 'p, li, h2, h3, h4, table, pre, figure, form.practice';
  const NO_PLACE = '.walk-tools, .variant-choice, .read-to, .terms, form.practice *, [class$="-name"], [class$="-title"]';
  const EVERY = 15000;
  const PAUSE = 1500;

  const address = (act) => way.href.replace(/notes$/, act);
  const part = (name) => document.querySelector(`template[data-part="${name}"]`)
    .content.firstElementChild.cloneNode(true);

  // randomUUID wants https, which a village's own server may not have
  const operation = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');

  function form(fields) {
    const data = new FormData();
    data.set('csrf_token', document.querySelector('[name=csrf_token]').value);
    data.set('reader', body.dataset.reader);
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  }

  async function send(act, fields) {
    const answer = await fetch(address(act), {
      method: 'POST', body: form(fields), keepalive: true, headers: { 'X-Fragment': 'saved' },
    });
    if (answer.status !== 204) throw new Error(`${answer.status}`);
  }

  // --- the place

  const paragraphs = () => [...body.querySelectorAll(PARAGRAPHS)].filter((one) => !one.closest(NO_PLACE));

  function readNow() {
    const line = innerHeight * 0.35;
    let now = 0;
    paragraphs().forEach((one, index) => {
      if (one.checkVisibility() && one.getBoundingClientRect().top <= line) now = index;
    });
    return now;
  }

  function keepPlace() {
    let kept = 0;
    let sentAt = 0;
    let timer = 0;
    const changed = () => scrollY > 0 && readNow() !== kept;
    function keep(leaving) {
      clearTimeout(timer);
      timer = 0;
      if (!changed()) return;
      kept = readNow();
      sentAt = Date.now();
      const data = form({ paragraph: kept });
      if (leaving) navigator.sendBeacon(address('place'), data);
      else fetch(address('place'), { method: 'POST', body: data }).catch(() => {});
    }
    addEventListener('scroll', () => {
      timer ||= setTimeout(keep, Math.max(1000, EVERY - (Date.now() - sentAt)));
    }, { passive: true });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') keep(true);
    });
    addEventListener('pagehide', () => keep(true));
    return (place) => { kept = place; };
  }

  function resume(place) {
    const there = paragraphs()[place];
    if (!there || location.hash || scrollY > 0) return;
    there.dispatchEvent(new CustomEvent('reveal', { bubbles: true }));
    const mark = part('place');
    if (there.matches('li, figure')) there.prepend(mark); else there.before(mark);
    mark.querySelector('button').addEventListener('click', () => {
      mark.remove();
      document.querySelector('main').focus();
      scrollTo(0, 0);
    });
    mark.scrollIntoView({ block: 'start', behavior: 'instant' });
  }

  // --- notes and bookmark

  function keepNote(area, state, note, ids) {
    let saved = note;
    let replaces = ids;
    let sending = false;
    let timer = 0;
    // an act whose answer did not come: perhaps it arrived all the same
    let unsure = null;
    area.value = note;
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
    async function save() {
      clearTimeout(timer);
      const text = area.value;
      if (sending || text === saved) return;
      sending = true;
      if (unsure && unsure.text !== text) replaces = [...replaces, unsure.op_id].slice(-40);
      if (unsure?.text !== text) unsure = { op_id: operation(), text, replaces: replaces.join(' ') };
      try {
        await send('notes', unsure);
        replaces = [unsure.op_id];
        unsure = null;
        saved = text;
        state.textContent = state.dataset.saved;
      } catch {
        state.textContent = state.dataset.kept;
        later(EVERY);
      }
      sending = false;
      if (area.value !== text) later(PAUSE);
    }
    area.addEventListener('input', () => { state.textContent = ''; later(PAUSE); });
    area.addEventListener('change', save);
    addEventListener('online', save);
    addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
  }

  function keepBookmark(button, state, ids) {
    let replaces = ids;
    const show = () => button.setAttribute('aria-pressed', String(replaces.length > 0));
    button.addEventListener('click', async () => {
      const op = operation();
      const on = replaces.length ? 0 : 1;
      try {
        await send('bookmark', { op_id: op, on, replaces: replaces.join(' ') });
        replaces = on ? [op] : [];
        state.textContent = state.dataset.saved;
      } catch {
        state.textContent = state.dataset.kept;
      }
      show();
    });
    show();
  }

  function showAsks(asks) {
    for (const ask of asks) {
      const box = part('ask');
      const text = box.querySelector('.own-ask-text');
      text.textContent = ask.text;
      text.hidden = !ask.text;
      if (ask.answer) {
        box.querySelector('.own-ask-wait').hidden = true;
        const answer = box.querySelector('.own-ask-answer');
        answer.hidden = false;
        answer.querySelector('b').textContent = `${ask.helper}:`;
        answer.querySelector('span').textContent = ask.answer;
      }
      document.querySelector('.lesson-asks').append(box);
    }
  }

  function showOwn(mine) {
    const panel = part('own');
    way.parentElement.replaceWith(panel);
    const state = panel.querySelector('.own-state');
    keepNote(panel.querySelector('[data-note]'), state, mine.note, mine.noteIds);
    keepBookmark(panel.querySelector('[data-bookmark]'), state, mine.bookmarkIds);
  }

  async function open() {
    const answer = await fetch(way.dataset.own, { headers: { 'X-Reader': body.dataset.reader } });
    if (!answer.ok || answer.redirected) return;
    const mine = await answer.json();
    // while a helper looks on there is no note
    if (mine.note !== null) showOwn(mine);
    showAsks(mine.asks);
    if ('done' in body.dataset) return;
    if (mine.paragraph) { place(mine.paragraph); resume(mine.paragraph); }
  }

  const place = way && body && !('done' in body.dataset) ? keepPlace() : null;
  // offline the way leads to what is kept on the device, or says that there is no network
  if (way && body) open().catch(() => {});
}
