// Marks a practice question as the server does (app/content/grading.py); a test compares the two.

const EDGES = ' .,;:!?"\'()“”‘’';
const LONGEST_TYPED = 200;
const SCALES = { k: 1e3, nghin: 1e3, ngan: 1e3, tr: 1e6, trieu: 1e6, ti: 1e9, ty: 1e9 };

export function foldText(text) {
  const plain = text.normalize('NFD').toLowerCase().normalize('NFD').replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/[’‘ʼ`´]/g, "'").replaceAll('đ', 'd').replaceAll('ƀ', 'b');
  return plain.split(/\s+/u).filter(Boolean).join(' ').normalize('NFC');
}

function trimEdges(text) {
  let [from, to] = [0, text.length];
  while (from < to && EDGES.includes(text[from])) from += 1;
  while (to > from && EDGES.includes(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

export function numberReadings(text) {
  if (text.length > 40) return [];
  const folded = foldText(text.split(/\s*(?:±|\+\/-|\+-)\s*/)[0]).replaceAll('−', '-');
  const joined = folded.replace(/(?<=\d)[ '’](?=\d{3}(?!\d))/g, '');
  const match = /^([+-]?)(\d[\d.,]*|[.,]\d+)\s*(%|[a-z]*)(?:\s+[a-z ]*)?$/.exec(joined);
  if (!match) return [];
  const sign = match[1] === '-' ? -1 : 1;
  const found = digitReadings(match[2].replace(/[.,]+$/, '')).map((value) => sign * value);
  const scale = Object.hasOwn(SCALES, match[3]) ? SCALES[match[3]] : 0;
  return scale ? [...found, ...found.map((value) => value * scale)] : found;
}

function digitReadings(text) {
  const found = [];
  if (/^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/.test(text)) found.push(Number(text.replaceAll('.', '').replace(',', '.')));
  if (/^\d*(?:[.,]\d+)?$/.test(text)) found.push(Number(text.replace(',', '.')));
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/.test(text)) found.push(Number(text.replaceAll(',', '')));
  return found;
}

const MARKERS = {
  single: (key, given) => {
    const chosen = key.options.filter((id) => given.includes(id));
    return Number(chosen.length === 1 && chosen[0] === key.right[0]);
  },
  multiple: (key, given) => {
    const chosen = key.options.filter((id) => given.includes(id));
    const hits = chosen.filter((id) => key.right.includes(id)).length;
    return (hits - (chosen.length - hits)) / key.right.length;
  },
  order: (key, given) => samePlaces(key, given),
  match: (key, given) => samePlaces(key, given),
  short: (key, given) => {
    const typed = trimEdges(foldText((given[0] ?? '').slice(0, LONGEST_TYPED)));
    return Number(key.right.some((accepted) => sameWords(typed, trimEdges(foldText(accepted)))));
  },
  number: (key, given) => {
    const wanted = numberReadings(key.right[0])[0];
    const near = (value) => Math.abs(value - wanted) <= key.tolerance + Math.abs(wanted) * 1e-12;
    return Number(wanted !== undefined && numberReadings((given[0] ?? '').slice(0, LONGEST_TYPED).trim()).some(near));
  },
};

function sameWords(typed, wanted) {
  // telephone numbers are written 1900 1234, 1900.1234, …
  return (/^\d+$/.test(wanted) ? typed.replace(/[\s.,-]/g, '') : typed) === wanted;
}

function samePlaces(key, given) {
  return key.right.filter((id, place) => given[place] === id).length / key.right.length;
}

// The points, 0 to 1; null when there is no answer to mark.
export function markAnswer(key, given) {
  const laidOut = key.kind === 'order' || key.kind === 'match';
  const answered = laidOut ? given.length > 0 && given.every(Boolean) : given.some((text) => text.trim());
  if (!answered) return null;
  return Math.max(0, Math.min(1, MARKERS[key.kind](key, given)));
}

export function verdictOf(key, given) {
  const points = markAnswer(key, given);
  if (points === null) return key.nothing;
  return key.verdicts[points === 1 ? 'right' : points > 0 ? 'partly' : 'wrong'];
}
