// Pages and files of courses that were taken home, as the worker serves them.

import { getFrom } from './store.js';

const ANY = { ignoreVary: true };
const COURSE = /^courses\/([a-z0-9-]+)(?:\/|$)/;

export function keptPath(address) {
  return new URL(address).href.slice(self.registration.scope.length).split(/[?#]/)[0];
}

export async function takenCourse(address) {
  const slug = COURSE.exec(keptPath(address))?.[1];
  return slug ? getFrom('courses', slug) : undefined;
}

// The kept page of an address, whatever is asked behind it; undefined when it was not taken home.
export async function keptPage(address) {
  const path = keptPath(address);
  if (path === 'sync') return shellPage('sync/held');
  if (path === 'sync/shelf') return shellPage(path);
  const course = await takenCourse(address);
  if (!course) return undefined;
  const cache = await caches.open(course.cache);
  const page = self.registration.scope + path;
  // the address of a test leads to its first page
  return await cache.match(page, ANY) ?? cache.match(`${page}/test`, ANY);
}

export async function shellPage(path) {
  const cache = await caches.open(SHELL);
  return cache.match(self.registration.scope + path, ANY);
}

// A stylesheet, script, picture or recording: as kept, else from the network.
export async function fileFor(request) {
  const kept = await caches.match(request.url, ANY);
  if (!kept) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '');
  return range ? partOf(kept, Number(range[1]), range[2]) : kept;
}

// Players ask for recordings piece by piece.
async function partOf(response, from, until) {
  const whole = await response.blob();
  const last = Math.min(until === '' ? whole.size - 1 : Number(until), whole.size - 1);
  const headers = { 'Content-Type': response.headers.get('Content-Type'), 'Accept-Ranges': 'bytes' };
  if (from > last) return new Response('', { status: 416, headers: { 'Content-Range': `bytes */${whole.size}` } });
  headers['Content-Range'] = `bytes ${from}-${last}/${whole.size}`;
  return new Response(whole.slice(from, last + 1), { status: 206, headers });
}
