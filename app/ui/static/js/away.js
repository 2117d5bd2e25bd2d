// Learning offline: the rest comes when needed.
{
  const about = document.querySelector('meta[name=offline]');
  const sw = navigator.serviceWorker;
  const [, learner = ''] = /\blearner=(\w*)/.exec(document.cookie) ?? [];
  const need = (act, form) => import(about.content).then((it) => it[act](form));
  if (about && sw) {
    addEventListener('load', async () => {
      if (navigator.connection?.saveData && !sw.controller) return;
      const it = await sw.register(about.dataset.worker).catch(() => 0);
      it?.waiting?.postMessage('go');
      (it?.active ?? it?.installing)?.postMessage({ learner });
    });
    sw.onmessage = () => need('start');
    addEventListener('submit', (event) => {
      const form = event.target;
      if (!form.matches('[data-leave]') || form.dataset.left || !learner) return;
      event.preventDefault();
      need('leave', form).catch(() => form.submit());
    }, true);
    if (localStorage.waiting || document.querySelector('[data-offline]')) need('start');
  }
}
