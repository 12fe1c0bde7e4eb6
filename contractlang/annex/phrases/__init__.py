"""Every sentence and phrase of the annex, in both languages: key to (English, Dutch)."""

from __future__ import annotations

from contractlang.annex.phrases.conditions import CONDITIONS
from contractlang.annex.phrases.data import DATA
from contractlang.annex.phrases.frame import FRAME
from contractlang.annex.phrases.heads import HEADS
from contractlang.annex.phrases.limits import LIMITS
from contractlang.annex.phrases.lists import LISTS
from contractlang.annex.phrases.values import VALUES

PHRASES: dict[str, tuple[str, str]] = {**FRAME, **VALUES, **CONDITIONS, **HEADS, **LIMITS, **LISTS, **DATA}
