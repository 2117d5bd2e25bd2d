// On a narrow screen one sheet at a time: writing, looking, mending. On a wide one all stand side by side.

const WIDE = matchMedia('(min-width: 64em)');

export function tabs(list, panels) {
  const buttons = [...list.querySelectorAll('button')];
  let now = 0;

  function show(index, focus = false) {
    now = index;
    list.hidden = WIDE.matches;
    panels.forEach((panel, place) => {
      panel.classList.toggle('studio-away', !WIDE.matches && place !== now);
      if (WIDE.matches) panel.removeAttribute('role'); else panel.setAttribute('role', 'tabpanel');
      buttons[place].setAttribute('aria-selected', String(place === now));
      buttons[place].tabIndex = place === now ? 0 : -1;
    });
    if (focus) buttons[now].focus();
  }

  buttons.forEach((button, index) => button.addEventListener('click', () => show(index)));
  list.addEventListener('keydown', (event) => {
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    show((next + buttons.length) % buttons.length, true);
  });
  WIDE.addEventListener('change', () => show(now));
  show(0);
  return () => show(0);
}
