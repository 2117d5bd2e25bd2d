// What was done without a network: kept until the server has answered for each act by name.

import { changeOwn } from './own.js';
import { allOf, deviceValue, getFrom, putInto, setDeviceValue, takeOut, digits } from './store.js';

export const PROTOCOL = 1;
const MOST_ACTS = 100;
const MOST_LETTERS = 150000;
const SILENT = 'place';
const inWorker = typeof document === 'undefined';

export function siteRoot() {
  if (inWorker) return self.registration.scope;
  const worker = document.querySelector('meta[name=offline]').dataset.worker;
  return new URL('.', new URL(worker, location.href)).href;
}

// Keep an act of the person whose work this device keeps; null when there is nobody, or when the page
// (`reader`: profile, or profile_helper) is another's.
export async function keepAct({ kind, course, step = '', payload = {}, op = '', title = '', version = '', reader = '' }) {
  const { profile, helper } = await whose(reader);
  if (!profile) return null;
  if (kind === SILENT) await dropOldPlaces(profile, course, step);
  const now = new Date(Date.now() + (await deviceValue('clock') ?? 0));
  const act = {
    op: op.replaceAll('-', '') || digits(16), profile, helper, kind, course, step, version, title, payload,
    at: now.toISOString(), kept: Date.now(), state: 'waiting', why: '',
  };
  await putInto('acts', act);
  await tellPages();
  await askForSync();
  return act;
}

async function whose(reader) {
  const [named, helper = ''] = reader.split('_');
  const profile = await deviceValue('learner') ?? '';
  if (!named) return { profile, helper: await deviceValue('helper') ?? '' };
  return { profile: named === profile ? profile : '', helper };
}

async function dropOldPlaces(profile, course, step) {
  for (const act of await allOf('acts')) {
    const same = act.kind === SILENT && act.profile === profile && act.course === course && act.step === step;
    if (same) await takeOut('acts', act.op);
  }
}

async function askForSync() {
  try {
    const registration = inWorker ? self.registration : await navigator.serviceWorker.getRegistration();
    await registration?.sync?.register('outbox');
  } catch { /* a browser without it sends with the next page */ }
}

export async function tellPages() {
  if (!inWorker) { dispatchEvent(new CustomEvent('outbox')); return; }
  for (const page of await self.clients.matchAll({ includeUncontrolled: true })) page.postMessage('outbox');
}

export async function heldActs() {
  const acts = await allOf('acts');
  return acts.sort((one, other) => one.kept - other.kept || (one.op < other.op ? -1 : 1));
}

export async function countWaiting(profile) {
  const waiting = (act) => act.state === 'waiting' && act.kind !== SILENT && (!profile || act.profile === profile);
  return (await heldActs()).filter(waiting).length;
}

// Send what waits; one sender at a time. Gives {sent, problem}; problem '' means that all went out.
export async function sendOutbox({ leaving = '' } = {}) {
  if (!navigator.locks) return sendAll(leaving);
  return navigator.locks.request('outbox', () => sendAll(leaving));
}

async function sendAll(leaving) {
  let sent = 0;
  let problem = '';
  for (const group of await groupsToSend(leaving)) {
    const batches = inBatches(group.acts);
    if (!batches.length) batches.push([]);
    for (const [place, acts] of batches.entries()) {
      const leave = leaving === group.profile && place === batches.length - 1;
      const outcome = await sendBatch(group, acts, leave);
      sent += outcome.sent;
      if (outcome.problem) { problem = outcome.problem; break; }
    }
    if (problem === 'network' || problem === 'reload') break;
  }
  if (sent || problem !== await deviceValue('problem')) {
    await setDeviceValue('problem', problem);
    await tellPages();
  }
  return { sent, problem };
}

