"""The columns that a template asks for."""

from __future__ import annotations

import pytest

from workbench.templates.row_fields import row_fields


@pytest.mark.parametrize(
    ("template", "fields"),
    [
        (
            "{% for ex in all %}{{ ex.subject }}: {{ ex['story'] }} {{ ex.subject }}{% endfor %}",
            {"all": ("subject", "story")},
        ),
        ("{% for word in words %}{{ word }}{% endfor %}", {}),
        (
            "{% for a in x %}{% for b in a.parts %}{{ b.n }}{% endfor %}{% endfor %}",
            {"x": ("parts",)},
        ),
        ("{% for e in x %}{{ e[0] }}{{ other.name }}{% endfor %}", {}),
        ("{% for e in x[:2] %}{{ e.a }}{% endfor %}", {}),
        (
            "{% for e in x %}{% if e.a is defined %}{{ e.b|upper }}{% endif %}{% endfor %}",
            {"x": ("a", "b")},
        ),
        ("{% for e in x %}{{ e.a }", {}),
        ("no template at all", {}),
    ],
)
def test_fields_of_rows(template: str, fields: dict[str, tuple[str, ...]]) -> None:
    assert dict(row_fields([template])) == fields


def test_every_template_counts() -> None:
    templates = [
        "{% for e in x %}{{ e.a }}{% endfor %}",
        "{% if %}",
        "{% for e in x %}{{ e.b }}{% endfor %}",
    ]
    assert dict(row_fields(templates)) == {"x": ("a", "b")}
