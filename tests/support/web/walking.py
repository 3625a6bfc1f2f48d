"""Walking through the application as a person does: at a desk with a mouse, or on a phone's width by keyboard alone.

Both walkers know the same few verbs, so that one journey reads the same for both. Whatever page they come to is looked
at: WCAG by axe, width, heading, title, what the browser complained about, and whether another host was asked.
"""

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from support.browser import check_accessible, check_fits

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_WAIT_MS = 20_000
_MOST_TABS = 400

#: What stands under the focus: nothing is wrong where it can be seen and is marked.
_FOCUS = """target => {
  const here = document.activeElement, look = getComputedStyle(here), box = here.getBoundingClientRect();
  const marked = [here, here.parentElement, here.nextElementSibling].filter(Boolean).some(one =>
    ['', '::before'].some(part => { const s = getComputedStyle(one, part || null);
      return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; }));
  const shown = here === document.body || (box.bottom > 0 && box.top < innerHeight && box.right > 0);
  return {there: here === target, what: here.outerHTML.slice(0, 120),
          fault: here === document.body ? '' : !marked ? 'is not marked' : !shown ? 'is out of sight' : ''};
}"""

#: Whether pressing this opens a page, and changes more than the one that is open.
_LEADS_AWAY = """one => one.tagName === 'A' ? one.hasAttribute('href') && !one.getAttribute('href').startsWith('#')
  : one.type === 'submit' && !!one.form && !one.hasAttribute('hx-post')"""

#: What is asked of every page, in one go.
_SEEN = """() => ({headings: [...document.querySelectorAll('h1')].map(one => one.innerText),
  title: document.title.trim(), refused: document.querySelector('.govuk-error-summary') !== null})"""

#: What a browser without a graphics card says of every map: no complaint of the page.
_DRIVER = "GL Driver Message"


