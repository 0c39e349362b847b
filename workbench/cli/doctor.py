"""`workbench doctor`: is everything a run needs in order, and if not, what to do."""

from __future__ import annotations

import click

from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.paths import Profile


@click.command(epilog="Example: workbench doctor --json")
@json_option
@profile_option
def command(as_json: bool, profile: Profile) -> int:
    """Check the build, the hardware, Qt, the disk and the database; exit 1 if one fails."""
    from workbench.experiments.doctor import Health, examine

    failed = False
    documents = []
    marks = {Health.OK: "ok  ", Health.WARNING: "note", Health.FAILED: "FAIL"}
    for finding in examine(profile):
        failed = failed or finding.health is Health.FAILED
        documents.append(
            {
                "code": finding.code,
                "health": finding.health.value,
                "title": finding.title,
                "advice": finding.advice or None,
            }
        )
        if not as_json:
            print(f"{marks[finding.health]}  {finding.code:12} {finding.title}")
            if finding.advice:
                print(f"{'':18} -> {finding.advice}")
    if as_json:
        print_json({"healthy": not failed, "checks": documents})
    return int(failed)
