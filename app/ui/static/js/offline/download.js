// Take a course home: pages, pictures and recordings, into a cache of their own. What was fetched
// before the network broke is not fetched again; the version before goes when this one is whole.

import { getFrom, putInto, setDeviceValue, deviceValue, takeOut } from './store.js';
import { PROTOCOL, siteRoot } from './outbox.js';

const AT_ONCE = 4;
const ANY = { ignoreVary: true };

export class NoRoom extends Error {}
export class TooNew extends Error {}

export async function summaryOf(slug) {
  const response = await fetch(`${siteRoot()}sync/courses/${slug}`, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`summary: ${response.status}`);
  return response.json();
}

// What an update costs: files that are here already are not fetched again.
export async function costOf(slug, summary) {
  const before = await getFrom('courses', slug);
  return before && before.version === summary.version ? summary.pages_size : summary.size;
}

export async function takeHome(slug, summary, tell) {
  await enoughRoom(summary.size);
  await navigator.storage?.persist?.().catch(() => false);
  const name = `course-${slug}-${summary.tag}`;
  await startPartial(slug, name);
  try {
    const cache = await caches.open(name);
    const before = await getFrom('courses', slug);
    const parcel = await fetchParcel(summary, tell);
    await fetchFiles(cache, parcel, before, (bytes) => tell(summary.pages_size + bytes, summary.size));
    await keepPages(cache, slug, parcel);
    const sounds = soundsIn(parcel);
    await keepSounds(cache, before, sounds);
    await putInto('courses', {
      slug, cache: name, tag: summary.tag, version: parcel.version, title: parcel.title, steps: parcel.steps,
      files: parcel.files, sounds, size: summary.size, at: Date.now(),
    });
    await takeOut('device', `partial:${slug}`);
    if (before && before.cache !== name) await caches.delete(before.cache);
  } catch (fault) {
    if (fault.name === 'QuotaExceededError') { await caches.delete(name); throw new NoRoom(); }
    throw fault;
  }
}

// Lessons read aloud are many times larger than lessons: they come only when they are asked for.
export async function takeSounds(slug, tell) {
  const course = await getFrom('courses', slug);
  const cache = await caches.open(course.cache);
  let bytes = 0;
  for (const [place, url] of course.sounds.entries()) {
    if (!await cache.match(url, ANY)) {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`sound: ${response.status}`);
      const sound = await response.blob();
      bytes += sound.size;
      await cache.put(url, new Response(sound, { headers: { 'Content-Type': sound.type } }));
    }
    tell(place + 1, course.sounds.length);
  }
  await putInto('courses', { ...course, size: course.size + bytes });
}

export async function soundsLeft(course) {
  const cache = await caches.open(course.cache);
  const kept = await Promise.all(course.sounds.map((url) => cache.match(url, ANY)));
  return kept.filter((sound) => !sound).length;
}

function soundsIn(parcel) {
  const found = Object.values(parcel.pages).flatMap((page) => [...page.matchAll(/src="([^"]+\/speech\.mp3[^"]*)"/g)]);
  return found.map(([, address]) => address.replaceAll('&amp;', '&'));
}

// The sounds of the same version are the same.
async function keepSounds(cache, before, sounds) {
  if (!before) return;
  const old = await caches.open(before.cache);
  for (const url of sounds) {
    const sound = await old.match(url, ANY);
    if (sound && !await cache.match(url, ANY)) await cache.put(url, sound);
  }
}

export async function removeCourse(slug) {
  const course = await getFrom('courses', slug);
  await takeOut('courses', slug);
  if (course) await caches.delete(course.cache);
}

async function enoughRoom(size) {
  const { quota, usage } = await navigator.storage?.estimate?.() ?? {};
  if (quota && quota - usage < size * 1.2) throw new NoRoom();
}

// An older half that nobody will finish makes room.
async function startPartial(slug, name) {
  const left = await deviceValue(`partial:${slug}`);
  const course = await getFrom('courses', slug);
  if (left && left !== name && left !== course?.cache) await caches.delete(left);
  await setDeviceValue(`partial:${slug}`, name);
}

async function fetchParcel(summary, tell) {
  const response = await fetch(new URL(summary.address, location.href), { cache: 'no-cache' });
  if (!response.ok) throw new Error(`parcel: ${response.status}`);
  const pieces = [];
  let read = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    read += value.length;
    tell(summary.pages_size * Math.min(1, read / summary.pages_raw), summary.size);
  }
  const parcel = JSON.parse(await new Blob(pieces).text());
  if (parcel.protocol > PROTOCOL) throw new TooNew();
  return parcel;
}

async function fetchFiles(cache, parcel, before, tell) {
  let bytes = 0;
  const left = [...parcel.assets.map((url) => ({ url, size: 0 })), ...parcel.files];
  const worker = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      if (!await cache.match(file.url, ANY)) await cache.put(file.url, await fileAgain(file, before));
      bytes += file.size;
      tell(bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function fileAgain(file, before) {
  const same = before?.files.find(({ hash }) => hash === file.hash);
  const kept = same && await (await caches.open(before.cache)).match(same.url, ANY);
  if (kept) return kept;
  const response = await fetch(file.url);
  if (!response.ok) throw new Error(`file: ${response.status}`);
  return response;
}

async function keepPages(cache, slug, parcel) {
  for (const [address, page] of Object.entries(parcel.pages)) {
    await cache.put(address, new Response(page, { headers: parcel.headers }));
  }
  await cache.put(`${siteRoot()}sync/courses/${slug}/key`, Response.json(parcel.key));
}
