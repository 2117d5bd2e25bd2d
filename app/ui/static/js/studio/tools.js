// The buttons above the text. One of them is in the way of Tab; the arrows lead to the others.

import { chosenLines, embrace, endOfPart, insertPassage } from './text.js';
import { drill, question, steps, variant } from './dialect.js';

export function tools(bar, area, facts, openPicture) {
  // the passage put in last, as long as nothing was typed and the cursor not moved since: what the
  // button selected in it is nobody's choice, and the next passage comes after it
  let last = null;
  const now = (end) => ({ end, text: area.value, from: area.selectionStart, to: area.selectionEnd });
  const fresh = () => (last && JSON.stringify(now(last.end)) === JSON.stringify(last) ? last.end : undefined);

  function put({ text, chosen }, ...where) {
    const end = insertPassage(area, text, chosen, ...where);
    last = now(end);
  }

  // a question reaches to the next heading, so it stands before one
  const putAtEnd = (passage) => put(passage, endOfPart(area, fresh()));

  function putVariant(kind, id) {
    const end = fresh();
    const lines = end === undefined ? chosenLines(area) : null;
    put(variant(kind, id, lines?.text), ...lines ? [lines.start, lines.end] : [end]);
  }

  const acts = {
    bold: () => embrace(area, '**', 'chữ đậm'),
    picture: openPicture,
    steps: () => put(steps(), fresh()),
    question: () => pick('question', ({ kind, form }) => {
      const words = form ? [...new FormData(form)].filter(([, value]) => value) : [];
      putAtEnd(question(area.value, kind, facts.slug, words.map(([name, value]) => `${name}=${value}`).join(' ')));
    }),
    variant: () => pick('variant', ({ kind, id }) => putVariant(kind, id)),
    drill: () => pick('drill', ({ kind }) => putAtEnd(drill(area.value, kind, facts.slug))),
  };
  for (const [name, act] of Object.entries(acts)) {
    bar.querySelector(`[data-tool=${name}]`)?.addEventListener('click', act);
  }
  area.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key === 'b') { event.preventDefault(); acts.bold(); }
    if (event.key === 's') { event.preventDefault(); area.form.requestSubmit(); }
  });
  oneInTheWay(bar);
  bar.hidden = false;
}

// A small dialog with one button for each choice; Escape closes it, and the text has the cursor again.
function pick(name, act) {
  const dialog = document.querySelector(`dialog[data-pick=${name}]`);
  const area = document.querySelector('[data-source]');
  const cursor = [area.selectionStart, area.selectionEnd];
  dialog.onclick = (event) => {
    const chosen = event.target.closest('[data-kind], [data-close]');
    if (!chosen) return;
    dialog.close();
    area.focus();
    area.setSelectionRange(...cursor);
    if ('kind' in chosen.dataset) act({ ...chosen.dataset, form: dialog.querySelector('form') });
  };
  dialog.onclose = () => area.focus();
  dialog.showModal();
}

function oneInTheWay(bar) {
  const buttons = [...bar.querySelectorAll('button')];
  const show = (now) => buttons.forEach((one) => { one.tabIndex = one === now ? 0 : -1; });
  bar.addEventListener('focusin', (event) => show(event.target));
  bar.addEventListener('keydown', (event) => {
    const place = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined || place < 0) return;
    event.preventDefault();
    buttons.at(next % buttons.length).focus();
  });
  show(buttons[0]);
}
