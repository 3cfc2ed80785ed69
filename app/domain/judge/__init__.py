"""The judge: what a new fact means beside the facts of its scope. It decides and never performs.

`ruling` decides over all candidates, by the rules that `comparing` lists; `duplicate` knows duplicates only;
`equality` stands in where the judge is off; `decision` holds the values that come out.
"""

from app.domain.judge.comparing import compare
from app.domain.judge.decision import (
    Comparison,
    Decision,
    Evidence,
    JudgeKind,
    Keep,
    Merge,
    Ruling,
    Supersede,
    Verdict,
)
from app.domain.judge.duplicate import JudgePolicy, judge
from app.domain.judge.equality import compare_words, decide_by_words
from app.domain.judge.ruling import Opinion, compare_all, decide, no_opinion

__all__ = [
    "Comparison",
    "Decision",
    "Evidence",
    "JudgeKind",
    "JudgePolicy",
    "Keep",
    "Merge",
    "Opinion",
    "Ruling",
    "Supersede",
    "Verdict",
    "compare",
    "compare_all",
    "compare_words",
    "decide",
    "decide_by_words",
    "judge",
    "no_opinion",
]
