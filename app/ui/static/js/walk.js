// Step by step with pictures: one step at a time. Without this, and on paper, all of them show.
{
  const ON = _('Tiếp →');

  const button = (words, kind) => Object.assign(document.createElement('button'), {
    type: 'button', className: `button ${kind}`, textContent: words,
  });

  const spoken = (step) => {
    const pictures = [...step.querySelectorAll('img[alt]')].map((image) => _('Hình: %(words)s', { words: image.alt }));
    return [step.textContent.trim(), ...pictures].join('. ');
  };

  function walk(section) {
    const list = section.querySelector('.walk-list');
    const steps = list ? [...list.children] : [];
    if (steps.length < 2) return;
    const tools = Object.assign(document.createElement('div'), { className: 'walk-tools' });
    const place = Object.assign(document.createElement('p'), { className: 'walk-place' });
    const live = Object.assign(document.createElement('p'), { className: 'aloud' });
    const back = button(_('← Trước'), 'button-quiet');
    const next = button(ON, 'button-quiet walk-next');
    const all = button(_('Xem tất cả các bước'), 'button-plain walk-all');
    let now = 0;

    function show(wanted, aloud) {
      now = wanted;
      steps.forEach((step, index) => step.classList.toggle('walk-now', index === now));
      place.textContent = _('Bước %(now)s/%(all)s', { now: now + 1, all: steps.length });
      if (aloud) live.textContent = `${place.textContent}. ${spoken(steps[now])}`;
      back.setAttribute('aria-disabled', String(now === 0));
      next.textContent = now === steps.length - 1 ? _('Xem lại từ đầu') : ON;
      // the picture of the next step is on its way while this one is read
      const ahead = steps[now + 1]?.querySelector('img');
      if (ahead) ahead.loading = 'eager';
    }

    function showAll(wanted) {
      section.classList.toggle('walk-one', !wanted);
      for (const part of [place, back, next]) part.hidden = wanted;
      all.textContent = wanted ? _('Xem từng bước một') : _('Xem tất cả các bước');
    }

    const goBack = () => { if (now > 0) show(now - 1, true); };
    const goOn = () => show((now + 1) % steps.length, true);

    live.setAttribute('role', 'status');
    back.addEventListener('click', goBack);
    next.addEventListener('click', goOn);
    all.addEventListener('click', () => showAll(section.classList.contains('walk-one')));
    tools.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') goBack();
      if (event.key === 'ArrowRight' && now < steps.length - 1) goOn();
    });
    addEventListener('hashchange', () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const holder = steps.findIndex((step) => target && step.contains(target));
      if (holder >= 0) { show(holder, false); target.scrollIntoView(); }
    });
    section.addEventListener('reveal', (event) => {
      show(Math.max(0, steps.findIndex((step) => step.contains(event.target))), false);
    });
    tools.append(place, back, next, all, live);
    section.append(tools);
    showAll(false);
    show(0, false);
  }

  document.querySelectorAll('.walk').forEach(walk);
}
