"""Bars with intervals as an SVG, for light pages and dark ones. Pure functions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax import saxutils

from app.cli.evaluation.recall.bootstrap import Estimate

_WIDTH, _LABELS, _FIGURES = 780, 190, 156
_BAR, _STEP, _HEAD, _GAP = 14, 22, 34, 14
_STYLE = """
text{font:13px system-ui,sans-serif;fill:#1f2933}
.title{font-weight:600}
.axis{stroke:#9aa5b1}
.bar{fill:#7aa7d9}
.best{fill:#2b6cb0}
.interval{stroke:#1f2933;stroke-width:1.5}
@media (prefers-color-scheme:dark){
text{fill:#e4e7eb}
.axis{stroke:#616e7c}
.bar{fill:#4a6f9c}
.best{fill:#63b3ed}
.interval{stroke:#e4e7eb}
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A share in [0, 1] with its interval; the one that the panel is about `stands_out`."""

    label: str
    share: Estimate
    stands_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Bars under one title, from top to bottom."""

    title: str
    bars: Sequence[Bar]


def svg(panels: Sequence[Panel]) -> str:
    """The panels below each other, every bar from 0 to 100 %.

    >>> svg([])[:4]
    '<svg'
    """
    drawn: list[str] = []
    top = _GAP
    for panel in panels:
        drawn += _panel(panel, top)
        top += _height(panel)
    size = f'width="{_WIDTH}" height="{top}" viewBox="0 0 {_WIDTH} {top}"'
    heading = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([heading, f"<style>{_STYLE}</style>", *drawn, "</svg>\n"])


def _height(panel: Panel) -> int:
    return _HEAD + _STEP * len(panel.bars) + _GAP


def _panel(panel: Panel, top: int) -> Iterator[str]:
    yield _text(panel.title, x=0, y=top + 14, kind="title")
    bottom = top + _HEAD + _STEP * len(panel.bars) - (_STEP - _BAR) / 2
    yield _line(_LABELS, top + _HEAD - 6, _LABELS, bottom, kind="axis")
    for number, bar in enumerate(panel.bars):
        yield from _bar(bar, top + _HEAD + _STEP * number)


def _bar(bar: Bar, top: int) -> Iterator[str]:
    middle = top + _BAR / 2
    kind = "best" if bar.stands_out else "bar"
    share = bar.share
    length = _x(share.value) - _LABELS
    yield _text(bar.label, x=0, y=middle + 4.5)
    yield f'<rect class="{kind}" x="{_LABELS}" y="{top}" width="{length:.1f}" height="{_BAR}"/>'
    yield _line(_x(share.low), middle, _x(share.high), middle, kind="interval")
    for end in (share.low, share.high):
        yield _line(_x(end), middle - 3, _x(end), middle + 3, kind="interval")
    figures = f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})".replace("%", "")
    yield _text(figures, x=_WIDTH - _FIGURES, y=middle + 4.5)


def _x(share: float) -> float:
    return _LABELS + share * (_WIDTH - _LABELS - _FIGURES - _GAP)


def _line(x1: float, y1: float, x2: float, y2: float, *, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(text: str, *, x: float, y: float, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}">{saxutils.escape(text)}</text>'
