"""A person who has a keyboard and nothing else."""

from playwright.sync_api import Page

_PATIENCE = 80

# What the focus is on: its name, whether it is on the screen, and whether it shows the focus.
_FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const shown = [element, element.closest('.choice')].filter(Boolean)
    .flatMap(one => [getComputedStyle(one), getComputedStyle(one, '::after')]);
  return {
    name: [
      element.textContent, element.value, element.getAttribute('aria-label'),
      ...[...(element.labels ?? [])].map(label => label.textContent),
      element.closest('fieldset')?.querySelector('legend')?.textContent,
    ].join(' ').replace(/\\s+/g, ' '),
    tag: element.tagName,
    inView: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    outlined: shown.some(style => style.outlineStyle !== 'none' && style.outlineWidth !== '0px'),
  };
}"""


class Keyboard:
    """Presses keys, and looks where each of them leads."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Asked for early: while nobody listens, Chromium opens a dialog that nobody can see.
        page.on("filechooser", lambda _chooser: None)

    def tab_to(self, name: str, tag: str = "") -> None:
        """Press Tab until something of this name has the focus; all on the way shows it."""
        for _press in range(_PATIENCE):
            self.page.keyboard.press("Tab")
            focused = self.focused()
            if focused["tag"] == "BODY":
                continue
            assert focused["inView"], focused
            assert focused["outlined"], focused
            if name in focused["name"] and tag in ("", focused["tag"]):
                return
        raise AssertionError(f"Tab never led to {name}.")

    def focused(self) -> dict:
        return self.page.evaluate(_FOCUSED)

    def follow(self, name: str) -> None:
        """Tab to a link or button, and press it."""
        self.tab_to(name)
        self.page.keyboard.press("Enter")

    def write(self, name: str, text: str) -> None:
        self.tab_to(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose_file(self, name: str, path: str) -> None:
        self.tab_to(name, "INPUT")
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(path)

    def tick(self, name: str) -> None:
        self.tab_to(name, "INPUT")
        self.page.keyboard.press("Space")
