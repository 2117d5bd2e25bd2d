// What a reader left in a lesson (place, note, bookmark, questions): as the server told it last, with
// what waits in the outbox on top.

import { allOf, deviceValue, getFrom, putInto } from './store.js';

const NOTHING = { paragraph: null, note: '', noteIds: [], bookmarkIds: [], asks: [] };
const CHANGES = {
  note: (mine, { op, payload: { text, replaces = [] } }) => {
    const left = mine.noteIds.filter((id) => !replaces.includes(id));
    const note = left.length && text ? `${mine.note}\n\n${text}` : text || (left.length ? mine.note : '');
    return { ...mine, note, noteIds: text ? [...left, op] : left };
  },
  bookmark: (mine, { op }) => ({ ...mine, bookmarkIds: [...mine.bookmarkIds, op] }),
  unbookmark: (mine, { payload: { replaces = [] } }) => (
    { ...mine, bookmarkIds: mine.bookmarkIds.filter((id) => !replaces.includes(id)) }),
  place: (mine, { payload: { paragraph } }) => ({ ...mine, paragraph }),
  ask: (mine, { payload: { text } }) => ({ ...mine, asks: [{ text, asked: '', answer: '', helper: '' }, ...mine.asks] }),
};

export async function keepOwn(course, step, { profile, ...mine }) {
  await putInto('own', { profile, course, step, mine });
}

// An act that the server has taken in changes what it told before.
export async function changeOwn(act) {
  const { profile, course, step } = act;
  const known = act.kind in CHANGES && await getFrom('own', [profile, course, step]);
  if (known) await putInto('own', { ...known, mine: CHANGES[act.kind](known.mine, act) });
}

// What the page would be told if there were a network; null for nobody, and for another than it reads.
export async function ownNow(course, step, reader) {
  const profile = await deviceValue('learner');
  if (!profile || (reader && reader.split('_')[0] !== profile)) return null;
  const known = await getFrom('own', [profile, course, step]);
  const acts = (await allOf('acts')).filter((act) => act.profile === profile && act.course === course
    && act.step === step && act.state === 'waiting' && act.kind in CHANGES);
  acts.sort((one, other) => one.kept - other.kept);
  return acts.reduce((mine, act) => CHANGES[act.kind](mine, act), known?.mine ?? NOTHING);
}