class Walker:
    """One person before one window, with a mouse."""

    width, height = 1280, 900
    manner, suffix = "wide", ""

    def __init__(self, page: Any, address: str, looked_at: set[tuple[str, bool]]) -> None:
        self.page, self.address, self.looked_at = page, address, looked_at
        self.complaints: list[str] = []
        self.presses = 0
        self.clicks = 0
        self.seconds_looking = 0.0  # of the checks' own: no person spends them
        self.expected: tuple[str, ...] = ()
        page.set_default_timeout(_WAIT_MS)
        page.on("console", lambda said: said.type in ("error", "warning") and self.complain(said.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("request", lambda request: self._check_host(request.url))
        page.on("response", lambda got: got.status >= 400 and self.complain(f"{got.status} {got.url}"))

    def complain(self, text: str) -> None:
        if not any(each in text for each in (*self.expected, _DRIVER)):
            self.complaints.append(text)

    def _check_host(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and not url.startswith(self.address):
            self.complain(f"another host was asked: {url}")

    # Going about

    def go(self, place: str) -> None:
        """Open an address of the site, as from a bookmark or a link in a mail."""
        self.page.goto(place if place.startswith("http") else self.address + place)
        self.look()

    def press(self, name: str, *, role: str = "", within: str = "") -> None:
        """Press the link or button that is called so, and wait for what comes."""
        target = self.find_pressable(name, role=role, within=within)
        if target is None and name != "Menu" and self.find_pressable("Menu"):
            self.press("Menu")
            target = self.find_pressable(name, role=role, within=within)
        assert target is not None, f"nothing called {name!r} can be pressed on {self.page.url}\n{self.text[:3000]}"
        self.clicks += 1
        if target.evaluate(_LEADS_AWAY):
            # Not expect_navigation: htmx rewrites the history of the page that is left, and that counts as one too.
            with self.page.expect_event("load"):
                self._press(target)
        else:
            self._press(target)
        self.look()

    def unfold(self, name: str) -> None:
        """Open what is folded away behind this line, where it is closed."""
        line = self.page.locator("summary", has_text=name).first
        if not line.evaluate("one => one.parentElement.open"):
            self.clicks += 1
            self._press(line)

    def find_pressable(self, name: str, *, role: str = "", within: str = "") -> Any:
        """The link or button of this name, or else the one whose name begins so; none where it is not in sight."""
        where = self.page.locator(within).first if within else self.page
        kinds = [role] if role else ["button", "link"]
        for kind in kinds:
            found = where.get_by_role(kind, name=name, exact=True)
            if found.count():
                return found.first
        for kind in kinds:
            found = where.get_by_role(kind, name=re.compile(rf"^{re.escape(name)}"))
            if found.count():
                return found.first
        return None

    def download(self, name: str) -> Path:
        """Press what hands out a file; where the file is."""
        with self.page.expect_download() as coming:
            self._press(self.find_pressable(name))
        return Path(coming.value.path())

    def type_into(self, label: str, text: str) -> None:
        """Replace what stands in the box of this label."""
        box = self.find_box(label)
        self._reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text) if text else self.page.keyboard.press("Delete")
        self.presses += 1 + max(1, len(text))

    def find_box(self, label: str) -> Any:
        """The box of this label, or of this name where it is given as [name=…]: its label is the plan's own words."""
        if label.startswith("["):
            return self.page.locator(label).first
        exact = self.page.get_by_label(label, exact=True)
        return exact.first if exact.count() else self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def choose(self, label: str, option: str) -> None:
        """Choose from a list that drops down."""
        box = self.find_box(label)
        self._choose(box, option)
        assert box.evaluate("box => box.selectedOptions[0].textContent.trim()") == option

    def tick(self, label: str) -> None:
        """Tick a box or choose one of several."""
        box = self.find_box(label)
        self._tick(box)
        assert box.is_checked(), label

    def attach(self, label: str, *files: Path) -> None:
        """Choose files as the dialogue of the machine would."""
        box = self.find_box(label)
        with self.page.expect_file_chooser() as chosen:
            self._press(box)
        chosen.value.set_files([str(file) for file in files])

    def type_date(self, label: str, day: Any) -> None:
        """Type a date into the three boxes of a group."""
        group = self.page.get_by_role("group", name=re.compile(rf"^\s*{re.escape(label)}")).first
        for name, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            box = group.get_by_label(name, exact=True)
            self._reach(box)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(str(number))
            self.presses += 1 + len(str(number))

    def _press(self, target: Any) -> None:
        target.click()

    def _reach(self, target: Any) -> None:
        target.click()

    def _tick(self, box: Any) -> None:
        box.check()

    def _choose(self, box: Any, option: str) -> None:
        box.select_option(label=option)

    # Seeing

    @property
    def heading(self) -> str:
        return str(self.page.locator("h1").inner_text())

    @property
    def text(self) -> str:
        return str(self.page.locator("main").inner_text())

    def reads(self, *texts: str) -> None:
        """The page says all of this, or says it soon."""
        for text in texts:
            try:
                self.page.locator("body").get_by_text(text).first.wait_for(timeout=_WAIT_MS)
            except Exception as error:
                raise AssertionError(f"{self.page.url} does not say {text!r}; it says:\n{self.text[:4000]}") from error

    def does_not_read(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.text, f"{self.page.url} says {text!r}"

    def stands_at(self, heading: str) -> None:
        assert self.heading == heading, f"{self.page.url} is headed {self.heading!r}\n{self.text[:3000]}"

    def look(self, *, again: bool = False) -> bool:
        """Hold the page to what every page must be. Answers whether nobody had looked at one of its kind before.

        axe takes half a second: it is asked once of each kind of page, and once more where the page refuses something.
        """
        began = time.monotonic()
        seen = self.page.evaluate(_SEEN)
        heads = seen["headings"]
        assert len(heads) == 1, f"{self.page.url} has the headings {heads}\n{self.page.content()[:2000]}"
        assert seen["title"], f"{self.page.url} has no title"
        check_fits(self.page)
        place = (_ID.sub("…", urlsplit(self.page.url).path), seen["refused"])
        is_new = place not in self.looked_at
        if again or is_new:
            self.looked_at.add(place)
            check_accessible(self.page)
        self.check_silent()
        self.seconds_looking += time.monotonic() - began
        return is_new

    def check_silent(self) -> None:
        assert not self.complaints, f"{self.page.url}: {self.complaints}"


class KeyboardWalker(Walker):
    """The same person at 320 px and without a mouse: everything is reached by the tab key, and seen when reached."""

    width, height = 320, 800
    manner, suffix = "keys", "-narrow"

    def _press(self, target: Any) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")
        self.presses += 1

    def _reach(self, target: Any) -> None:
        target.wait_for()
        element = target.element_handle()
        if self.page.evaluate(_FOCUS, element)["there"]:
            return
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            self.presses += 1
            found = self.page.evaluate(_FOCUS, element)
            assert not found["fault"], f"{self.page.url}: the focus {found['fault']} on {found['what']}"
            if found["there"]:
                return
        raise AssertionError(f"the tab key never comes to {target} on {self.page.url}")

    def _tick(self, box: Any) -> None:
        if box.get_attribute("type") == "radio":
            self._choose_radio(box)
            return
        self._reach(box)
        if not box.is_checked():
            self.page.keyboard.press("Space")
            self.presses += 1

    def _choose(self, box: Any, option: str) -> None:
        self._reach(box)
        texts = [text.strip() for text in box.locator("option").all_inner_texts()]
        steps = texts.index(option) - box.evaluate("box => box.selectedIndex")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.presses += abs(steps)

    def _choose_radio(self, box: Any) -> None:
        """The tab key comes to one of the group; arrows go on from it."""
        name = box.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        chosen = group.and_(self.page.locator(":checked"))
        self._reach(chosen.first if chosen.count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
            self.presses += 1
