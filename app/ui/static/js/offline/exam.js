// A test paper that was taken along: one question a screen, every answer kept at once. The paper
// is blind: what is right is known to the server alone.

import { getFrom, putInto, deviceNumber } from './store.js';
import { heldActs, keepAct, sendOutbox, siteRoot } from './outbox.js';
import { theLearner } from './learner.js';
import { element, say } from './say.js';

const ANSWERED = new Set(['graded', 'not-taken']);

export async function showExam(place) {
  const learner = await theLearner();
  place.querySelector('.kept-note[data-who]').textContent = learner?.name ? say('who', { name: learner.name }) : '';
  const paper = learner && await getFrom('papers', [learner.profile, place.dataset.course, place.dataset.step]);
  if (!paper) return;
  if (paper.state === 'open' && await isInOutbox(paper)) paper.state = 'handed-in';
  const exam = { place, paper, number: 0, reader: learner.reader };
  for (const button of place.querySelectorAll('[data-go]')) {
    button.addEventListener('click', () => goTo(exam, button.dataset.go));
  }
  const form = place.querySelector('[data-answer]');
  form.addEventListener('change', () => keepAnswer(exam));
  form.addEventListener('submit', (event) => { event.preventDefault(); goTo(exam, 'next'); });
  addEventListener('outbox', () => showNews(exam));
  await showState(exam, false);
}

// The battery may have died between the act and the note that it was done.
async function isInOutbox({ attempt }) {
  return (await heldActs()).some(({ kind, payload, state }) => kind === 'test' && payload.attempt === attempt && state === 'waiting');
}

// The grade may come while this page is open.
async function showNews(exam) {
  const { profile, course, step } = exam.paper;
  const now = await getFrom('papers', [profile, course, step]);
  if (!now || now.state === exam.paper.state || !ANSWERED.has(now.state)) return;
  exam.paper = now;
  await showState(exam, true);
}

function showState({ place, paper }, moved) {
  if (paper.state === 'open') return view(place, 'intro', moved);
  if (paper.state === 'handed-in') return view(place, 'handed-in', moved);
  if (paper.state === 'not-taken') {
    place.querySelector('[data-reason]').textContent = paper.why;
    return view(place, 'not-taken', moved);
  }
  const words = say(paper.passed ? 'grade_passed' : 'grade_failed', { percent: paper.percent });
  place.querySelector('[data-grade]').textContent = words;
  place.querySelector('[data-result]').href = `${siteRoot()}attempts/${paper.attempt}`;
  return view(place, 'graded', moved);
}

function view(place, name, moved = true) {
  for (const section of place.querySelectorAll('[data-view]')) section.hidden = section.dataset.view !== name;
  if (!moved) return;
  const shown = place.querySelector(`[data-view=${name}]`);
  const head = shown.querySelector('h2, .callout-title');
  head.tabIndex = -1;
  head.focus();
  head.scrollIntoView({ block: 'nearest' });
}

async function goTo(exam, where) {
  if (where === 'hand-in') { await handIn(exam); return; }
  if (!exam.place.querySelector('[data-view=question]').hidden) await keepAnswer(exam);
  const { questions } = exam.paper;
  const to = { first: firstOpen(exam.paper), next: exam.number + 1, previous: exam.number - 1 }[where] ?? Number(where);
  if (where === 'review' || to >= questions.length) showReview(exam);
  else showQuestion(exam, Math.max(0, to));
}

function firstOpen({ questions, answers }) {
  return Math.max(0, questions.findIndex(({ id }) => !isAnswered(answers[id])));
}

function isAnswered(answer) {
  return Boolean(answer?.length) && answer.every((value) => value.trim());
}

function showQuestion(exam, number) {
  const { place, paper } = exam;
  exam.number = number;
  const { id, html } = paper.questions[number];
  const form = place.querySelector('[data-answer]');
  // rendered by our server, sanitised there
  form.innerHTML = html;
  fillIn(form, `q-${id}`, paper.answers[id] ?? []);
  place.querySelector('[data-count]').textContent = say('question', { n: number + 1, total: paper.questions.length });
  place.querySelector('[data-go=previous]').hidden = number === 0;
  view(place, 'question');
}

function fillIn(form, name, given) {
  for (const [place, field] of [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].entries()) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = given.includes(field.value);
    else field.value = given[place] ?? '';
  }
}

async function keepAnswer(exam) {
  const { place, paper, number } = exam;
  if (paper.state !== 'open') return;
  const { id } = paper.questions[number];
  const given = new FormData(place.querySelector('[data-answer]')).getAll(`q-${id}`).map(String);
  paper.answers = { ...paper.answers, [id]: given.some((value) => value.trim()) ? given : [] };
  await putInto('papers', paper);
}

function showReview(exam) {
  const { place, paper } = exam;
  const open = paper.questions.filter(({ id }) => !isAnswered(paper.answers[id])).length;
  place.querySelector('[data-left]').textContent = open ? say('question_left', { n: open }) : say('question_none_left');
  place.querySelector('[data-lines]').replaceChildren(...paper.questions.map((question, number) => lineOfQuestion(exam, question, number)));
  view(place, 'review');
}

function lineOfQuestion(exam, { id, html }, number) {
  const answered = isAnswered(exam.paper.answers[id]);
  const line = element('li', answered ? 'step step-done' : 'step');
  const button = Object.assign(element('button', 'step-line'), { type: 'button' });
  const words = new DOMParser().parseFromString(html, 'text/html').querySelector('.question-prompt').textContent.trim();
  const text = element('span', 'step-words');
  const facts = element('span', 'step-facts');
  facts.append(element('b', '', say(answered ? 'answered' : 'unanswered')));
  text.append(element('span', 'step-title', `${say('question', { n: number + 1, total: exam.paper.questions.length })}: ${words}`), facts);
  button.append(text);
  button.addEventListener('click', () => showQuestion(exam, number));
  line.append(button);
  return line;
}

async function handIn(exam) {
  const { paper } = exam;
  if (paper.state !== 'open') return;
  const answers = Object.fromEntries(Object.entries(paper.answers).filter(([, given]) => given.length));
  const kept = await keepAct({
    kind: 'test', reader: exam.reader, course: paper.course, step: paper.step, version: paper.version, title: paper.title,
    payload: { attempt: paper.attempt, device: await deviceNumber(), answers },
  });
  // somebody else has this device now
  if (!kept) { location.reload(); return; }
  exam.paper = { ...paper, state: 'handed-in' };
  await putInto('papers', exam.paper);
  await showState(exam, true);
  if (navigator.onLine) await sendOutbox();
}
