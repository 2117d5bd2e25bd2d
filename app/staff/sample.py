"""The sample roster that offices fill in."""

from app.lib.spreadsheets import write_xlsx
from app.staff.roster import sample_headings

WIDTHS = (6, 28, 14, 18, 16, 24, 30, 18)
BLANK_LINES = 50
TITLE_LINES = (
    "DANH SÁCH ĐƠN VỊ",
    "Chỉ bắt buộc cột Họ và tên. Ngày sinh ghi như 05/03/1961, hoặc chỉ năm 1961.",
    "Đơn vị: ghi tên hoặc mã phòng, ban trong đơn vị; để trống là cả đơn vị.",
)


def sample_file() -> bytes:
    """An XLSX with the headings and blank lines whose cells are text, so zeros are kept."""
    headings = sample_headings()
    blank = [(number, *[""] * (len(headings) - 1)) for number in range(1, BLANK_LINES + 1)]
    return write_xlsx(TITLE_LINES, headings, blank, WIDTHS, text_columns=range(1, len(headings)))
