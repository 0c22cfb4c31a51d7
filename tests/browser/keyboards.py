"""A person who uses the keyboard alone: what has the focus, and how to get to what one wants."""

from __future__ import annotations

from playwright.sync_api import Error, Locator, Page, expect

MOST_STEPS = 160
# Milliseconds: a busy machine may take its time, and nothing here measures it.
PATIENCE = 30_000
ATTEMPTS = 4
# The name by which a person would know the element that has the focus.
_FOCUSED = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    const label = element.getAttribute("aria-label") || "";
    const own = (element.innerText || "").split("\\n").filter(line => line.trim());
    return label || own.at(-1) || element.getAttribute("placeholder") || "";
}"""


def focused(page: Page) -> str:
    """The name of the element that has the focus; empty if none has."""
    return str(page.evaluate(_FOCUSED)).strip()


def tab_to(page: Page, name: str) -> None:
    """Nothing, once Tab has brought the focus to the element whose name begins like this."""
    seen: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if seen[-1].startswith(name):
            return
    raise AssertionError(f"Tab does not reach {name!r}; it reaches {list(dict.fromkeys(seen))}")


def choose(page: Page, name: str, taken: Locator) -> None:
    """Nothing, once the option has been typed and taken in the list that has the focus.

    A list closes where the page below it moves, as it does while charts are drawn; a person then tries again.
    Enter takes whatever stands first, so it is pressed only once nothing but the wanted option is left.
    """
    options = page.get_by_role("option")
    for _ in range(ATTEMPTS):
        page.keyboard.press("Control+A")
        page.keyboard.type(name)
        if not appears(options.filter(has_text=name)) or not _is_alone(options):
            continue
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        if appears(taken):
            return
    raise AssertionError(f"{name!r} cannot be chosen")


def appears(wanted: Locator) -> bool:
    """Whether something becomes visible within a while."""
    try:
        wanted.wait_for(timeout=PATIENCE / ATTEMPTS)
    except Error:
        return False
    return True


def _is_alone(options: Locator) -> bool:
    """Whether the list has been narrowed to one option within a while."""
    try:
        expect(options).to_have_count(1, timeout=PATIENCE / ATTEMPTS)
    except AssertionError:
        return False
    return True
