// Text at the cursor, put in so that the browser's own "undo" takes it back.

export function insert(area, text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  if (document.execCommand('insertText', false, text)) return;
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

// Puts `mark` on both sides of the selection, or takes it off; `empty` stands where nothing is selected.
export function embrace(area, mark, empty) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const size = mark.length;
  const chosen = value.slice(from, to);
  if (chosen && value.slice(from - size, from) === mark && value.slice(to, to + size) === mark) {
    insert(area, chosen, from - size, to + size);
    area.setSelectionRange(from - size, to - size);
    return;
  }
  const words = chosen.trim() || empty;
  const [before, after] = chosen.trim() ? chosen.split(words, 2) : ['', ''];
  insert(area, `${before}${mark}${words}${mark}${after}`, from, to);
  const start = from + before.length + size;
  area.setSelectionRange(start, start + words.length);
}

// A passage of its own: blank lines around it, and `chosen` in it selected to be written over.
// Returns where the passage ends.
export function insertPassage(area, text, chosen, wanted = endOfLine(area), until = wanted) {
  const from = Math.max(wanted, endOfHead(area.value));
  const to = Math.max(until, from);
  const before = area.value.slice(0, from).replace(/[^\n]$/, '$&\n').match(/\n{0,2}$/)[0].length;
  const atStart = area.value.slice(0, from).trim() === '';
  const tight = /[^\n]$/.test(area.value.slice(0, from)) ? '\n\n' : '\n'.repeat(2 - Math.min(2, before));
  const after = area.value.slice(to);
  const gap = '\n'.repeat(Math.max(after.trim() ? 2 - /^\n*/.exec(after)[0].length : 1 - /^\n*/.exec(after)[0].length, 0));
  const lead = atStart ? '' : tight;
  insert(area, `${lead}${text}${gap}`, from, to);
  const start = area.value.indexOf(chosen, from + lead.length);
  if (chosen && start >= 0) area.setSelectionRange(start, start + chosen.length);
  show(area);
  return from + lead.length + text.length;
}

function endOfLine(area) {
  const place = area.value.slice(area.selectionStart, area.selectionEnd).trim() ? area.selectionEnd : area.selectionStart;
  const line = lineAround(area.value, place);
  return line.text.trim() ? line.end : place;
}

// No passage goes into the facts at the head of a file.
function endOfHead(value) {
  return /^---\n[^]*?\n---(?=\n|$)/.exec(value)?.[0].length ?? 0;
}

function lineAround(value, place) {
  const start = value.lastIndexOf('\n', place - 1) + 1;
  const next = value.indexOf('\n', place);
  const end = next < 0 ? value.length : next;
  return { start, end, text: value.slice(start, end) };
}

// The whole lines of the selection: a block stands around lines, never around half of one.
export function chosenLines(area) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  if (!value.slice(from, to).trim()) return null;
  const start = lineAround(value, from).start;
  const last = value[to - 1] === '\n' ? to - 1 : to;
  const { end } = lineAround(value, last);
  return { start, end, text: value.slice(start, end) };
}

// Where the passage ends that holds this place: before the next heading outside blocks.
export function endOfPart(area, at = area.selectionEnd) {
  let place = 0;
  let code = false;
  const open = [];
  for (const line of area.value.split('\n')) {
    if (place > at && !code && !open.length && /^#{1,6} /.test(line)) return place - 1;
    if (/^ {0,3}(```|~~~)/.test(line)) code = !code;
    const fence = code ? null : /^(\/{3,})\s*(\S?)/.exec(line);
    if (fence?.[2]) open.push(fence[1]);
    else if (fence && open.at(-1) === fence[1]) open.pop();
    place += line.length + 1;
  }
  return area.value.length;
}

// Selects a line (from 1) and brings it before the eyes.
export function goToLine(area, number) {
  const lines = area.value.split('\n');
  const index = Math.min(Math.max(number, 1), lines.length) - 1;
  const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + lines[index].length);
  show(area);
}

// The line of the cursor is what the measure beside the text knows the height of.
function show(area) {
  area.dispatchEvent(new CustomEvent('show-line', {
    detail: area.value.slice(0, area.selectionStart).split('\n').length,
  }));
}
