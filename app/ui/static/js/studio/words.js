// What the scripts of the studio share: texts of the interface, elements, moments, names of acts.

// In pages in English the English stands in the place of each text.
export const _ = (text, words = {}) => text.replace(/%\((\w+)\)s/g, (whole, name) => words[name] ?? whole);

export function element(tag, className = '', text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

export function button(text, className, act) {
  const made = Object.assign(element('button', `button ${className}`, text), { type: 'button' });
  made.addEventListener('click', act);
  return made;
}

// "14:05" of today, "14:05 ngày 23/11" of another day.
export function moment(at) {
  const date = new Date(at);
  const two = (number) => String(number).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date().toDateString()) return time;
  return _('%(time)s ngày %(day)s', { time, day: `${two(date.getDate())}/${two(date.getMonth() + 1)}` });
}

// randomUUID wants https, which a village's own server may not have
export const operation = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((byte) => byte.toString(16).padStart(2, '0')).join('');

// Acts once when nothing more has come for a while; `now()` does not wait.
export function later(act, wait) {
  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  soon.now = () => { clearTimeout(timer); act(); };
  soon.never = () => clearTimeout(timer);
  return soon;
}
