"""Measures of a page: what came over the line, and how large its targets are."""

from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import Page

SMALLEST_TARGET = 48
# A link inside a sentence is as tall as its line; whatever stands alone has to be met by a finger.
TARGETS = """(least) => {
  const found = [];
  const everything = 'a[href], button, select, summary, textarea, input:not([type=hidden])';
  for (const element of document.querySelectorAll(everything)) {
    const target = element.closest('label') || element;
    if (!element.checkVisibility({visibilityProperty: true}) || element.matches('.skip')) continue;
    const inSentence = target.matches('a')
      && getComputedStyle(target).display === 'inline'
      && target.closest('p, li, td, dt, dd, div').innerText.trim() !== target.innerText.trim();
    const box = target.getBoundingClientRect();
    if (!inSentence && (box.height < least || box.width < least))
      found.push([box.width | 0, box.height | 0, target.outerHTML.slice(0, 110)].join(' '));
  }
  return found;
}"""


def small_targets(page: Page, address: str) -> list[str]:
    """What a finger would miss on a page: links that stand alone, buttons and fields."""
    page.goto(address)
    found: list[str] = page.evaluate(TARGETS, SMALLEST_TARGET)
    return found


@dataclass
class Traffic:
    """What one visit asked the server for; bytes with headers, nothing for what was kept."""

    addresses: list[str] = field(default_factory=list)
    size: int = 0

    @classmethod
    def of(cls, page: Page, address: str) -> Self:
        """Go to an address and count until the line is quiet."""
        traffic = cls()
        wire = page.context.new_cdp_session(page)
        wire.on("Network.responseReceived", traffic._asked)
        wire.on("Network.loadingFinished", traffic._came)
        wire.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        wire.detach()
        return traffic

    def _asked(self, event: dict[str, Any]) -> None:
        response = event["response"]
        kept = response.get("fromDiskCache") or response.get("fromPrefetchCache")
        if not response["url"].startswith("data:") and not kept:
            self.addresses.append(response["url"])

    def _came(self, event: dict[str, Any]) -> None:
        self.size += int(event["encodedDataLength"])
