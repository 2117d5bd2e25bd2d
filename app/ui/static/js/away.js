// Learning without a network: the rest comes where it is needed. Last, as it may end here.
{
  const about = document.querySelector('meta[name=offline]');
  const kept = localStorage;
  const sw = navigator.serviceWorker;
  const [, learner = ''] = /\blearner=(\w*)/.exec(document.cookie) ?? [];
  const need = (act, form) => import(about.content).then((all) => all[act](form));
  if (about && sw) {
    addEventListener('load', () => navigator.connection?.saveData || sw
      .register(about.dataset.worker).then((it) => it.waiting?.postMessage('go')).catch(() => {}));
    sw.onmessage = () => need('start');
    addEventListener('submit', (event) => {
      const form = event.target;
      if (!form.matches('[data-leave]') || form.dataset.left || !kept.learner) return;
      event.preventDefault();
      need('leave', form).catch(() => form.submit());
    }, true);
    if (kept.waiting || (kept.learner ?? '') !== learner
      || document.querySelector('[data-offline]')) need('start').catch(() => {});
  }
}
