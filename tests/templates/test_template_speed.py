"""Long templates and large libraries: what one keystroke and one look at the list may cost.

Processor time, not wall-clock time: these promises are about our work, not about the neighbours'.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from workbench.core.paths import prompts_folder
from workbench.templates.code_cache import CodeCache
from workbench.templates.library import Library
from workbench.templates.prompt_file import raw_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import form_variables

LINES = {
    "names": "Line {i} says {{{{ name }}}} and {{{{ v{i} }}}} and goes on.\n",
    "filters": "Line {i} has {{{{ v{i}|default('none')|upper }}}} and {{{{ name }}}}.\n",
}
VALUES: dict[str, object] = {"name": "Zoe", **{f"v{i}": str(i) for i in range(1500)}}


def long_template(kind: str) -> str:
    """50,000 characters with more than 1,500 expressions."""
    text = "".join(LINES[kind].format(i=i) for i in range(1100))
    return text[: text.rfind("\n", 0, 52_000) + 1]


def best_ms(action: Callable[[], object], repeats: int = 5) -> float:
    """Processor milliseconds of the fastest of a few runs."""
    times = []
    for _ in range(repeats):
        begun = time.process_time()
        action()
        times.append(1000 * (time.process_time() - begun))
    return min(times)


@pytest.mark.timing
@pytest.mark.parametrize("kind", LINES)
def test_a_long_template_renders_with_sources_in_100_ms(kind: str) -> None:
    template = long_template(kind)
    assert len(template) > 49_000
    assert template.count("{{") > 1500
    prompt = raw_prompt(template)
    rendered = render_prompt(prompt, VALUES, None)
    assert rendered.warnings == ()
    assert len(rendered.spans) > 3000
    assert best_ms(lambda: render_prompt(prompt, VALUES, None)) < 100
    assert best_ms(lambda: form_variables(prompt)) < 100


@pytest.mark.timing
def test_a_keystroke_costs_the_part_it_changes() -> None:
    template = (
        long_template("names") + "{% for i in range(9) %}{{ i }}{{ name }}{% endfor %}\n" * 200
    )
    codes = CodeCache()
    render_prompt(raw_prompt(template), VALUES, None, codes=codes)
    middle = template.index("\n", 25_000)
    typed = iter("abcdefgh")

    def keystroke() -> None:
        prompt = raw_prompt(template[:middle] + next(typed) + template[middle:])
        render_prompt(prompt, VALUES, None, codes=codes)

    assert best_ms(keystroke) < 150


@pytest.mark.timing
def test_listing_a_thousand_prompts_costs_little_more_than_parsing_them(tmp_path: Path) -> None:
    sources = [path.read_bytes() for path in sorted(prompts_folder().rglob("*.prompt.yml"))]
    plain = [source for source in sources if b"{% include" not in source]
    for number in range(1000):
        path = tmp_path / f"folder{number % 20}" / f"p{number}.prompt.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(plain[number % len(plain)] + b"# %d\n" % number)
    library = Library([tmp_path])
    texts = [path.read_bytes() for path in tmp_path.rglob("*.prompt.yml")]
    parsed = best_ms(lambda: [yaml.compose(text, yaml.CSafeLoader) for text in texts], 1)
    first = best_ms(library.list, 1)
    assert first < 4 * parsed
    assert best_ms(library.list, 1) < first / 4
    assert len(library.list()) == 1000


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.prompt.yml"
    path.write_text("text: '{{ a }}'\n", encoding="utf-8")
    library = Library([tmp_path])
    assert library.list()[0].variables == ("a",)
    path.write_text("text: '{{ a }}{{ b }}'\n", encoding="utf-8")
    assert library.list()[0].variables == ("a", "b")
    path.unlink()
    assert library.list() == []


def test_the_cache_forgets_what_was_not_used_for_longest() -> None:
    codes = CodeCache(chars=200)
    for number in range(50):
        template = f"{{% if a %}}{number:04}{{% endif %}}"
        assert render_prompt(raw_prompt(template), {"a": 1}, None, codes=codes).text
    assert 1 <= len(codes) <= 200 // 22
