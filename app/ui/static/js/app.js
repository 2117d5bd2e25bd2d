// Small helps on top of pages that work without them. Nothing here is needed to learn.

const root = document.documentElement;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

// A text of the interface. Where pages are in English, its English stands here in its place.
const _ = (text, words = {}) => text.replace(/%\((\w+)\)s/g, (whole, name) => words[name] ?? whole);

// Text size, contrast and ground change at once; the server remembers them for the next page.
function applyDisplayAtOnce(form) {
  const save = form.querySelector('[type=submit]');
  save.hidden = true;
  form.addEventListener('change', () => {
    const wanted = new FormData(form);
    for (const name of ['text', 'contrast', 'theme']) root.dataset[name] = wanted.get(name);
    fetch(form.action, { method: 'POST', body: wanted, redirect: 'manual' })
      .catch(() => { save.hidden = false; });
  });
}

function closeWhenLeft(panel) {
  document.addEventListener('click', (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !panel.open) return;
    panel.open = false;
    panel.querySelector('summary').focus();
  });
}

// A second tap on a slow line must not send the form twice.
function guardAgainstDoubleSend(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  markSent(form, true);
  // a form that answers with a file leaves the page standing, for the next file
  setTimeout(() => markSent(form, false), 'file' in form.dataset ? 1000 : 10000);
}

function markSent(form, sent) {
  if (sent) form.dataset.sent = 'yes'; else delete form.dataset.sent;
  for (const button of form.querySelectorAll('[type=submit]')) {
    if (sent) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
  }
}

// Practice questions are answered where they stand.
function answerInPlace(form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    markSent(form, true);
    try {
      await showVerdict(form);
    } catch {
      say(form, _('Chưa gửi được. Anh chị xem lại mạng rồi bấm lần nữa.'));
    }
    markSent(form, false);
  });
}

async function showVerdict(form) {
  const response = await fetch(form.action, {
    method: 'POST', body: new FormData(form), headers: { 'X-Fragment': 'verdict' },
  });
  // the plain way leads to a page that says what is wrong
  if (!response.ok || response.redirected) { form.submit(); return; }
  form.querySelector('[data-verdict]').innerHTML = await response.text();
  const button = form.querySelector('[data-again]');
  button.textContent = button.dataset.again;
}

function say(form, words) {
  const note = document.createElement('p');
  note.className = 'field-error';
  note.textContent = words;
  form.querySelector('[data-verdict]').replaceChildren(note);
}

// Ordering questions: rows with "up" and "down" in place of the selects, which keep the answer.
function moveRows(list) {
  const selects = [...list.querySelectorAll('select')];
  const choices = [...selects[0].options].filter((option) => option.value);
  const words = new Map(choices.map((option) => [option.value, option.text]));
  const chosen = selects.map((select) => select.value);
  const complete = chosen.every(Boolean) && new Set(chosen).size === chosen.length;
  (complete ? chosen : [...words.keys()]).forEach((value, place) => { selects[place].value = value; });
  const live = list.insertAdjacentElement('afterend', document.createElement('p'));
  live.className = 'aloud';
  live.setAttribute('role', 'status');
  const rows = selects.map((select, place) => rowOf(select, place, selects.length, (from, to) => {
    [selects[from].value, selects[to].value] = [selects[to].value, selects[from].value];
    rows.forEach((row, index) => row.show(words.get(selects[index].value), index === to));
    rows[to].focus(to < from);
    live.textContent = _('%(words)s: nay đứng thứ %(place)s', {
      words: words.get(selects[to].value), place: to + 1,
    });
  }));
  rows.forEach((row, place) => row.show(words.get(selects[place].value), false));
  list.classList.add('order-moving');
}

function rowOf(select, place, total, move) {
  const row = select.closest('li');
  for (const child of [...row.children]) child.hidden = true;
  const number = Object.assign(document.createElement('span'), { className: 'order-place', textContent: `${place + 1}.` });
  const text = Object.assign(document.createElement('span'), { className: 'order-text' });
  const buttons = Object.assign(document.createElement('span'), { className: 'order-move' });
  const up = mover('↑', place === 0, () => move(place, place - 1));
  const down = mover('↓', place === total - 1, () => move(place, place + 1));
  buttons.append(up, down);
  row.append(number, text, buttons);
  return {
    show(words, moved) {
      text.textContent = words;
      up.setAttribute('aria-label', _('Đưa lên: %(words)s', { words }));
      down.setAttribute('aria-label', _('Đưa xuống: %(words)s', { words }));
      row.classList.toggle('order-moved', moved);
    },
    focus(upwards) {
      const [first, second] = upwards ? [up, down] : [down, up];
      (first.disabled ? second : first).focus();
    },
  };
}

function mover(sign, disabled, act) {
  const button = Object.assign(document.createElement('button'), {
    type: 'button', className: 'button button-quiet', textContent: sign, disabled,
  });
  button.addEventListener('click', act);
  return button;
}

// A PIN may be shown while it is typed.
function offerReveal(box) {
  const input = box.querySelector('input');
  const button = Object.assign(document.createElement('button'), {
    type: 'button', className: 'button button-plain', textContent: _('Hiện ra'),
  });
  button.setAttribute('aria-controls', input.id);
  button.addEventListener('click', () => {
    const shown = input.type === 'text';
    input.type = shown ? 'password' : 'text';
    button.textContent = shown ? _('Hiện ra') : _('Che lại');
  });
  box.append(button);
}

each('form[data-display]', applyDisplayAtOnce);
each('details.display', closeWhenLeft);
each('form[data-practice]', answerInPlace);
each('ol[data-order]', moveRows);
each('[data-reveal]', offerReveal);
each('[data-focus]', (box) => box.focus());
document.addEventListener('submit', guardAgainstDoubleSend);
addEventListener('pageshow', () => each('form[data-sent]', (form) => markSent(form, false)));
