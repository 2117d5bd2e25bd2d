// The beginning of everything a page does without a network.

import { deviceValue, setDeviceValue } from './store.js';
import { countWaiting, sendOutbox, siteRoot } from './outbox.js';
import { settleLearner } from './learner.js';
import { element, say } from './say.js';
import { endsCompany, showCompany } from './company.js';
import { showPanel } from './panel.js';
import { showLesson, showCoursePage } from './lesson.js';
import { showShelf } from './shelf.js';
import { showHeld } from './held.js';
import { showExam } from './exam.js';
import { leaveBy } from './leave.js';

const PLACES = {
  panel: showPanel, lesson: showLesson, course: showCoursePage, shelf: showShelf, outbox: showHeld, exam: showExam,
  // complete as it comes from the worker
  unsent: () => {},
};
let begun = false;

// A browser that keeps nothing for us (a private window) shows the page as it is.
export function start() {
  return (begun ? showWaiting() : begin()).catch(() => {});
}

async function begin() {
  begun = true;
  await settleLearner();
  applyDisplay();
  // first, so that nothing moves away under a finger later
  await showWaiting();
  if (await endsSession() || await endsCompany()) return;
  await showCompany();
  addEventListener('online', () => sendNow());
  addEventListener('outbox', () => showWaiting());
  await Promise.all([...document.querySelectorAll('[data-offline]')].map((place) => PLACES[place.dataset.offline](place)));
  await sendNow();
}

async function sendNow() {
  if (navigator.onLine && await countWaiting()) await sendOutbox();
  await showWaiting();
}

// "3 mục chờ gửi": on every page as long as something waits; nothing otherwise.
export async function showWaiting() {
  const waiting = await countWaiting();
  // a session that is still to be ended is something to come back for, too
  const leaving = await deviceValue('leaving') === 'yes' || await deviceValue('ending');
  if (waiting || leaving) localStorage.waiting = waiting; else localStorage.removeItem('waiting');
  const reload = await deviceValue('problem') === 'reload';
  let bar = document.querySelector('.waiting-bar');
  if (!bar) {
    bar = element('div', 'waiting-bar');
    bar.setAttribute('role', 'status');
    document.querySelector('.masthead').insertAdjacentElement('afterend', bar);
  }
  bar.replaceChildren();
  if (waiting) bar.append(Object.assign(element('a', '', say('waiting', { n: waiting })), { href: `${siteRoot()}sync` }));
  if (waiting && reload && navigator.onLine) bar.append(reloadButton());
}

function reloadButton() {
  const button = Object.assign(element('button', 'button button-quiet', say('reload')), { type: 'button' });
  button.addEventListener('click', async () => {
    await setDeviceValue('problem', '');
    await (await navigator.serviceWorker.getRegistration())?.update().catch(() => {});
    location.reload();
  });
  return button;
}

// A kept page does not know how this browser shows pages; the cookie does.
function applyDisplay() {
  if (!document.querySelector('[data-offline]')) return;
  const cookie = /(?:^|; )display=([^;]*)/.exec(document.cookie)?.[1] ?? '';
  for (const [name, value] of cookie.split('.').map((part) => part.split(':'))) {
    if (['text', 'contrast', 'theme'].includes(name)) document.documentElement.dataset[name] = value;
  }
}

// Somebody left with no network: now there is one, and their session ends.
async function endsSession() {
  const form = document.querySelector('form[action$="/logout"]');
  if (!form || await deviceValue('leaving') !== 'yes') return false;
  await setDeviceValue('leaving', '');
  await leaveBy(form);
  return true;
}
