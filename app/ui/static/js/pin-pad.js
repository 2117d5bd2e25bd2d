// A PIN with large digits to tap. The field stays an ordinary one: it can be typed into and pasted.
{
  const key = (words, act, label) => {
    const button = Object.assign(document.createElement('button'), {
      type: 'button', className: 'pin-key', textContent: words,
    });
    if (label) button.setAttribute('aria-label', label);
    button.addEventListener('click', act);
    return button;
  };

  function offerDigits(box) {
    const input = box.querySelector('input');
    const change = (value) => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const digit = (number) => key(number, () => change(input.value + number));
    const pad = Object.assign(document.createElement('div'), { className: 'pin-keys' });
    pad.setAttribute('role', 'group');
    pad.setAttribute('aria-label', box.dataset.keys);
    pad.append(
      ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit),
      document.createElement('span'),
      digit('0'),
      key('⌫', () => change(input.value.slice(0, -1)), box.dataset.erase),
    );
    box.append(pad);
    // on a touch screen the telephone's own keys would cover these
    if (matchMedia('(pointer: coarse)').matches) input.inputMode = 'none';
  }

  document.querySelectorAll('[data-pin-pad]').forEach(offerDigits);
}
