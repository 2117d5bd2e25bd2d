// Hear a lesson: large buttons in place of the plain player. The device's own voice only when no
// sound can be had, and only a Vietnamese one that speaks without asking anybody outside.
{
  const box = document.querySelector('[data-hear]');
  const body = document.querySelector('.lesson-body');
  const synthesis = globalThis.speechSynthesis;
  const BACK = 10;
  const SLOW = 0.8;

  function tools(play, back, slow) {
    const find = (name) => box.querySelector(`[data-hear-${name}]`);
    const words = [...box.querySelectorAll('[data-word]')];
    const say = (name) => words.forEach((word) => { word.hidden = word.dataset.word !== name; });
    find('play').addEventListener('click', play);
    find('back').addEventListener('click', back);
    find('slow').addEventListener('click', (event) => {
      const pressed = event.currentTarget.getAttribute('aria-pressed') !== 'true';
      event.currentTarget.setAttribute('aria-pressed', String(pressed));
      slow(pressed ? SLOW : 1);
    });
    box.querySelector('.hear-tools').hidden = false;
    return (name) => {
      say(name);
      box.classList.toggle('hear-on', name === 'pause');
      if (name !== 'play' && name !== 'wait') find('back').hidden = find('slow').hidden = false;
    };
  }

  function playRecording(audio) {
    const trouble = box.querySelector('[data-hear-trouble]');
    audio.hidden = true;
    const show = tools(
      () => {
        trouble.textContent = '';
        if (!audio.paused) { audio.pause(); return; }
        if (audio.error) audio.load();
        if (audio.readyState < 3) show('wait');
        audio.play().catch(failed);
      },
      () => { audio.currentTime = Math.max(0, audio.currentTime - BACK); },
      (rate) => { audio.defaultPlaybackRate = audio.playbackRate = rate; },
    );
    function failed(error) {
      // stopped before it began, or left: no trouble
      if (error.name === 'AbortError') return;
      show('play');
      if (ownVoice()) { replaceByVoice(audio); return; }
      trouble.textContent = trouble.dataset.hearTrouble;
    }
    audio.addEventListener('waiting', () => show('wait'));
    audio.addEventListener('playing', () => show('pause'));
    audio.addEventListener('pause', () => show(audio.ended ? 'play' : 'go-on'));
    audio.addEventListener('ended', () => { audio.currentTime = 0; show('play'); });
  }

  function replaceByVoice(audio) {
    audio.remove();
    const words = box.querySelector('.hear-words');
    words.textContent = words.dataset.ownVoice;
    const fresh = box.querySelector('.hear-tools').cloneNode(true);
    box.querySelector('.hear-tools').replaceWith(fresh);
    speakByDevice();
    fresh.querySelector('[data-hear-play]').click();
  }

  const ownVoice = () => synthesis?.getVoices()
    .find((voice) => voice.localService && /^vi(?![a-z])/i.test(voice.lang));

  function passages() {
    const shown = [...body.querySelectorAll('.prose > *')].filter((element) => element.checkVisibility()
      && !element.matches('pre, .listen, .terms, .variant-choice, .read-to, [lang]:not([lang="vi"])'));
    return shown.flatMap((element) => {
      const pictures = [...element.querySelectorAll('img[alt]')].map((image) => image.alt);
      return [...element.innerText.split('\n'), ...pictures].filter((text) => text.trim());
    });
  }

  function speakByDevice() {
    let at = 0;
    let rate = 1;
    let speaking = null;
    const texts = [document.querySelector('h1').innerText, ...passages()];
    function speak() {
      synthesis.cancel();
      const mine = speaking = new SpeechSynthesisUtterance(texts[at]);
      Object.assign(mine, { lang: 'vi', voice: ownVoice(), rate });
      mine.addEventListener('end', () => {
        if (speaking !== mine) return;
        at += 1;
        if (at < texts.length) speak(); else { at = 0; speaking = null; show('play'); }
      });
      synthesis.speak(mine);
      show('pause');
    }
    function stop() {
      speaking = null;
      synthesis.cancel();
      show('go-on');
    }
    const show = tools(
      () => (speaking ? stop() : speak()),
      () => { at = Math.max(0, at - 1); speak(); },
      (wanted) => { rate = wanted; if (speaking) speak(); },
    );
    addEventListener('pagehide', () => synthesis.cancel());
  }

  function offerOwnVoice() {
    if (!ownVoice() || !box.hidden) return;
    box.hidden = false;
    speakByDevice();
  }

  const audio = box?.querySelector('audio');
  if (audio) playRecording(audio);
  else if (box && synthesis) {
    offerOwnVoice();
    synthesis.addEventListener('voiceschanged', offerOwnVoice);
  }

  // a person's recording stands in the lesson
  document.querySelector('.hear-recorded a')?.addEventListener('click', () => {
    document.querySelector('#nghe audio').play().catch(() => {});
  });
}
