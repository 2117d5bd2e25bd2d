// What is written stays on this machine until the server has said yes. Each opening of a page keeps
// under a name of its own, so that two tabs never write over one another.

import { operation } from './words.js';

export function keeper(of) {
  const own = `${of}${operation()}`;

  // a shut or full store: then only the open page has the text
  const attempt = (act, without) => { try { return act(); } catch { return without; } };

  function left() {
    return Object.keys(localStorage).filter((key) => key.startsWith(of) && key !== own)
      .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
      .sort((one, other) => other.at - one.at);
  }

  return {
    // whether the text is safe here; `unsure`: an act that was sent and not answered
    put: (text, base, unsure) => attempt(() => {
      localStorage.setItem(own, JSON.stringify({ text, base, unsure, at: Date.now() }));
      return true;
    }, false),
    drop: () => attempt(() => localStorage.removeItem(own)),
    // what other openings of this page left behind, the newest first
    left: () => attempt(left, []),
    forget: (key) => attempt(() => localStorage.removeItem(key)),
  };
}
