"""The desk of a curator in a browser: a copy of the tables, the hands of somebody at it, and reports to read."""

import csv
import hashlib
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from curation.refusals import FILES
from tests.support import ROOT
from tests.support.browser import Window, settled
from tests.support.server import running

SHORT = "Shells hit a market\n\nThree people were killed on 3 May 2020 in Saraqib. The market is two years old.\n"
PAPER = {"publisher_id": "trtworld", "kind": "news_report", "language": "en", "published": "2020-05-04"}


@contextmanager
def desk(folder: Path) -> Iterator[str]:
    """Start a desk on a copy of the tables; give its address."""
    options = ["--server.maxUploadSize=20"]
    folders = {"DATASETS_DIR": folder / "tables", "REPORTS_DIR": folder / "reports", "DRAFTS_DIR": folder / "drafts"}
    with running("curation/desk/desk.py", options, **folders) as address:
        yield address


def renew(folder: Path) -> Path:
    """Leave a folder with a copy of the tables, and with no report's text and no draft."""
    for name in ("tables", "reports", "drafts"):
        for path in (folder / name).rglob("*"):
            if path.is_file():
                path.unlink()
        (folder / name).mkdir(exist_ok=True)
    for name in FILES:
        shutil.copy(ROOT / "datasets" / name, folder / "tables")
    return folder


class Hands:
    """What a person does at the desk, and how often."""

    def __init__(self, window: Window, folder: Path) -> None:
        self.window, self.page, self.folder, self.actions = window, window.page, folder, 0

    def opens(self, path: str) -> None:
        """Open a page at the desk, and wait until it stands."""
        self.page.goto(self.window.address + path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the page stands."""
        settled(self.page)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def click(self, name: str, role: Literal["button", "link"] = "button") -> None:
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()

    def fill(self, label: str, words: str) -> None:
        self.actions += 1
        field = self.page.get_by_label(label, exact=True).locator("visible=true").first
        field.fill(words)
        field.press("Tab")
        self.settle()

    def presses_at_once(self, label: str, words: str, button: str) -> None:
        """Type into a field and press a button before a run of the script has seen what was typed."""
        self.page.get_by_label(label, exact=True).locator("visible=true").first.fill(words)
        self.click(button)

    def decided(self) -> int:
        """Return how many numbers have a decision, once the page stands."""
        self.settle()
        return int(self.page.get_by_test_id("stProgress").inner_text().split()[0])

    def in_front(self, decided: int | None = None) -> None:
        """Wait until the form of the number that the address names is there, or every number has a decision.

        `decided`: how many numbers have one then.
        """
        self.page.wait_for_function(
            """(decided) => {
                const said = document.querySelector('[data-testid=stProgress]')?.innerText;
                if (decided !== null && !said?.startsWith(decided + ' ')) { return false; }
                const open = said?.match(/, (\\d+) open/);
                const at = new URLSearchParams(location.search).get('at');
                if (open && open[1] === '0' && !at) { return document.body.innerText.includes('Every number is accounted for'); }
                return open && document.querySelector(at ? '.st-key-not-used-' + at : '[class*=st-key-not-used-]');
            }""",
            arg=decided,
            polling=50,
        )
        self.settle()

    def decides(self, key: str, *, by_key: bool = False) -> None:
        """Press the button of a decision, or its key, and wait until the next number is in front."""
        self.in_front()
        before = self.decided()
        if by_key:
            self.press(key)
        else:
            self.actions += 1
            self.page.locator(
                {"s": "[class*=st-key-claim-] button", "d": "[class*=st-key-not-used-] button"}[key]
            ).click()
        self.in_front(before + 1)

    def brings_in(self, words: str) -> None:
        """Paste a text and say where it is from."""
        self.opens("/?reader=Ana")
        self.actions += 1
        self.page.get_by_text("Bring in a report").click()
        self.fill("Or paste the text, a paragraph a line", words)
        self.fill("Publisher", "The Example Courier")
        self.fill("Title, as printed", "Shells hit market in Saraqib")
        self.fill("Published (YYYY-MM-DD, or less)", "2020-05-04")
        self.fill("Address", "https://example.org/courier/saraqib")
        self.click("Add this report")
        self.page.get_by_role("heading", name="Reading").wait_for()

    def reads_all(self, not_claims: Collection[str] = ()) -> None:
        """Decide on every number as it is suggested, but for those that are no claims."""
        while True:
            self.in_front()
            if self.page.get_by_text("Every number is accounted for").count():
                return
            suggested = self.page.get_by_text("Suggested: ").inner_text()
            around = self.page.get_by_test_id("stText").first.inner_text()
            claim = "a claim" in suggested and not any(words in around for words in not_claims)
            self.decides("s" if claim else "d")

    def is_done(self) -> None:
        """Say that the reading is done, and go to what would be public."""
        for button in ("I am done", "Look at what would be public"):
            self.page.get_by_role("button", name=button).wait_for()  # a key before its button is there is not heard
            self.settle()
            self.press("Enter")
        self.page.get_by_text("Every rule was checked.").wait_for()
        self.settle()

    def publishes(self) -> None:
        self.settle()  # a press while the page is still made would be for what it showed before
        self.click("Make it public")
        self.page.get_by_text("It is public.").wait_for()


def add_report(folder: Path, source_id: str, words: str, **cells: str) -> None:
    """Put a report in the tables, with its text."""
    (folder / "reports" / f"{source_id}.txt").write_text(words, encoding="utf-8")
    listed = rows(folder, "sources")
    digest = hashlib.sha256(words.encode()).hexdigest()
    new = PAPER | {"source_id": source_id, "short_name": source_id, "title": "Shells", "text_sha256": digest} | cells
    listed = sorted(
        [*listed, dict.fromkeys(listed[0], "") | new | {"url": f"https://example.org/{source_id}"}],
        key=lambda row: row["source_id"],
    )
    with (folder / "tables" / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)


def drafted(folder: Path, words: str) -> bool:
    """Whether a draft beside the tables holds these words."""
    return any(words in file.read_text(encoding="utf-8") for file in folder.glob("drafts/*/*.jsonl"))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
