"""The options of verbs that can run on a Ray cluster, and the engines behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.options import note
from workbench.core.errors import UserError

if TYPE_CHECKING:
    from workbench.core.paths import Profile
    from workbench.experiments.session import Session

Function = TypeVar("Function", bound=Callable[..., Any])


def cluster_options(function: Function) -> Function:
    """Add --cluster and --replicas, which arrive as `cluster` and `replicas`."""
    add_cluster = click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Spread the work over a Ray cluster: HOST:PORT of a node, or ray://HOST:PORT.",
    )
    add_replicas = click.option(
        "--replicas",
        type=click.IntRange(1),
        help="With --cluster: copies of the model; one per GPU or machine when left out.",
    )
    return add_cluster(add_replicas(function))


@contextmanager
def open_here_or_there(
    profile: Profile, cluster: str | None, replicas: int | None
) -> Iterator[Session]:
    """A session whose engines are on this machine, or on a cluster; closed at the end.

    Raises:
        UserError: Ray is missing, there is no such cluster, or --replicas stands alone.
    """
    from workbench.experiments.session import open_session

    if cluster is None and replicas is not None:
        raise UserError("--replicas needs --cluster.")
    with ExitStack() as closing:
        if cluster is None:
            session, _ = open_session(profile, history=False)
        else:
            from workbench.engine.cluster import Cluster

            connected = Cluster(cluster, replicas, note)
            closing.callback(connected.close)
            session, _ = open_session(profile, history=False, files=connected.begin)
        closing.callback(session.close)
        yield session
