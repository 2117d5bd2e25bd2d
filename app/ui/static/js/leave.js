// Leaving a shared device: nothing of whoever learned here stays in the browser.
// Forms: [data-leave] ends and takes the name off this device, [data-switch] only changes over.
// Before such a form goes, `document` gets the event "bdhvs:leaving" (detail.form); who keeps things
// for several people (the outbox, offline/leave.js) puts `keep=others` into the form when others still
// have things there, and `data-left` on it when it has taken this person's out itself.
{
  const empty = async () => {
    for (const store of [localStorage, sessionStorage]) store.clear();
    const named = await globalThis.caches?.keys() ?? [];
    const known = await globalThis.indexedDB?.databases?.() ?? [];
    await Promise.all(named.map((name) => caches.delete(name)));
    known.forEach(({ name }) => indexedDB.deleteDatabase(name));
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches('[data-leave], [data-switch]')) return;
    document.dispatchEvent(new CustomEvent('bdhvs:leaving', { detail: { form } }));
    // the server says the same in a header, which older browsers do not hear
    if (form.matches('[data-leave]') && !form.elements.keep && !form.dataset.left) empty().catch(() => {});
  });

  // a page taken out of the browser's memory by the button Back shows nobody's things
  addEventListener('pageshow', (event) => {
    if (event.persisted && document.querySelector('[data-leave]')) location.reload();
  });
}
