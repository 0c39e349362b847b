"""Operators in templates: what a result will take up is worked out before it is made."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from workbench.templates.bound_methods import percent
from workbench.templates.provenance import Traced, concat
from workbench.templates.safe_text import SafeText, joined, safe

if TYPE_CHECKING:
    from workbench.templates.sandbox import SandboxEnvironment


def calculate(env: SandboxEnvironment, sign: str, left: Any, right: Any) -> Any:
    """`left sign right`, for the signs that the sandbox intercepts."""
    if sign == "+":
        return add(env, left, right)
    if sign == "*":
        return _multiply(env, left, right)
    if sign == "%" and isinstance(left, str):
        return percent(env.guard, left, right)
    if sign == "**" and isinstance(left, int) and isinstance(right, int):
        env.guard.bits(left.bit_length() * abs(right))
    return env.settled(env.binop_table[sign](left, right), ())


def add(env: SandboxEnvironment, left: Any, right: Any) -> Any:
    """`left + right`."""
    if isinstance(left, str) and isinstance(right, str):
        env.guard.made_text(len(left) + len(right))
        result = joined(left, right)
        env.guard.room_for(len(result))
        return result
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        env.guard.room_for_items(len(left) + len(right))
    return env.settled(operator.add(left, right), ())


def _multiply(env: SandboxEnvironment, left: Any, right: Any) -> Any:
    if isinstance(left, int) and not isinstance(right, int | float):
        left, right = right, left
    if isinstance(left, str) and isinstance(right, int):
        env.guard.made_text(len(left) * max(0, right))
        many = concat((left,) * right) if isinstance(left, Traced) else left * right
        return safe(many) if isinstance(left, SafeText) else many
    if isinstance(left, list | tuple) and isinstance(right, int):
        env.guard.room_for_items(len(left) * max(0, right))
    elif isinstance(left, int) and isinstance(right, int):
        env.guard.bits(left.bit_length() + right.bit_length())
    return env.settled(left * right, ())
