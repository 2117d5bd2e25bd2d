// Saving by itself: one act at a time, each with its own id and the revision that it was written upon.
// An act whose answer did not come may have arrived all the same: it is sent again unchanged, and only
// then what was written since. Whatever happens, the text stays on this machine until the server said yes.

import { _, later, moment, operation } from './words.js';

const PAUSE = 1500;
const AT_MOST = 10000;
const AGAIN = 15000;
// what a browser still sends for a page that is gone
const LAST_WORDS = 60000;

export function autosave(form, area, keep, told) {
  let { value: base } = form.elements.base;
  let saved = 'unsaved' in form.dataset ? null : area.value;
  let unsure = null;
  let merges = '';
  let conflict = null;
  let stopped = false;
  let refused = null;
  let renewed = false;
  let busy = false;
  let since = 0;
  const soon = later(() => save(), PAUSE);
  const again = later(() => save(), AGAIN);
  const isOpen = () => unsure !== null || area.value !== saved;

  function typed() {
    if (area.value === saved && !unsure) {
      soon.never();
      keep.drop();
      if (!stopped) told('saved', _('Đã lưu, không có gì mới.'));
      return;
    }
    const safe = keep.put(area.value, base, unsure);
    if (stopped) return;
    since ||= Date.now();
    if (Date.now() - since > AT_MOST) soon.now(); else soon();
    told('writing', safe ? _('Đang viết, giữ trên máy này.') : _('Đang viết, chưa lưu.'));
  }

  async function save(loud = false, leaving = false) {
    soon.never();
    again.never();
    if (busy || stopped || (!loud && area.value === refused)) return;
    if (!isOpen()) { if (loud) told('saved', _('Đã lưu, không có gì mới.'), true); return; }
    busy = true;
    since = 0;
    unsure ??= { op: operation(), base, text: area.value, merges };
    const act = unsure;
    keep.put(area.value, base, act);
    try { await settle(act, await send(act, leaving), loud); } catch { waiting(); }
    busy = false;
    if (isOpen() && unsure !== act && !stopped) soon();
  }

  function send(act, leaving) {
    const data = new FormData();
    const { op: op_id, ...rest } = act;
    const fields = { csrf_token: form.elements.csrf_token.value, act: 'save', op_id, ...rest };
    for (const [name, value] of Object.entries(fields)) if (value !== '' || name === 'text') data.set(name, value);
    return fetch(form.action, {
      method: 'POST', body: data, headers: { 'X-Fragment': 'json' }, redirect: 'manual',
      keepalive: leaving && act.text.length * 3 < LAST_WORDS,
    });
  }

  async function settle(act, answer, loud) {
    const isJson = answer.headers.get('Content-Type')?.includes('json');
    if (answer.ok && isJson) accepted(act, await answer.json(), loud);
    else if (answer.status === 409 && isJson) parted(await answer.json(), loud);
    else if (answer.status === 400 && isJson) refuse(act, Object.values((await answer.json()).errors).flat().join(' '));
    else if (answer.status === 423) stop('locked', (await answer.json()).said);
    else if (answer.status === 404) stop('gone', _('Bản soạn này đã đóng. Bản viết vẫn giữ trên máy này; anh chị chép ra rồi mở bản soạn mới.'));
    else if (answer.status === 413) refuse(act, _('Bài dài quá, máy chủ không nhận. Hãy tách thành hai bài.'));
    else if (answer.status === 401 || answer.type === 'opaqueredirect') signedOut();
    else if (answer.status === 400) await freshToken();
    else waiting();
  }

  function accepted(act, { base: next, at }, loud) {
    base = String(next);
    form.elements.base.value = base;
    saved = act.text;
    unsure = null;
    refused = null;
    renewed = false;
    merges = '';
    if (area.value !== saved) { keep.put(area.value, base, null); return; }
    keep.drop();
    told('saved', _('Đã lưu lúc %(time)s', { time: moment(at) }), loud);
  }

  // somebody else saved meanwhile: nothing goes out until a person has looked at both texts
  function parted(found, loud) {
    unsure = null;
    conflict = found;
    stopped = true;
    keep.put(area.value, base, null);
    if (loud) merge(); else told('conflict', found.said);
  }

  function refuse(act, words) {
    unsure = null;
    refused = act.text;
    keep.put(area.value, base, null);
    told('refused', words);
  }

  function stop(state, words) {
    unsure = null;
    stopped = true;
    told(state, words);
  }

  function waiting() {
    told('unsent', keep.put(area.value, base, unsure)
      ? _('Chưa gửi được, đang giữ trên máy này.') : _('Chưa gửi được. Đừng đóng trang này.'));
    again();
  }

  function signedOut() {
    told('signed-out', _('Phiên đăng nhập đã hết. Bản viết đang giữ trên máy này; đăng nhập lại là lưu tiếp.'));
    again();
  }

  // the session is another one, after a sign-in: its token stands in a page of today
  async function freshToken() {
    const page = await (await fetch(location.href)).text();
    const fresh = new DOMParser().parseFromString(page, 'text/html').querySelector('form[data-write]');
    if (!fresh) { signedOut(); return; }
    if (fresh.dataset.keep !== form.dataset.keep) {
      stop('signed-out', _('Máy này đang đăng nhập tên người khác. Bản viết vẫn giữ trên máy này; đăng nhập lại tên của mình rồi mở bài này.'));
      return;
    }
    form.elements.csrf_token.value = fresh.querySelector('[name=csrf_token]').value;
    waiting();
    if (!renewed) soon();
    renewed = true;
  }

  // both texts side by side; what was typed after the clash goes along first
  async function merge() {
    if (area.value !== conflict.mine) {
      stopped = false;
      await save(true);
      return;
    }
    saved = area.value;
    keep.drop();
    location.assign(conflict.page);
  }

  function restore(kept) {
    base = kept.base;
    unsure = kept.unsure;
    area.value = kept.text;
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    soon.now();
  }

  area.addEventListener('input', typed);
  form.addEventListener('submit', (event) => {
    if (event.submitter?.value === 'preview') return;
    event.preventDefault();
    if (conflict) merge(); else save(true);
  });
  addEventListener('online', () => save());
  addEventListener('pagehide', () => save(false, true));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save(false, true);
  });
  // whoever ends on this machine takes everything off it; asked before any other script hears of it
  addEventListener('click', (event) => {
    if (!isOpen() || !event.target.closest('[data-leave] [type=submit], [data-switch] [type=submit]')) return;
    if (confirm(_('Bài này còn phần chưa lưu. Kết thúc bây giờ là mất phần đó. Vẫn kết thúc?'))) { saved = area.value; unsure = null; stopped = true; keep.drop(); return; }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // only a machine that keeps nothing has to hold its writer back
  addEventListener('beforeunload', (event) => {
    if (isOpen() && !keep.put(area.value, base, unsure)) event.preventDefault();
  });
  return { merge, restore, text: () => saved };
}
