// A measure under the text area: the same lines, numbered and marked, as tall as the text. It makes
// the area grow, and knows where each line stands. Readers of screens have the list of problems.

import { _, button, element } from './words.js';
import { goToLine } from './text.js';

export function measure(area) {
  const lines = element('div', 'studio-lines');
  lines.setAttribute('aria-hidden', 'true');
  area.before(lines);
  area.parentElement.classList.add('studio-measured');
  let shown = [];
  let marks = new Map();

  const lineOf = (text) => element('div', 'studio-line', text || '\u200b');

  function mark() {
    [...lines.children].forEach((line, index) => {
      line.className = `studio-line ${marks.has(index + 1) ? `studio-line-${marks.get(index + 1)}` : ''}`;
    });
  }

  function draw() {
    const now = area.value.split('\n');
    const least = Math.min(now.length, shown.length);
    let same = 0;
    while (same < least && now[same] === shown[same]) same += 1;
    let rest = 0;
    while (rest < least - same && now.at(-1 - rest) === shown.at(-1 - rest)) rest += 1;
    for (const old of [...lines.children].slice(same, shown.length - rest)) old.remove();
    const next = lines.children[same] ?? null;
    for (const text of now.slice(same, now.length - rest)) lines.insertBefore(lineOf(text), next);
    shown = now;
  }

  area.addEventListener('input', draw);
  area.addEventListener('show-line', ({ detail }) => {
    draw();
    lines.children[detail - 1]?.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  draw();
  return (problems) => {
    marks = new Map();
    for (const { line, severity } of problems) if (marks.get(line) !== 'error') marks.set(line, severity);
    mark();
  };
}

// The list of what is to be mended; `before` is called before the cursor goes to a line.
export function problemList(area, panel, before) {
  const list = panel.querySelector('[data-problems]');
  const count = panel.querySelector('[data-problem-count]');

  function row({ line, severity, message, mend }) {
    const item = element('li', `studio-problem studio-problem-${severity}`);
    const go = button('', 'button-plain studio-go', () => { before(); goToLine(area, line); });
    const kind = severity === 'error' ? _('Lỗi') : _('Lưu ý');
    go.append(element('b', '', _('Dòng %(line)s', { line })), ` · ${kind}`);
    item.append(go, element('span', 'studio-said', `${message} ${mend}`));
    return item;
  }

  return ({ problems, elsewhere }) => {
    list.replaceChildren(...problems.map(row));
    const words = problems.length ? _('%(number)s chỗ cần xem lại', { number: problems.length }) : _('Bài này không có lỗi.');
    const others = elsewhere ? _('Các tệp khác trong khóa còn %(number)s lỗi.', { number: elsewhere }) : '';
    const said = [words, others].filter(Boolean).join(' ');
    if (count.textContent !== said) count.textContent = said;
  };
}
