// A form that found no network, put into a page that sends it again. It stands in that page alone: nothing of
// it is stored on this device. What is secret is left out, as the server's own pages do (app/ui/typed.py).

const SECRET = new Set(['pin', 'password', 'secret', 'current', 'once', 'code', 'card']);
const WRITTEN = 40;

export async function unsentPage(page, request) {
  if (!page) return null;
  const form = [...await request.formData()].filter(([name]) => !isSecret(name));
  const files = new Set(form.filter(([, value]) => typeof value !== 'string').map(([name]) => name));
  const fill = (_, written, file) => [
    ...form.filter(([, value]) => typeof value === 'string').map((field) => fieldOf(field, written)),
    ...[...files].map((name) => fileOf(name, file)),
  ].join('\n');
  const html = (await page.text())
    .replace('action="#unsent"', () => `action="${escaped(request.url)}"${files.size ? ' enctype="multipart/form-data"' : ''}`)
    .replace(/<!--fields\|(.*?)\|(.*?)-->/, fill);
  return new Response(html, { status: 503, headers: page.headers });
}

function isSecret(name) {
  return name !== 'csrf_token' && name.toLowerCase().split('_').some((word) => SECRET.has(word));
}

function fieldOf([name, value], words) {
  const named = `name="${escaped(name)}"`;
  if (!isWritten(value)) return `<input type="hidden" ${named} value="${escaped(value)}">`;
  return `<label class="field"><span class="field-label">${words}</span>
<textarea class="input input-textarea" rows="4" ${named}>\n${escaped(value)}</textarea></label>`;
}

// Words, and many of them: a token is long, too.
function isWritten(value) {
  return value.includes('\n') || (value.length > WRITTEN && value.includes(' '));
}

function fileOf(name, words) {
  return `<label class="field"><span class="field-label">${words}</span>
<input class="input input-file" type="file" name="${escaped(name)}"></label>`;
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
