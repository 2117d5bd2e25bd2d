// How far a job is: asked for every second, said aloud at each quarter, and at the end led on.
for (const box of document.querySelectorAll('[data-job]')) {
  const said = document.querySelector('[data-job-said]');
  let quarter = 0;
  const ask = async () => {
    const answer = await fetch(box.dataset.job).catch(() => null);
    // signed out meanwhile: the plain page says so
    if (answer?.redirected || answer?.status === 404) return location.reload();
    if (answer?.ok) box.innerHTML = await answer.text();
    const { state, share } = box.querySelector('[data-state]').dataset;
    if (state === 'done' || state === 'failed') {
      const next = box.querySelector('[data-next]');
      said.textContent = state === 'done' ? _('Đã xong') : _('Chưa làm được');
      return next && state === 'done' ? location.replace(next.href) : undefined;
    }
    if (Math.floor(share / 25) > quarter) {
      quarter = Math.floor(share / 25);
      said.textContent = _('Đã làm %(share)s phần trăm', { share });
    }
    return setTimeout(ask, 1000);
  };
  setTimeout(ask, 700);
}
