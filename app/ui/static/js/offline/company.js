// Beside a helper without a network: a kept page is for nobody in particular, so the bar that says
// for whom it acts, and the way out of it, come from what this device knows.

import { deviceValue, setDeviceValue } from './store.js';
import { learnerInCookie, theLearner } from './learner.js';
import { element, pressable, say } from './say.js';
import { siteRoot } from './outbox.js';

const END = 'form[action$="/field/end"]';

export async function showCompany() {
  const helper = await deviceValue('helper');
  if (!helper || !isKept() || document.querySelector('.company')) return;
  const { name } = await theLearner();
  const bar = element('aside', 'company');
  bar.setAttribute('aria-label', say('company'));
  const words = element('p', 'company-words', `${say('beside')} `);
  words.append(element('strong', '', name));
  bar.append(words, pressable(say('end_beside'), () => endHere(helper)));
  document.querySelector('.masthead').insertAdjacentElement('afterend', bar);
}

// A page that came over the network has the server's own bar.
function isKept() {
  const place = document.querySelector('[data-offline]')?.dataset.offline;
  return place === 'outbox' || place === 'panel' ? !navigator.onLine : Boolean(place);
}

// The session ends on this device at once, and on the server with the next page that comes from there.
async function endHere(helper) {
  await setDeviceValue('ending', helper);
  for (const key of ['learner', 'helper']) await setDeviceValue(key, '');
  document.cookie = 'learner=; max-age=0; path=/';
  // the next page with a network has something to do
  localStorage.waiting ??= 0;
  location.assign(`${siteRoot()}sync/shelf?ended`);
}

// True when this page is left to end a session that was ended here without a network.
export async function endsCompany() {
  const ending = await deviceValue('ending');
  const form = document.querySelector(END);
  if (!ending || !navigator.onLine || !document.querySelector('input[name=csrf_token]:not([value=""])')) return false;
  await setDeviceValue('ending', '');
  const [, helper] = learnerInCookie().split('_');
  if (!form || helper !== ending) return false;
  if (form.requestSubmit) form.requestSubmit(); else form.submit();
  return true;
}
