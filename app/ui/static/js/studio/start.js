// The page on which a lesson is written. Without this it is a plain form that works.

import { _, button, element, moment } from './words.js';
import { keeper } from './keep.js';
import { measure, problemList } from './lines.js';
import { livePreview } from './see.js';
import { autosave } from './save.js';
import { pictures } from './picture.js';
import { tools } from './tools.js';
import { tabs } from './tabs.js';

const page = document.querySelector('[data-studio]');
const find = (name) => page.querySelector(`[data-${name}]`);

// What is said once goes to readers of screens as well; that one writes is nothing to be told.
function teller() {
  const state = page.querySelector('.studio-state');
  const aloud = find('aloud');
  let before = 'saved';
  return (name, words, loud = false) => {
    state.dataset.state = name;
    state.textContent = words;
    if (loud || (name !== 'writing' && name !== before)) aloud.textContent = words;
    if (name !== 'writing') before = name;
    find('conflict').hidden = name !== 'conflict';
    if (name === 'conflict') find('conflict-said').textContent = words;
  };
}

// What an earlier page could not send, each with two buttons.
function offerKept(keep, saving, area) {
  const place = find('kept');
  for (const kept of keep.left()) {
    if (kept.text === area.value) { keep.forget(kept.key); continue; }
    const box = element('div', 'callout callout-warning studio-kept');
    const words = element('p', '', _('Có bản viết dở trên máy này, lúc %(time)s, chưa gửi được.', { time: moment(kept.at) }));
    const row = element('div', 'button-row');
    const settle = (act) => () => { act(); keep.forget(kept.key); box.remove(); area.focus(); };
    row.append(
      button(_('Lấy lại bản này'), 'button-main', settle(() => saving.restore(kept))),
      button(_('Bỏ bản này'), 'button-quiet', settle(() => {})),
    );
    box.append(words, row);
    place.append(box);
  }
}

function open() {
  const form = page.querySelector('form[data-write]');
  const area = find('source');
  const panels = ['write', 'see', 'mend'].map((name) => find(`panel-${name}`));
  const showWriting = tabs(find('tabs'), panels);
  const mark = measure(area);
  const list = problemList(area, panels[2], showWriting);
  livePreview(form, area, panels[1], (found) => {
    mark(found.problems);
    list(found);
    find('problem-number').textContent = found.problems.length || '';
  });
  if (area.readOnly) return;
  const told = teller();
  const keep = keeper(form.dataset.keep);
  const saving = autosave(form, area, keep, told);
  find('merge').addEventListener('click', () => saving.merge());
  offerKept(keep, saving, area);
  const openPicture = pictures(area, find('picture'), (words) => { find('aloud').textContent = words; });
  tools(find('tools'), area, page.dataset, openPicture);
}

if (page) open();
