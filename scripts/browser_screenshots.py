"""Takes the pictures of `docs/howto/browser.md`: example memories in the real Neo4j Browser.

    uv run --frozen --with websockets python -m scripts.browser_screenshots

Run it from the checkout. It starts `./loci serve` on an empty directory, stores the example through the
API, opens the addresses that `./loci browser` prints in a headless Chromium (on Debian:
`apt-get install chromium`), and writes PNG files into `docs/images/`.
"""

import re
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from scripts import example_memories
from scripts.headless_chromium import Page, opened
from tests.e2e import command
from tests.e2e.command import ROOT, LociProcess

_IMAGES = ROOT / "docs" / "images"
_FIRST_FRAME = "[data-testid=frame]"
_NODES = f"{_FIRST_FRAME} g.node"
_CONNECTED = "document.body?.innerText.includes('You are connected')"
_FOLDER = "[...document.querySelectorAll('*')].filter(one => one.textContent.trim() === 'Loci').at(-1)"
_ALL_SET = (
    f"document.querySelector('{_FIRST_FRAME}').innerText.includes(':param words') && "
    "[...document.querySelectorAll('[data-testid=multi-statement-list-icon]')]"
    ".every(one => one.title === 'Status: success')"
)
_QUIET_SECONDS = 1.0
_MOST_BYTES = 300_000


def main() -> None:
    """Take all pictures."""
    _IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="loci-pictures-") as directory:
        loci = LociProcess(data_dir=Path(directory) / "data")
        loci.start()
        try:
            with loci.client(_first_key(loci)) as client:
                ids = example_memories.store(client)
            with opened(width=1360, height=860) as page:
                _take_all(page, loci, ids, Path(directory))
        finally:
            loci.stop()


def _first_key(loci: LociProcess) -> str:
    return re.findall(r"loci_[0-9a-f]{64}", loci.output())[0]


def _take_all(page: Page, loci: LociProcess, ids: Mapping[str, str], scratch: Path) -> None:
    user = f"user_id={example_memories.USER_ID}"
    _log_in(page, loci, "memories_of_user", user)
    _draw(page, "browser-memories-of-user")
    between = (f"memory_id={ids['mill prices']}", f"other_id={ids['second bakery']}")
    for picture, query, *values in [
        ("browser-memories-of-team", "memories_of_team", f"team={example_memories.TEAM_SLUG}"),
        ("browser-strongest-links", "strongest_links"),
        ("browser-path-between", "path_between", *between),
        ("browser-schema", "schema"),
    ]:
        page.go(_printed(loci, query, *values)["address"])
        _draw(page, picture)
    page.go(_printed(loci)["address"])
    _show_favorites(page, scratch / "loci.zip")


def _log_in(page: Page, loci: LociProcess, query: str, *values: str) -> None:
    printed = _printed(loci, query, *values)
    page.go(printed["address"])
    page.wait_for("document.querySelector('[data-testid=username]')?.value")
    _settle(page, "[data-testid=connect]:enabled")
    _save(page, "browser-login")
    page.evaluate("document.querySelector('[data-testid=password]').focus()")
    page.type(printed["password"])
    page.click("[data-testid=connect]")
    page.wait_for(_CONNECTED)
    page.drop(Path(printed["style"].removesuffix(", to drop onto the page")), onto=".filedrop")
    page.wait_for("document.body?.innerText.includes('node.Memory')")


def _printed(loci: LociProcess, *arguments: str) -> Mapping[str, str]:
    name, *values = arguments or ("",)
    given = [part for value in values for part in ("--set", value)]
    done = command.run("browser", *filter(None, [name]), *given, "--print", LOCI_DATA_DIR=loci.data_dir)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return dict(re.findall(r"^(\w+) +(.*)$", done.stdout, re.MULTILINE))


def _draw(page: Page, picture: str) -> None:
    page.wait_for(_CONNECTED)
    page.wait_for("document.querySelector('.view-line')?.innerText.startsWith('//')")
    page.click("[data-testid=editor-Run]")
    page.wait_for(f"document.querySelectorAll('{_NODES}').length > 1")
    page.click(f"{_FIRST_FRAME} [title=Fullscreen]")
    _fit(page)
    _save(page, picture)


def _fit(page: Page) -> None:
    page.click(f"{_FIRST_FRAME} [aria-label^=Collapse]")
    _settle(page, _NODES)
    page.click(f"{_FIRST_FRAME} [aria-label='zoom-to-fit']")
    _settle(page, _NODES)


def _settle(page: Page, selector: str) -> None:
    """Wait until there is something that the selector finds, and it has stopped moving."""
    places = (
        f"[...document.querySelectorAll('{selector}')]"
        ".map(one => one.getBoundingClientRect()).map(one => [one.x, one.y]).join()"
    )
    before = ""
    while not before or before != page.evaluate(places):
        before = page.evaluate(places)
        time.sleep(_QUIET_SECONDS)


def _show_favorites(page: Page, file: Path) -> None:
    done = command.run("browser", "--favorites", str(file))
    if done.returncode:
        raise RuntimeError(done.stderr)
    page.wait_for("document.querySelector('.filedrop')")
    page.drop(file, onto=".filedrop")
    page.click("[data-testid=navigationFavorites] button")
    page.wait_for("document.body?.innerText.includes('Local scripts')")
    page.wait_for(_FOLDER)
    page.evaluate(f"{_FOLDER}.click()")
    _play(page, "1. Set the values")
    page.wait_for(_ALL_SET)
    _play(page, "Strongest links")
    page.wait_for(f"document.querySelectorAll('{_NODES}').length > 1")
    _fit(page)
    _save(page, "browser-favorites")


def _play(page: Page, favorite: str) -> None:
    """Run a favorite, as the arrow at its right does."""
    title = f'[data-testid="scriptTitle-{favorite}"]'
    page.wait_for(f"document.querySelector('{title}')")
    row = f"document.querySelector('{title}').closest('[data-testid=savedScriptListItem]')"
    arrow = f"[...{row}.querySelectorAll('svg')].at(-1).parentElement"
    page.evaluate(f"{arrow}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")


def _save(page: Page, name: str) -> None:
    file = _IMAGES / f"{name}.png"
    page.picture(file)
    size = file.stat().st_size
    print(f"{file.relative_to(ROOT)}  {size:,} bytes")
    if size > _MOST_BYTES:
        sys.exit(f"{file} is larger than {_MOST_BYTES:,} bytes")


if __name__ == "__main__":
    main()
