// The service worker: what was taken home is served when the network does not answer, and what is
// done meanwhile is kept in the outbox. Nothing that comes over the network is kept here by itself.

import { allOf, deviceValue, getFrom, setDeviceValue } from './store.js';
import { keepOwn, ownNow } from './own.js';
import { countWaiting, keepAct, sendOutbox } from './outbox.js';
import { verdictOf } from './marking.js';
import { unsentPage } from './unsent.js';
import { fileFor, keptPage, keptPath, shellPage, takenCourse } from './files.js';

const PATIENCE = 6000;
const AWAY = [502, 503, 504];
// what stands in front of the site says so, in a page of its own
const NOBODY_BEHIND = [502, 504];
const FILES = /^(static\/|courses\/[a-z0-9-]+\/media\/|courses\/[a-z0-9-]+\/[a-z0-9-]+\/speech\.mp3$)/;
const STEP = /^courses\/([a-z0-9-]+)(?:\/([a-z0-9-]+))?\/([a-z]+)$/;
const OWN = /^courses\/([a-z0-9-]+)\/([a-z0-9-]+)\/mine\.json$/;
// by the last word of the address that a page would have sent them to
const ACTS = {
  enrolment: () => ({ kind: 'enrol' }),
  completion: () => ({ kind: 'complete' }),
  asks: (form) => ({ kind: 'ask', payload: { text: textOf(form, 'text') } }),
  notes: (form) => ({ kind: 'note', payload: { text: textOf(form, 'text'), replaces: wordsOf(form, 'replaces') } }),
  bookmark: (form) => (textOf(form, 'on') === '0'
    ? { kind: 'unbookmark', payload: { replaces: wordsOf(form, 'replaces') } } : { kind: 'bookmark' }),
  place: (form) => ({ kind: 'place', payload: { paragraph: Number(textOf(form, 'paragraph')) } }),
};
const STAY = new Set(['asks', 'notes', 'bookmark']);
const DOORS = new Set([...Object.keys(ACTS), 'practice']);

addEventListener('install', (event) => event.waitUntil(keepShell()));
addEventListener('activate', (event) => event.waitUntil(takeOver()));
addEventListener('message', (event) => {
  if (event.data === 'go') skipWaiting();
  else if ('learner' in event.data) event.waitUntil(keepLearner(event.data.learner));
});
addEventListener('sync', (event) => event.waitUntil(sendOrFail()));
addEventListener('fetch', (event) => {
  const { request } = event;
  if (!request.url.startsWith(self.registration.scope)) return;
  const path = keptPath(request.url);
  if (request.method === 'GET' && request.mode === 'navigate') event.respondWith(pageFor(event));
  else if (request.method === 'GET' && FILES.test(path)) event.respondWith(fileFor(request));
  else if (request.method === 'GET' && OWN.test(path)) event.respondWith(ownFor(request, OWN.exec(path)));
  else if (request.method === 'POST' && isOurs(request)) answerForm(event, path);
});

// What another site's page sends is the network's affair alone: here it would pass for the reader's own act.
function isOurs({ referrer }) {
  return referrer.startsWith(self.registration.scope);
}

function answerForm(event, path) {
  const { request } = event;
  const step = STEP.exec(path);
  if (path === 'logout') event.respondWith(leaveLater(request));
  else if (DOORS.has(step?.[3])) event.respondWith(actFor(event, step));
  else if (request.mode === 'navigate') event.respondWith(formFor(request));
}

// A form that nobody answers comes back in a page that keeps what was typed.
async function formFor(request) {
  const copy = request.clone();
  const response = await fetch(request).catch(() => null);
  if (response && !NOBODY_BEHIND.includes(response.status)) return response;
  const page = await unsentPage(await shellPage('sync/unsent'), copy).catch(() => null);
  return page ?? response ?? Response.error();
}

// A page tells whose work this device keeps; most say what the one before said.
async function keepLearner(named) {
  const [profile, helper = ''] = named.split('_');
  for (const [key, value] of Object.entries({ learner: profile, helper })) {
    if (value !== (await deviceValue(key) ?? '')) await setDeviceValue(key, value);
  }
}

// The pages and scripts that are needed with no network at all, in one request, whole or not at all.
async function keepShell() {
  const response = await fetch(`${self.registration.scope}sync/equipment`, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`equipment: ${response.status}`);
  const shell = await response.json();
  const cache = await caches.open(SHELL);
  for (const [address, text] of Object.entries(shell.pages)) await cache.put(address, new Response(text, { headers: shell.headers }));
  for (const [address, { text, type }] of Object.entries(shell.files)) {
    await cache.put(address, new Response(text, { headers: { 'Content-Type': type } }));
  }
  // the page that is open has them already: they come out of the browser's own cache
  await cache.addAll(shell.assets);
}