// What one ticket hands in: the acts of one person, alone or beside one helper. Alone comes last, as its
// ticket also serves where the helper's is gone.
async function groupsToSend(leaving) {
  const groups = new Map();
  const groupOf = (profile, helper) => {
    const key = `${profile}_${helper}`;
    if (!groups.has(key)) groups.set(key, { profile, helper, acts: [] });
    return groups.get(key);
  };
  for (const act of await heldActs()) {
    if (act.state === 'waiting') groupOf(act.profile, act.helper).acts.push(act);
  }
  const tickets = leaving ? (await getFrom('people', leaving))?.secrets ?? {} : {};
  for (const helper of Object.keys(tickets)) groupOf(leaving, helper);
  return [...groups.values()].sort((one, other) => other.helper.localeCompare(one.helper));
}

function inBatches(acts) {
  const batches = [];
  let letters = Infinity;
  for (const act of acts) {
    const more = JSON.stringify(act.payload).length + 300;
    if (letters + more > MOST_LETTERS || batches.at(-1).length >= MOST_ACTS) { batches.push([]); letters = 0; }
    batches.at(-1).push(act);
    letters += more;
  }
  return batches;
}

async function sendBatch(group, acts, leave) {
  let response = await postByTicket(group, acts, leave);
  if (response === undefined) response = await postBatch(group, acts, leave, '');
  if (!response) return { sent: 0, problem: 'network' };
  await setClock(response);
  if (!response.ok) return { sent: 0, problem: problemOf(response.status) };
  const told = await response.json().catch(() => null);
  if (!told) return { sent: 0, problem: 'network' };
  let sent = 0;
  for (const result of told.results) sent += await settleAct(acts.find((act) => act.op === result.op), result);
  return { sent, problem: '' };
}

// By the ticket of that helper's session, else by their own: each act says whom it was done beside.
// Undefined where no ticket is good any more: a session may still speak for them.
async function postByTicket(group, acts, leave) {
  for (const helper of new Set([group.helper, ''])) {
    const person = await getFrom('people', group.profile);
    const { [helper]: secret, ...others } = person?.secrets ?? {};
    if (!secret) continue;
    const response = await postBatch(group, acts, leave && helper === group.helper, secret);
    if (response?.status !== 401) return response;
    await putInto('people', { ...person, secrets: others });
  }
  return undefined;
}

function postBatch({ profile, helper }, acts, leave, secret) {
  const operations = acts.map(({ op, kind, course, step, version, at, payload }) => (
    { op, kind, course, step, version, at, helper: helper || null, payload }));
  const headers = { 'Content-Type': 'application/json' };
  if (secret) headers.Authorization = `Ticket ${secret}`;
  return fetch(`${siteRoot()}sync`, {
    method: 'POST', headers, cache: 'no-store', body: JSON.stringify({ protocol: PROTOCOL, profile, helper, leave, operations }),
  }).catch(() => null);
}

function problemOf(status) {
  return { 401: 'sign_in', 426: 'reload', 400: 'reload', 415: 'reload' }[status] ?? 'server_busy';
}

// The server's clock, as far as this device knows it: a wrong clock tells right times.
async function setClock(response) {
  const told = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isNaN(told)) return;
  const off = told - Date.now();
  await setDeviceValue('clock', Math.abs(off) > 60000 ? off : 0);
}

// 1 when the act stands now, 0 when not; what was not taken in stays to be read.
async function settleAct(act, { status, words, outcome }) {
  if (!act) return 0;
  const stands = status === 'applied' || status === 'already';
  if (stands) await takeOut('acts', act.op);
  else await putInto('acts', { ...act, state: status, why: words });
  if (act.kind === 'complete' && stands) await noteDone(act);
  if (stands) await changeOwn(act);
  if (act.kind === 'test') await notePaper(act, stands ? { ...outcome, state: 'graded' } : { state: 'not-taken', why: words });
  return stands ? 1 : 0;
}

async function noteDone({ profile, course, step }) {
  const known = await getFrom('progress', [profile, course]) ?? { profile, course, done: [] };
  if (!known.done.includes(step)) await putInto('progress', { ...known, done: [...known.done, step] });
}

async function notePaper({ profile, course, step, payload }, news) {
  const paper = await getFrom('papers', [profile, course, step]);
  if (paper?.attempt !== payload.attempt) return;
  await putInto('papers', { ...paper, ...news, questions: [] });
  if (news.passed) await noteDone({ profile, course, step });
}
