// Pictures by button, drop or paste: what they show is asked before they are sent.

import { _, element, operation } from './words.js';
import { insert, insertPassage } from './text.js';
import { pictureAt, pictureMarkdown } from './dialect.js';

// a telephone's photograph is smaller before it goes over a thin line; the server makes it small
const HEAVY = 2 * 1024 * 1024;
const WIDE = 2048;

export function pictures(area, section, told) {
  const form = section.querySelector('form');
  const { picture: file, alt, used, op_id: op } = form.elements;
  const dialog = element('dialog', 'studio-dialog');
  const shown = section.querySelector('[data-picture-shown]');
  const problem = section.querySelector('[data-picture-problem]');
  let queue = [];
  // a text area behind a dialog forgets where its cursor stood
  let cursor = [0, 0];
  dialog.setAttribute('aria-labelledby', section.querySelector('h2').id);
  section.replaceWith(dialog);
  dialog.append(section);

  function open(files = []) {
    queue = [...files];
    cursor = [area.selectionStart, area.selectionEnd];
    form.reset();
    offer();
    if (!dialog.open) dialog.showModal();
    (file.files.length ? alt : file).focus();
  }

  // what was dropped or pasted goes into the file field, as if it had been chosen there
  function offer() {
    const next = queue.shift();
    if (next) {
      const carried = new DataTransfer();
      carried.items.add(next);
      file.files = carried.files;
    }
    show();
  }

  async function show() {
    problem.textContent = '';
    op.value = operation();
    shown.hidden = true;
    const [chosen] = file.files;
    const bitmap = chosen && await createImageBitmap(chosen).catch(() => null);
    if (!bitmap || chosen !== file.files[0]) return;
    shown.width = 320;
    shown.height = Math.round((320 * bitmap.height) / bitmap.width);
    shown.getContext('2d').drawImage(bitmap, 0, 0, shown.width, shown.height);
    shown.hidden = false;
  }

  async function lighter(chosen) {
    if (chosen.size < HEAVY) return chosen;
    const bitmap = await createImageBitmap(chosen).catch(() => null);
    if (!bitmap) return chosen;
    const scale = Math.min(1, WIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = Object.assign(document.createElement('canvas'), {
      width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale),
    });
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/webp', 0.9); });
    return blob ? new File([blob], chosen.name.replace(/\.\w+$/, '.webp'), { type: blob.type }) : chosen;
  }

  async function send() {
    const data = new FormData(form);
    data.set('picture', await lighter(file.files[0]));
    const answer = await fetch(form.action, {
      method: 'POST', body: data, headers: { 'X-Fragment': 'json' }, redirect: 'manual',
    });
    const found = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : {};
    if (answer.ok && found.markdown) return found;
    const words = Object.values(found.errors ?? {}).flat().join(' ') || found.said;
    throw new Error(words || _('Chưa gửi được hình. Xem lại mạng rồi bấm lần nữa.'));
  }

  function put(text) {
    area.focus();
    area.setSelectionRange(...cursor);
    const start = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1;
    const line = area.value.slice(start).split('\n', 1)[0];
    if (line.trim()) insertPassage(area, pictureAt(line, text), ''); else insert(area, text);
  }

  function lacking() {
    if (!file.files.length && !used?.value) return [file, _('Chưa chọn hình.')];
    if (!alt.value.trim()) return [alt, _('Chưa ghi hình có gì. Người không nhìn thấy hình cần câu này.')];
    return null;
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    const lack = lacking();
    if (lack) { [, problem.textContent] = lack; lack[0].focus(); return; }
    form.dataset.busy = 'yes';
    problem.textContent = '';
    try {
      const found = file.files.length ? await send() : { markdown: pictureMarkdown(alt.value, used.value) };
      done(found);
    } catch (error) {
      problem.textContent = error instanceof TypeError ? _('Chưa gửi được hình. Xem lại mạng rồi bấm lần nữa.') : error.message;
    }
    delete form.dataset.busy;
  });

  function done(found) {
    if (queue.length) dialog.addEventListener('close', () => { const rest = queue; setTimeout(() => open(rest)); }, { once: true });
    dialog.close();
    put(found.markdown);
    told(found.said || _('Đã chèn hình.'));
  }

  file.addEventListener('change', show);
  alt.addEventListener('input', () => { op.value = operation(); });
  const closing = dialog.querySelector('[data-close]');
  closing.hidden = false;
  closing.addEventListener('click', () => dialog.close());
  const usedField = dialog.querySelector('[data-used]');
  if (usedField) usedField.hidden = false;
  dialog.addEventListener('close', () => area.focus());
  takeFrom(area, open);
  return () => open();
}

// dropped into the text or pasted from the clipboard
function takeFrom(area, open) {
  const paper = area.parentElement;
  const images = (data) => [...data?.files ?? []].filter((one) => one.type.startsWith('image/'));
  const carries = (event) => [...event.dataTransfer?.types ?? []].includes('Files');
  area.addEventListener('paste', (event) => {
    const found = images(event.clipboardData);
    if (!found.length) return;
    event.preventDefault();
    open(found);
  });
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    area.addEventListener(kind, (event) => {
      if (!carries(event)) return;
      paper.classList.toggle('studio-drop', kind === 'dragover');
      if (kind === 'dragleave') return;
      event.preventDefault();
      if (kind === 'drop' && images(event.dataTransfer).length) open(images(event.dataTransfer));
    });
  }
}
