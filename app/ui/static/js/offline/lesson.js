// Kept pages of a course: they are for nobody in particular until the script says who reads.

import { getFrom } from './store.js';
import { doneIn, theLearner } from './learner.js';
import { say } from './say.js';
import { siteRoot } from './outbox.js';

export async function showLesson(place) {
  const { course, step } = place.dataset;
  showDevice();
  const learner = await theLearner();
  place.querySelector('[data-who]').textContent = sayWho(learner);
  if (!learner) return;
  for (const field of document.querySelectorAll('input[name=reader]')) field.value = learner.reader;
  document.querySelector('.lesson-body').dataset.reader = learner.reader;
  const { done, waiting } = await doneIn(learner.profile, course);
  const read = done.has(step) || waiting.has(step);
  document.querySelector('[data-read]').hidden = !read;
  document.querySelector('#done-form').hidden = read;
  document.querySelector('[data-go-on]').hidden = !read;
  for (const part of document.querySelectorAll('#unclear, .own-way')) part.hidden = false;
}

function sayWho(learner) {
  if (!learner) return say('nobody');
  return learner.name ? say('who', { name: learner.name }) : '';
}

// Which kind of phone: as the address asks, else as it was asked before.
function showDevice() {
  const asked = new URLSearchParams(location.search).get('may');
  if (asked !== null) localStorage.device = asked === 'ca-hai' ? '' : asked;
  const device = localStorage.device ?? '';
  const choice = device && document.querySelector(`.device-choices a[href$="may=${CSS.escape(device)}"]`);
  if (!choice) return;
  document.querySelector('.device-choices [aria-current]')?.removeAttribute('aria-current');
  choice.setAttribute('aria-current', 'true');
  document.querySelector('.lesson-body').dataset.show = device;
}

export async function showCoursePage(place) {
  const { course } = place.dataset;
  const [learner, taken] = [await theLearner(), await getFrom('courses', course)];
  place.querySelector('[data-who]').textContent = sayWho(learner);
  if (!learner || !taken) return;
  const { done, waiting } = await doneIn(learner.profile, course);
  for (const line of place.querySelectorAll('[data-step]')) {
    const { step } = line.dataset;
    if (done.has(step) || waiting.has(step)) markDone(line, say(done.has(step) ? 'done_here' : 'done_waiting'));
    else await markPaper(line, [learner.profile, course, step]);
  }
  goOn(place, taken, (step) => done.has(step) || waiting.has(step));
}

function markDone(line, words) {
  line.classList.add('step-done');
  line.querySelector('[data-check]').hidden = false;
  line.querySelector('[data-open]')?.remove();
  line.querySelector('[data-state]').textContent = words;
}

async function markPaper(line, key) {
  const paper = await getFrom('papers', key);
  const words = { open: 'paper_here', 'handed-in': 'paper_waiting' }[paper?.state];
  if (words) line.querySelector('[data-state]').textContent = say(words);
}

function goOn(place, taken, isDone) {
  const required = taken.steps.filter(({ kind }) => kind !== 'practical');
  const read = required.filter(({ slug }) => isDone(slug));
  const next = required.find(({ slug }) => !isDone(slug));
  const progress = place.querySelector('[data-progress]');
  progress.hidden = false;
  progress.textContent = say('progress', { done: read.length, total: required.length });
  const button = place.querySelector('[data-go-on]');
  if (!next || !read.length) return;
  button.href = `${siteRoot()}courses/${taken.slug}/${next.slug}${next.kind === 'test' ? '/test' : ''}`;
  button.querySelector('span').textContent = say('go_on', { title: next.title });
}
