// What can be studied on this device without a network.

import { allOf, setDeviceValue } from './store.js';
import { theLearner } from './learner.js';
import { element, pressable, say, sayBytes, sayDay } from './say.js';
import { siteRoot } from './outbox.js';
import { mayLeave } from './leave.js';

export async function showShelf(place) {
  const said = location.search.slice(1);
  if (said === 'lost') place.querySelector('[data-lost]').hidden = false;
  if (said === 'ended') place.querySelector('[data-ended]').hidden = false;
  if (said === 'saved') place.querySelector('[data-saved]').hidden = false;
  const courses = await allOf('courses');
  place.querySelector('[data-list]').replaceChildren(...courses.map(lineOf));
  place.querySelector('[data-empty]').hidden = courses.length > 0;
  const learner = await theLearner();
  const who = place.querySelector('[data-leave-here]');
  who.replaceChildren();
  if (!learner) return;
  who.append(element('p', '', learner.name ? say('who', { name: learner.name }) : ''));
  if (!navigator.onLine) who.append(pressable(say('leave'), () => leaveHere(place, who, learner)));
}

function lineOf(course) {
  const line = element('li', 'kept-course');
  const link = Object.assign(element('a', '', course.title), { href: `${siteRoot()}courses/${course.slug}` });
  line.append(link, element('p', 'kept-note', say('size_here', { size: sayBytes(course.size), day: sayDay(course.at) })));
  return line;
}

async function leaveHere(place, who, learner) {
  if (!await mayLeave(learner.profile)) return;
  await setDeviceValue('leaving', 'yes');
  // the next page with a network has something to do
  localStorage.waiting = 0;
  document.cookie = 'learner=; max-age=0; path=/';
  await showShelf(place);
  who.replaceChildren(element('p', '', say('left_offline')));
}
