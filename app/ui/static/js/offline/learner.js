// Whose work this device keeps: the person who signed in here last and has not left, alone or beside
// a helper.

import { allOf, deviceValue, digits, getFrom, putInto, setDeviceValue } from './store.js';
import { siteRoot } from './outbox.js';

export function learnerInCookie() {
  return /\blearner=(\w*)/.exec(document.cookie)?.[1] ?? '';
}

// A sign-in makes somebody the learner here; the cookie outlives a session that ends by itself.
export async function settleLearner() {
  const named = learnerInCookie();
  const [profile, helper = ''] = named.split('_');
  if (profile !== (await deviceValue('learner') ?? '')) await setDeviceValue('learner', profile);
  if (helper !== (await deviceValue('helper') ?? '')) await setDeviceValue('helper', helper);
}

// `reader`: the one word by which a page tells who reads it, and beside whom.
export async function theLearner() {
  const profile = await deviceValue('learner');
  if (!profile) return null;
  const helper = await deviceValue('helper');
  const known = await getFrom('people', profile) ?? { profile, name: '' };
  return { ...known, reader: helper ? `${profile}_${helper}` : profile };
}

export async function nameOf(profile) {
  return (await getFrom('people', profile))?.name ?? '';
}

export async function doneIn(profile, course) {
  const known = await getFrom('progress', [profile, course]);
  const acts = (await allOf('acts')).filter((act) => (
    act.profile === profile && act.course === course && act.kind === 'complete' && act.state === 'waiting'));
  return { done: new Set(known?.done ?? []), waiting: new Set(acts.map((act) => act.step)) };
}

// What the server knows of the person signed in; null for nobody, or with no network.
export async function askMine(course) {
  const response = await fetch(`${siteRoot()}sync/courses/${course}/mine`, { redirect: 'manual', cache: 'no-store' }).catch(() => null);
  if (!response?.ok) return null;
  const mine = await response.json();
  const known = await getFrom('people', mine.profile);
  await putInto('people', { secrets: {}, ...known, profile: mine.profile, name: mine.name });
  await putInto('progress', { profile: mine.profile, course, done: mine.done });
  await setDeviceValue('learner', mine.profile);
  await setDeviceValue('helper', mine.helper);
  return mine;
}

export async function postJson(path, told) {
  const token = document.querySelector('input[name=csrf_token]')?.value ?? '';
  return fetch(siteRoot() + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
    body: JSON.stringify(told),
    redirect: 'manual',
  }).catch(() => null);
}

// A ticket lets this device hand in after the session has ended. It makes the secret itself. What is
// done beside a helper has one of its own, for each session of theirs.
export async function haveTicket({ profile, helper }) {
  const person = await getFrom('people', profile);
  if (person?.secrets?.[helper]) return;
  const secret = digits(32);
  const response = await postJson('sync/tickets', { op: digits(16), secret });
  if (!response?.ok) return;
  const told = await response.json();
  if (told.profile !== profile || told.helper !== helper) return;
  await putInto('people', { ...person, profile, name: told.name, secrets: { ...person?.secrets, [helper]: secret } });
}
