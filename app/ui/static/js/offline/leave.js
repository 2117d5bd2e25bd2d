// "Kết thúc, xóa khỏi máy này": first what waits goes out, or is given up knowingly; then
// everything of this person leaves the device. The others on it, and their work, stay.

import { allOf, forgetPerson } from './store.js';
import { countWaiting, sendOutbox } from './outbox.js';
import { theLearner } from './learner.js';
import { element, pressable, say } from './say.js';

export async function leave(form) {
  const learner = await theLearner();
  if (learner && !await mayLeave(learner.profile)) { delete form.dataset.sent; return; }
  await leaveBy(form);
}

// The session ends; what other people have not sent yet stays in this browser.
export async function leaveBy(form) {
  form.dataset.left = 'yes';
  const others = [...await allOf('people'), ...await allOf('acts')];
  if (others.length) form.append(Object.assign(element('input'), { type: 'hidden', name: 'keep', value: 'others' }));
  if (form.requestSubmit) form.requestSubmit(); else form.submit();
}

// True when nothing of this person is on the device any more.
export async function mayLeave(profile) {
  if (navigator.onLine) await sendOutbox({ leaving: profile });
  const waiting = await countWaiting(profile);
  if (waiting && !await askAbout(waiting, profile)) return false;
  await forgetPerson(profile);
  return true;
}

function askAbout(waiting, profile) {
  const dialog = element('dialog', 'leave-dialog');
  dialog.setAttribute('aria-labelledby', 'leave-title');
  const title = Object.assign(element('h2', '', say('leave_title', { n: waiting })), { id: 'leave-title', tabIndex: -1 });
  return new Promise((resolve) => {
    const close = (answer) => { dialog.remove(); resolve(answer); };
    const row = element('div', 'button-row');
    row.append(
      pressable(say('leave_send'), async () => {
        await sendOutbox({ leaving: profile });
        const left = await countWaiting(profile);
        if (!left) close(true);
        title.textContent = say('leave_title', { n: left });
      }, 'main'),
      pressable(say('leave_stay'), () => close(false)),
      pressable(say('leave_discard'), () => close(true), 'danger'),
    );
    dialog.append(title, element('p', '', say('leave_why')), row);
    dialog.addEventListener('cancel', () => close(false));
    document.body.append(dialog);
    dialog.showModal();
    title.focus();
  });
}
