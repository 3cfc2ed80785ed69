"""A headless Chromium, spoken to over its own debugging protocol: pages, keys, dropped files, pictures."""

import base64
import contextlib
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from websockets.sync.client import ClientConnection, connect

_SECONDS = 60.0
_POLL_SECONDS = 0.1
_DEVTOOLS = re.compile(r"DevTools listening on ws://([^/]+)/")


class Page:
    """One tab, of a fixed size in CSS pixels."""

    def __init__(self, connection: ClientConnection, *, width: int, height: int) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.send("Page.enable")
        self.send("Runtime.enable")
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer."""
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=_SECONDS))
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def go(self, url: str) -> None:
        """Open an address."""
        self.send("Page.navigate", url=url)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Poll until a JavaScript expression is true. Raises: TimeoutError."""
        deadline = time.monotonic() + _SECONDS
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"still not true after {_SECONDS:.0f} s: {expression}")
            time.sleep(_POLL_SECONDS)

    def click(self, selector: str) -> None:
        """Click what a CSS selector finds first, once it is there."""
        self.wait_for(f"document.querySelector({json.dumps(selector)})")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.send("Input.insertText", text=text)

    def drop(self, file: Path, *, onto: str) -> None:
        """Drop a file as from a file manager."""
        content = base64.b64encode(file.read_bytes()).decode()
        self.evaluate(
            f"""(() => {{
              const bytes = Uint8Array.from(atob("{content}"), one => one.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], {json.dumps(file.name)}));
              const target = document.querySelector({json.dumps(onto)});
              for (const kind of ["dragenter", "dragover", "drop"])
                target.dispatchEvent(new DragEvent(kind, {{bubbles: true, dataTransfer: transfer}}));
            }})()"""
        )

    def picture(self, file: Path) -> None:
        """Save what is seen as PNG."""
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=False)
        file.write_bytes(base64.b64decode(answer["data"]))


@contextlib.contextmanager
def opened(*, width: int, height: int) -> Generator[Page]:
    """A page of a fresh Chromium, which ends with the context."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise FileNotFoundError("no Chromium found; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory(prefix="loci-chromium-", ignore_cleanup_errors=True) as profile:
        arguments = [
            program, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}",
            # A root user and a container have no sandbox; the only pages opened are our own.
            "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--hide-scrollbars", "--force-color-profile=srgb", "about:blank",
        ]  # fmt: skip
        process = subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True)  # noqa: S603  # fixed
        try:
            with connect(_page_address(process), max_size=None) as connection:
                yield Page(connection, width=width, height=height)
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _page_address(process: "subprocess.Popen[str]") -> str:
    for line in process.stderr or ():
        if found := _DEVTOOLS.search(line):
            with urlopen(f"http://{found[1]}/json/list", timeout=_SECONDS) as answer:
                pages = [one for one in json.load(answer) if one["type"] == "page"]
            address: str = pages[0]["webSocketDebuggerUrl"]
            return address
    raise RuntimeError("Chromium ended before it could be spoken to")
