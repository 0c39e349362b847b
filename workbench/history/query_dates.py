"""Dates and lengths of time as people type them. Pure functions, any thread."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_UNITS = {"min": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}


def date_span(text: str, now: datetime) -> tuple[int, int]:
    """The span that a date means, [start, end) in microseconds since the Unix epoch.

    A year, a month, a day, a minute or a second; `today` and `yesterday`. In the zone of `now`.

    Raises:
        ValueError: it is no date.
    """
    word = text.strip().lower()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if word in ("today", "yesterday"):
        start = midnight - timedelta(days=int(word == "yesterday"))
        return _us(start, now), _us(start + timedelta(days=1), now)
    match = re.fullmatch(
        r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[t_](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?", word
    )
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (None if g is None else int(g) for g in match.groups())
    start = midnight.replace(
        year=year or 0, month=month or 1, day=day or 1,
        hour=hour or 0, minute=minute or 0, second=second or 0,
    )  # fmt: skip
    try:
        if month is None:
            end = start.replace(year=start.year + 1)
        elif day is None:
            end = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        elif hour is None:
            end = start + timedelta(days=1)
        else:
            end = start + timedelta(seconds=60 if second is None else 1)
        return _us(start, now), _us(end, now)
    except (OverflowError, OSError) as error:
        raise ValueError(text) from error


def age_us(text: str) -> int:
    """A length of time like 90min, 2h, 7d or 1.5w, in microseconds.

    Raises:
        ValueError: it is none, or longer than a thousand years.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(min|h|d|w)", text.strip().lower())
    if match is None:
        raise ValueError(text)
    seconds = float(match[1]) * _UNITS[match[2]]
    if seconds > 1000 * 366 * 86_400:
        raise ValueError(text)
    return int(seconds * 1e6)


def _us(moment: datetime, now: datetime) -> int:
    """The clock's time in the zone of `now`; a machine's own zone knows summer time."""
    local = moment.replace(tzinfo=None)
    own = datetime.fromtimestamp(now.timestamp()).astimezone()
    if now.utcoffset() == own.utcoffset():
        return round(local.astimezone().timestamp() * 1e6)
    return round(local.replace(tzinfo=now.tzinfo).timestamp() * 1e6)
