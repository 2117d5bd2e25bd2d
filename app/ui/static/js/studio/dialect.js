// Passages of our Markdown, as the buttons put them into a lesson. What they say is the lesson's own
// text, to be written over, and so stays Vietnamese. `chosen`: what is selected to be written over.

const ANSWERS = {
  single: '- [ ] Một ý chưa đúng\n- [x] Ý đúng\n- [ ] Một ý chưa đúng khác',
  multiple: '- [x] Ý đúng thứ nhất\n- [ ] Một ý chưa đúng\n- [x] Ý đúng thứ hai',
  short: '= câu trả lời\n= cách viết khác cũng đúng',
  number: '= 113',
  order: '1. Việc làm trước\n2. Việc làm tiếp\n3. Việc làm sau cùng',
  match: '| Việc | Ứng dụng |\n|---|---|\n| Việc thứ nhất | Ứng dụng thứ nhất |\n| Việc thứ hai | Ứng dụng thứ hai |',
};
const ASKED = {
  multiple: 'Câu hỏi? Chọn tất cả ý đúng.',
  order: 'Sắp xếp các việc theo thứ tự?',
  match: 'Ghép mỗi việc với một ứng dụng?',
};
const WHY = '> Vì sao đúng: viết một hai câu giải thích.';

// An id that the text does not have yet: the step's own address and a number.
function freeId(text, stem) {
  let number = 1;
  while (text.includes(`{#${stem}-${number} `) || text.includes(`{#${stem}-${number}}`)) number += 1;
  return `${stem}-${number}`;
}

// `facts`: what stands behind the id in a test, as "skill=K1 lesson=…".
export function question(text, kind, slug, facts = '') {
  const chosen = ASKED[kind] ?? 'Câu hỏi?';
  const id = freeId(text, slug || 'cau');
  return { chosen, text: `### ? ${chosen} {#${id}${facts && ` ${facts}`}}\n${ANSWERS[kind]}\n${WHY}` };
}

export function steps() {
  const chosen = 'Việc cần làm';
  const list = '1. Mở **Cài đặt**.\n\n2. Bấm **tên mục cần chọn**.\n\n3. Xem màn hình hiện ra đúng chưa.';
  return { chosen, text: `/// steps | ${chosen}\n${list}\n///` };
}

// Lines for one group or one kind of machine; blocks inside get a longer fence around them.
export function variant(kind, id, inside) {
  const chosen = inside ? '' : 'Phần chỉ dành cho người này.';
  const longest = Math.max(2, ...(inside ?? '').match(/^\/{3,}/gm)?.map((fence) => fence.length) ?? []);
  const fence = '/'.repeat(longest + 1);
  return { chosen, text: `${fence} ${kind} | ${id}\n${inside ?? chosen}\n${fence}` };
}

const SCENES = {
  message: ['Tin nhắn từ số lạ', '0889 123 xxx', 'Chuc mung! So cua ban trung thuong. Gui ma OTP de nhan qua.'],
  call: ['Cuộc gọi từ số lạ', '0247 300 xxx', 'Tôi gọi từ ngân hàng. Anh chị đọc giúp mã vừa gửi đến máy.'],
  post: ['Bài đăng trên mạng xã hội', 'Trang không có dấu xác nhận', 'Chỉ hôm nay: chuyển trước 200 nghìn, nhận quà 5 triệu.'],
};

const scene = (kind, title, from, words) => `/// drill | ${title}\n    kind: ${kind}\n    from: ${from}\n\n${words}\n///`;

// A scene, then what to do; their threat, then what to do: the least that is a drill.
export function drill(text, kind, slug) {
  const [title, from, words] = SCENES[kind];
  const stem = `${slug || 'tinh-huong'}-tap`;
  const first = question(text, 'single', stem);
  const second = question(`${text}\n${first.text}`, 'single', stem);
  const parts = [
    scene(kind, title, from, words), first.text,
    scene(kind, 'Họ dọa', from, 'Không làm ngay thì tài khoản bị khóa!'), second.text,
  ];
  return { chosen: words, text: parts.join('\n\n') };
}

// A picture takes the place of its own line; under a numbered act it belongs to the act.
export function pictureAt(line, markdown) {
  return /^(\d+\. | {4})/.test(line) ? `    ${markdown}` : markdown;
}

export const pictureMarkdown = (alt, path) => `![${alt.replace(/\s+/g, ' ').trim().replace(/[[\]\\]/g, '\\$&')}](${/[\s()]/.test(path) ? `<${path}>` : path})`;