// Caches of old releases go only now that the new one is complete; courses keep what they came with.
async function takeOver() {
  const courses = await allOf('courses').catch(() => null);
  const partial = (await allOf('device').catch(() => [])).filter(({ key }) => key.startsWith('partial:')).map(({ value }) => value);
  const wanted = new Set([SHELL, ...partial, ...(courses ?? []).map((course) => course.cache)]);
  for (const name of await caches.keys()) {
    if (name.startsWith('shell-') ? name !== SHELL : courses && !wanted.has(name)) await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await clients.claim();
}

async function pageFor(event) {
  const kept = await keptPage(event.request.url).catch(() => undefined);
  const asked = fromNetwork(event);
  // whoever loses the race is no fault of anybody
  asked.catch(() => {});
  try {
    const response = await (kept ? Promise.race([asked, patience()]) : asked);
    if (response && !(kept && AWAY.includes(response.status))) {
      event.waitUntil(sendIfWaiting());
      return response;
    }
  } catch { /* no network */ }
  return kept ?? await lost() ?? Response.error();
}

async function fromNetwork(event) {
  return await event.preloadResponse ?? fetch(event.request);
}

function patience() {
  return new Promise((resolve) => { setTimeout(resolve, navigator.onLine ? PATIENCE : 0); });
}

async function lost(said = 'lost') {
  const page = await shellPage('sync/shelf');
  return page && Response.redirect(`${self.registration.scope}sync/shelf?${said}`, 302);
}

// An act goes over the network; when that does not answer, or the page has no token, it is kept.
async function actFor(event, [, course, step, door]) {
  const { request } = event;
  const copy = request.clone();
  const form = await request.clone().formData().catch(() => new FormData());
  // a page that was kept has no token: what it sends goes to the outbox at once
  if (form.get('csrf_token') !== '') {
    const response = await fetch(copy).catch(() => null);
    if (response && !AWAY.includes(response.status)) return response;
  }
  if (door === 'practice') return verdictFor(request, course, step, form);
  return keptInstead(event, { course, step, form, door });
}

function textOf(form, name) {
  return String(form.get(name) ?? '');
}

function wordsOf(form, name) {
  return textOf(form, name).split(' ').filter(Boolean);
}

// What a reader left in a lesson: as the server tells it, else as it stands on this device.
async function ownFor(request, [, course, step]) {
  const response = await fetch(request).catch(() => null);
  if (response?.ok && !response.redirected) await keepOwn(course, step, await response.clone().json()).catch(() => {});
  if (response) return response;
  const mine = await ownNow(course, step, request.headers.get('X-Reader'));
  return mine ? Response.json(mine) : new Response('', { status: 404 });
}

async function verdictFor(request, slug, step, form) {
  const course = await getFrom('courses', slug);
  const cache = course && await caches.open(course.cache);
  const keys = await (await cache?.match(`${self.registration.scope}sync/courses/${slug}/key`, { ignoreVary: true }))?.json();
  const question = new URL(request.url).searchParams.get('question');
  const key = keys?.[`${step}/${question}`];
  if (!key) return Response.error();
  const words = verdictOf(key, form.getAll(`q-${question}`).map(String));
  return new Response(words, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

async function keptInstead(event, { course, step = '', form, door }) {
  const taken = await getFrom('courses', course);
  const known = taken?.steps.find(({ slug }) => slug === step);
  const kept = await keepAct({
    course, step, version: taken?.version, title: known?.title ?? '', op: textOf(form, 'op_id'),
    reader: textOf(form, 'reader'), ...ACTS[door](form),
  });
  if (!kept) return event.request.mode === 'navigate' ? await lost() ?? Response.error() : Response.error();
  event.waitUntil(sendIfWaiting());
  if (event.request.mode !== 'navigate') return new Response(null, { status: 204 });
  if (STAY.has(door)) return Response.redirect(`${self.registration.scope}courses/${course}/${step}`, 303);
  return Response.redirect(nextAfter(taken, course, step, form), 303);
}

function nextAfter(taken, course, step, form) {
  const next = textOf(form, 'next');
  if (next.startsWith('/') && !next.startsWith('//')) return new URL(next, location.href).href;
  const lessons = taken?.steps.filter(({ kind }) => kind !== 'practical') ?? [];
  const place = lessons.findIndex(({ slug }) => slug === step);
  const following = lessons[place + 1];
  const { scope } = self.registration;
  if (!taken) return `${scope}sync/shelf?saved`;
  if (!following) return `${scope}courses/${course}`;
  return `${scope}courses/${course}/${following.slug}${following.kind === 'test' ? '/test' : ''}`;
}

// Who leaves with no network has left this device; the session ends when there is one again.
async function leaveLater(request) {
  const response = await fetch(request).catch(() => null);
  if (response) return response;
  await setDeviceValue('leaving', 'yes');
  return await lost('left') ?? Response.error();
}

async function sendIfWaiting() {
  if (navigator.onLine && await countWaiting().catch(() => 0)) await sendOutbox().catch(() => {});
}

async function sendOrFail() {
  const { problem } = await sendOutbox();
  // the browser tries again by itself
  if (problem === 'network' || problem === 'server_busy') throw new Error(problem);
}
