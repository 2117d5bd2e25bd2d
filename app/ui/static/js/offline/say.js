// What the script says; WORDS, in the reader's language, stand in front of the bundle.

export function say(key, values = {}) {
  return WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function sayBytes(bytes) {
  const number = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: value < 10 ? 1 : 0 });
  if (bytes < 1024 * 1024) return say('bytes_kb', { n: number(Math.max(1, Math.round(bytes / 1024))) });
  return say('bytes_mb', { n: number(bytes / 1024 / 1024) });
}

export function sayMoment(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())} ${sayDay(moment)}`;
}

export function sayDay(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, '0');
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
}

export function element(tag, className = '', text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

export function pressable(words, act, kind = 'quiet') {
  const button = Object.assign(element('button', `button button-${kind}`), { type: 'button' });
  button.append(element('span', '', words));
  button.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled')) return;
    button.setAttribute('aria-disabled', 'true');
    try { await act(button); } finally { button.removeAttribute('aria-disabled'); }
  });
  return button;
}

export function linkTo(words, address, kind = 'quiet') {
  const link = Object.assign(element('a', `button button-${kind}`), { href: address });
  link.append(element('span', '', words));
  return link;
}
