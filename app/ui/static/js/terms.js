// The meaning of a word beside the word, on tap or Enter. Without this the word leads to the list
// at the end of the lesson.
{
  const note = Object.assign(document.createElement('div'), { className: 'term-note' });
  let shownFor = null;

  function hide() {
    shownFor?.setAttribute('aria-expanded', 'false');
    shownFor = null;
    note.replaceChildren();
  }

  function show(link) {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return false;
    hide();
    const word = Object.assign(document.createElement('b'), { textContent: entry.textContent });
    const meaning = entry.nextElementSibling.cloneNode(true);
    meaning.querySelector('.term-back')?.remove();
    note.append(word, meaning.textContent.trim());
    shownFor = link;
    link.setAttribute('aria-expanded', 'true');
    setBelow(link);
    return true;
  }

  // Below the word's last line, and never past the edge of the screen.
  function setBelow(link) {
    const lines = link.getClientRects();
    const line = lines[lines.length - 1];
    const most = document.documentElement.clientWidth - note.offsetWidth - 8;
    note.style.left = `${scrollX + Math.max(8, Math.min(line.left, most))}px`;
    note.style.top = `${scrollY + line.bottom + 6}px`;
  }

  const links = document.querySelectorAll('a.term');
  if (links.length) {
    note.setAttribute('role', 'status');
    document.body.append(note);
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a.term');
      if (!link) { if (!note.contains(event.target)) hide(); return; }
      if (link === shownFor) { hide(); event.preventDefault(); return; }
      if (show(link)) event.preventDefault();
    });
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
    document.addEventListener('focusin', (event) => { if (event.target !== shownFor) hide(); });
    addEventListener('resize', hide);
    for (const link of links) link.setAttribute('aria-expanded', 'false');
  }
}
