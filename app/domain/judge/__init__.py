"""The judge: what a new fact means beside the facts of its scope. It decides and never performs.

`duplicate` says when two texts are one fact; `decision` holds the values that come out.
"""

from app.domain.judge.decision import Decision, Keep, Merge
from app.domain.judge.duplicate import JudgePolicy, judge

__all__ = ["Decision", "JudgePolicy", "Keep", "Merge", "judge"]
