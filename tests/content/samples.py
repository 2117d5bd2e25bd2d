"""The files of a small sound course."""

from collections.abc import Callable
from pathlib import Path

Write = Callable[[str, str | bytes], Path]

PROGRAMME = """\
frameworks:
  nguoi-dan: Người dân
groups:
  - {id: nguoi-dan, title: Người dân, framework: nguoi-dan, address: "anh chị"}
  - {id: nguoi-cao-tuoi, title: Người cao tuổi, framework: nguoi-dan, address: bác}
skills:
  K1: Dịch vụ công trực tuyến
  K4: Tự bảo vệ trên không gian mạng
indicators:
  - {id: nguoi-truong-thanh, title: Người lớn, denominator: Người từ đủ 18 tuổi,
     place: residence, min_age: 18, courses: [c4-thu]}
"""
COURSE = """\
---
title: Khóa thử
summary: Học cho biết.
code: C4
audience: [nguoi-dan]
hours: 1.5
skills: [K1, K4]
outcomes: [Gọi được tổng đài]
reviewed: 2026-11-23
author: Ban biên soạn
licence: CC BY-SA 4.0
status: published
---
Lời **giới thiệu**.
"""
MODULE = "---\ntitle: Phần một\nsummary: Làm quen\n---\n"
LESSON = """\
---
title: Bài đầu
minutes: 5
skill: K4
---
## Mở đầu

Xin chào.

### ? Ai hỏi mã OTP thì đưa? {#otp-1}
- [ ] Ngân hàng
- [x] Không ai cả
> Ngân hàng không bao giờ hỏi mã.

## Kết

Hẹn gặp lại.
"""
TEST = """\
---
title: Bài kiểm tra
kind: test
minutes: 20
pass: 80
draw: {K1: 1, K4: 1}
attempts: 5
wait: 15
---
Làm chậm thôi.

### ? Gọi số nào? {#goi-1 skill=K1 lesson=bai-dau}
= 1022
> Tổng đài của thành phố.

### ? Làm gì? {#lam-1 skill=K4 lesson=bai-dau}
- [ ] Đọc mã
- [x] Tắt máy
> Tắt máy là xong.
"""
