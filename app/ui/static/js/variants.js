// Passages for one kind of machine, one group of learners, or in another language: side by side
// ones become a choice, each run of them for itself. Without this all show, each with its name.
{
  const body = document.querySelector('.lesson-body');
  const part = document.querySelector('template[data-part="variants"]');
  const agent = /iPhone|iPad/.test(navigator.userAgent) ? 'iphone'
    : /Android/.test(navigator.userAgent) ? 'android' : 'may-tinh';
  // a page kept on the device knows the choice only from here
  const kept = () => { try { return localStorage.device; } catch { return ''; } };
  const wanted = {
    device: () => body.dataset.show || kept() || agent,
    for: () => body.dataset.group || '',
    // what is told in Vietnamese stands beside it
    lang: () => document.documentElement.lang,
  };

  function runs(kind) {
    const found = [];
    for (const block of body.querySelectorAll(`section[data-${kind}]`)) {
      const last = found.at(-1);
      if (last && last.at(-1) === block.previousElementSibling) last.push(block);
      else found.push([block]);
    }
    return found;
  }

  function choice(kind, blocks) {
    const tools = part.content.firstElementChild.cloneNode(true);
    const all = tools.querySelector('.variant-all');
    const buttons = blocks.map((block) => {
      const button = all.cloneNode();
      button.className = 'variant-one';
      button.textContent = block.querySelector(`.${kind}-name`).textContent;
      if (block.lang) button.lang = block.lang;
      return button;
    });

    function show(chosen) {
      blocks.forEach((block, index) => {
        block.classList.toggle('variant-off', !chosen.includes(block));
        buttons[index].setAttribute('aria-pressed', String(chosen.includes(block) && chosen.length === 1));
      });
      all.setAttribute('aria-pressed', String(chosen.length === blocks.length));
    }

    buttons.forEach((button, index) => {
      button.addEventListener('click', () => {
        const pressed = button.getAttribute('aria-pressed') === 'true';
        show(pressed && blocks.length === 1 ? [] : [blocks[index]]);
      });
      blocks[index].addEventListener('reveal', () => show([blocks[index]]));
    });
    all.addEventListener('click', () => show(blocks));
    all.before(...buttons);
    if (blocks.length === 1) all.remove();
    blocks[0].before(tools);
    const own = blocks.filter((block) => block.dataset[kind] === wanted[kind]());
    const unknown = kind === 'lang' ? [] : blocks;
    const elsewhere = blocks.length === 1 && (kind === 'device' ? body.dataset.show : wanted[kind]());
    show(own.length ? own : elsewhere ? [] : unknown);
  }

  if (body && part) {
    for (const kind of Object.keys(wanted)) runs(kind).forEach((blocks) => choice(kind, blocks));
    const known = document.querySelector(`.device-choices a[href="?may=${agent}"]`);
    if (known && !body.dataset.show) {
      document.querySelector('.device-choices [aria-current]').removeAttribute('aria-current');
      known.setAttribute('aria-current', 'true');
    }
    body.dataset.variants = '';
  }
}
