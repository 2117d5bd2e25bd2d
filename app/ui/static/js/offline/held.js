// The page "Mục chờ gửi": what waits on this device, and what was not taken in and why.

import { deviceValue, takeOut } from './store.js';
import { countWaiting, heldActs, sendOutbox } from './outbox.js';
import { nameOf, theLearner } from './learner.js';
import { element, pressable, say, sayMoment } from './say.js';

export async function showHeld(place) {
  const state = place.querySelector('[data-state]');
  const send = place.querySelector('[data-send]');
  send.addEventListener('click', async () => {
    state.textContent = say('sending');
    const { sent } = await sendOutbox();
    await showList(place, sent);
  });
  addEventListener('outbox', () => showList(place));
  navigator.serviceWorker.addEventListener('message', () => showList(place));
  await showList(place);
}

async function showList(place, sent = 0) {
  const acts = (await heldActs()).filter(({ kind }) => kind !== 'place');
  const learner = await theLearner();
  const lines = await Promise.all(acts.map((act) => lineOf(place, act, learner)));
  place.querySelector('[data-list]').replaceChildren(...lines);
  const waiting = await countWaiting();
  const problem = await deviceValue('problem') ?? '';
  place.querySelector('[data-state]').textContent = stateOf(waiting, problem, sent);
  place.querySelector('[data-send]').hidden = !waiting || !navigator.onLine;
  place.querySelector('[data-sign-in]').hidden = !(waiting && problem === 'sign_in');
}

function stateOf(waiting, problem, sent) {
  if (!waiting) return sent ? say('sent', { n: sent }) : say('nothing_waiting');
  if (!navigator.onLine || problem === 'network') return `${say('waiting', { n: waiting })}. ${say('no_network')}`;
  if (problem) return say(problem);
  return say('will_send', { n: waiting });
}

async function lineOf(place, act, learner) {
  const line = element('li', 'waiting-item');
  const title = [say(`kind_${act.kind}`), act.title || act.step || act.course].join(': ');
  line.append(element('p', 'waiting-title', title), element('p', 'kept-note', say('kept_at', { when: sayMoment(act.kept) })));
  if (act.profile !== learner?.profile) {
    const name = await nameOf(act.profile);
    if (name) line.append(element('p', '', say('of_another', { name })));
  }
  if (act.state === 'waiting') return line;
  line.append(element('p', '', say(act.state, { why: act.why })));
  line.append(pressable(say('seen'), async () => {
    await takeOut('acts', act.op);
    await showList(place);
    place.querySelector('[data-heading]').focus();
  }));
  return line;
}

