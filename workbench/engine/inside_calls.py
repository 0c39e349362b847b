"""The child's side of looking inside a model: attention, head summaries, the logit lens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workbench.core.attention import AttentionRequest
from workbench.core.cancel import CancelToken
from workbench.core.lens import LensRequest
from workbench.core.tokens import Int32
from workbench.engine.base import Progress
from workbench.engine.capture_shapes import answer_shape, checked, table_shape, without_values
from workbench.engine.llama import LlamaEngine
from workbench.engine.messages import Call, Returned
from workbench.engine.shared import SharedRoom

Fresh = Callable[[Iterable[Int32], Mapping[int, bytes]], dict[int, bytes]]
"""The bytes of those tokens that the parent was not told yet."""


def look_inside(
    engine: LlamaEngine, call: Call, progress: Progress, cancel: CancelToken, fresh: Fresh
) -> Returned:
    """Captures: what is large goes into the parent's memory and not through the pipe."""
    info, inside = engine.loaded.model, engine.inside
    match call.name, call.args:
        case "attention", (AttentionRequest() as request, SharedRoom() as room):
            values = room.attach(answer_shape(checked(request, info)))
            found = inside.attention(request, progress, cancel, values)
            return Returned(call.job, without_values(found), {})
        case "head_summaries", (tuple() as ids, SharedRoom() as room):
            values = room.attach(table_shape(info, len(ids)))
            summaries = inside.head_summaries(ids, progress, cancel, values)
            return Returned(call.job, without_values(summaries), {})
        case "lens", (LensRequest() as request,):
            lens = inside.lens(request, progress, cancel)
            return Returned(call.job, lens, fresh([lens.top_ids.ravel()], engine.pieces))
    raise ValueError(f"the engine has no method {call.name} for these arguments")
