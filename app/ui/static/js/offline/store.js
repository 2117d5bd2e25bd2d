// What this device holds, in IndexedDB. Everything of a person stands under their profile.

const SHELVES = {
  device: { keyPath: 'key' },
  people: { keyPath: 'profile' },
  acts: { keyPath: 'op' },
  progress: { keyPath: ['profile', 'course'] },
  papers: { keyPath: ['profile', 'course', 'step'] },
  own: { keyPath: ['profile', 'course', 'step'] },
  courses: { keyPath: 'slug' },
};
const STORE = { name: 'learning', version: 1 };
let opening = null;

function openStore() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(STORE.name, STORE.version);
    request.onupgradeneeded = () => {
      const present = request.result.objectStoreNames;
      for (const [name, options] of Object.entries(SHELVES)) {
        if (!present.contains(name)) request.result.createObjectStore(name, options);
      }
    };
    request.onsuccess = () => {
      const forget = () => { opening = null; };
      // a newer page may want another shape: it does not wait for this one
      request.result.onversionchange = () => { request.result.close(); forget(); };
      request.result.onclose = forget;
      resolve(request.result);
    };
    request.onerror = () => { opening = null; reject(request.error); };
  });
  return opening;
}

async function transact(name, mode, act) {
  const database = await openStore();
  // what was said to be kept survives a battery that dies
  const transaction = database.transaction(name, mode, { durability: 'strict' });
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const getFrom = (name, key) => transact(name, 'readonly', (shelf) => shelf.get(key));
export const allOf = (name) => transact(name, 'readonly', (shelf) => shelf.getAll());
export const putInto = (name, value) => transact(name, 'readwrite', (shelf) => shelf.put(value));
export const takeOut = (name, key) => transact(name, 'readwrite', (shelf) => shelf.delete(key));

export async function deviceValue(key) {
  return (await getFrom('device', key))?.value;
}

export function setDeviceValue(key, value) {
  return putInto('device', { key, value });
}

export function digits(bytes) {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// A number that this device made for itself; it names nobody.
export async function deviceNumber() {
  const known = await deviceValue('number');
  if (known) return known;
  const made = digits(16);
  await setDeviceValue('number', made);
  return made;
}

function keyOf(name, row) {
  const { keyPath } = SHELVES[name];
  return Array.isArray(keyPath) ? keyPath.map((part) => row[part]) : row[keyPath];
}

// Everything of one person leaves this device; the courses stay for the others.
export async function forgetPerson(profile) {
  for (const name of ['acts', 'progress', 'papers', 'own']) {
    for (const row of await allOf(name)) {
      if (row.profile === profile) await takeOut(name, keyOf(name, row));
    }
  }
  await takeOut('people', profile);
  if (await deviceValue('learner') === profile) await setDeviceValue('learner', '');
}
