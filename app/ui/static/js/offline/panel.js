// On the page of a course, with a network: take it home, take its test along.

import { getFrom, putInto, deviceNumber, digits } from './store.js';
import { costOf, NoRoom, removeCourse, soundsLeft, summaryOf, takeHome, takeSounds } from './download.js';
import { askMine, haveTicket, learnerInCookie, postJson } from './learner.js';
import { element, linkTo, pressable, say, sayBytes } from './say.js';
import { siteRoot } from './outbox.js';

export async function showPanel(place) {
  const { course } = place.dataset;
  const summary = await summaryOf(course).catch(() => null);
  if (!summary) return;
  const mine = learnerInCookie() ? await askMine(course) : null;
  // alone they need another ticket than beside a helper
  if (mine && await getFrom('courses', course)) await haveTicket(mine);
  const slot = { say: element('p'), bar: element('progress', 'kept-bar'), buttons: element('div', 'button-row') };
  slot.say.setAttribute('role', 'status');
  slot.bar.hidden = true;
  slot.bar.setAttribute('aria-label', say('download'));
  place.querySelector('[data-slot]').replaceChildren(slot.say, slot.bar, slot.buttons);
  place.hidden = false;
  await showCourse(place, { course, summary, mine, ...slot });
}

// Other buttons take the place of the one that was pressed: the keyboard stays among them.
async function showCourse(place, state) {
  const pressed = state.buttons.contains(document.activeElement);
  await showButtons(place, state);
  if (pressed) state.buttons.querySelector('.button')?.focus();
}

async function showButtons(place, state) {
  const taken = await getFrom('courses', state.course);
  const cost = sayBytes(await costOf(state.course, state.summary));
  state.buttons.replaceChildren();
  if (!taken) {
    state.say.textContent = say(state.summary.files ? 'what_is_in_it_too' : 'what_is_in_it', state.summary);
    state.buttons.append(pressable(say('download_size', { size: cost }), () => download(place, state), 'quiet button-download'));
    return;
  }
  state.say.textContent = say('downloaded', { size: sayBytes(taken.size) });
  if (taken.tag !== state.summary.tag) {
    state.say.textContent = say('update_there');
    state.buttons.append(pressable(say('update', { size: cost }), () => download(place, state), 'quiet button-download'));
  }
  if (state.mine) await offerPapers(place, state);
  if (await soundsLeft(taken)) {
    const size = sayBytes(state.summary.sounds_size);
    state.buttons.append(pressable(say('take_sounds', { size }), () => takeSoundsToo(place, state)));
  }
  state.buttons.append(
    linkTo(say('open_offline'), `${siteRoot()}sync/shelf`),
    pressable(say('remove'), async () => {
      await removeCourse(state.course);
      await showCourse(place, state);
      state.say.textContent = say('removed');
    }, 'plain'),
  );
}

async function download(place, state) {
  const told = sayBytes(state.summary.size);
  state.bar.hidden = false;
  state.bar.max = state.summary.size;
  const tell = (done, size) => {
    state.bar.value = done;
    const percent = Math.floor((100 * done) / size);
    // in tens, or a screen reader would never come to an end
    if (percent % 10 === 0) state.say.textContent = say('downloading', { percent, done: sayBytes(done), size: told });
  };
  try {
    if (state.mine) await haveTicket(state.mine);
    await takeHome(state.course, state.summary, tell);
    await showCourse(place, state);
  } catch (fault) {
    state.say.textContent = say(fault instanceof NoRoom ? 'no_room' : 'download_broke', { size: told });
  } finally {
    state.bar.hidden = true;
  }
}

async function takeSoundsToo(place, state) {
  state.bar.hidden = false;
  try {
    await takeSounds(state.course, (done, total) => {
      state.bar.max = total;
      state.bar.value = done;
      state.say.textContent = say('taking_sounds', { done, total });
    });
    await showCourse(place, state);
  } catch (fault) {
    state.say.textContent = say(fault.name === 'QuotaExceededError' ? 'no_room' : 'download_broke', { size: '' });
  } finally {
    state.bar.hidden = true;
  }
}

async function offerPapers(place, state) {
  const tests = place.dataset.tests.split(' ').filter((slug) => slug && !state.mine.done.includes(slug));
  for (const step of tests) {
    const paper = await getFrom('papers', [state.mine.profile, state.course, step]);
    const address = `${siteRoot()}courses/${state.course}/${step}/test`;
    if (paper?.state === 'open') state.buttons.append(linkTo(say('open_paper'), address));
    else if (paper?.state !== 'handed-in') {
      state.buttons.append(pressable(say('take_paper'), () => takePaper(place, state, { step, address })));
      state.buttons.append(element('p', 'kept-note', say('take_paper_why')));
    }
  }
}

async function takePaper(place, state, test, move = false) {
  await haveTicket(state.mine);
  const told = { op: digits(16), device: await deviceNumber(), move };
  const response = await postJson(`sync/courses/${state.course}/${test.step}/paper`, told);
  const answer = await response?.json().catch(() => null);
  if (response?.ok) {
    await keepPaper(answer, state.course, test.step);
    await showCourse(place, state);
    state.say.textContent = say('paper_taken');
  } else if (answer?.error === 'elsewhere') {
    state.say.textContent = say('paper_elsewhere');
    state.buttons.prepend(pressable(say('move_paper'), () => takePaper(place, state, test, true)));
  } else state.say.textContent = answer?.words ?? say('try_later');
}

function keepPaper({ profile, paper }, course, step) {
  const { attempt, version, title, pass_percent: pass, questions, given } = paper;
  return putInto('papers', { profile, course, step, attempt, version, title, pass, questions, answers: given, state: 'open' });
}
