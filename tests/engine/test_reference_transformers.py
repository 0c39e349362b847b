"""The NumPy reference itself, held against transformers where that is installed.

An optional group (`pip install --group transformers`): torch is large, and `make test` never needs
it. transformers reads the same GGUF files through its own loader and its own modelling code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from reference.forward import ReferenceModel
from reference.gguf_models import ModelFolder
from support.captures import attended
from support.engines import EXACT, opened

from workbench.engine.gguf import read_header
from workbench.engine.native.lib import NativeLog

torch: Any = pytest.importorskip("torch", reason="the optional group transformers")
tqdm: Any = pytest.importorskip("tqdm", reason="the optional group transformers")
transformers: Any = pytest.importorskip("transformers", reason="the optional group transformers")

TOKENS = [int(t) for t in np.random.default_rng(3).integers(3, 250, 40)]


# What transformers' loader leaves at the defaults of the published models: its name, the GGUF key.
LEFT_OUT = {
    "gemma2": {
        "attn_logit_softcapping": "attn_logit_softcapping",
        "final_logit_softcapping": "final_logit_softcapping",
        "query_pre_attn_scalar": "attention.key_length",
    },
    "qwen2moe": {
        "moe_intermediate_size": "expert_feed_forward_length",
        "shared_expert_intermediate_size": "expert_shared_feed_forward_length",
    },
}


def _output(path: Path, **wish: bool) -> Any:
    metadata = read_header(path).metadata
    architecture = str(metadata["general.architecture"])
    config = transformers.AutoConfig.from_pretrained(path.parent, gguf_file=path.name)
    for name, key in LEFT_OUT.get(architecture, {}).items():
        setattr(config, name, metadata[f"{architecture}.{key}"])
    # Its progress bars start a thread that lives as long as the process.
    tqdm.tqdm.monitor_interval = 0
    transformers.utils.logging.disable_progress_bar()
    model = transformers.AutoModelForCausalLM.from_pretrained(
        path.parent,
        gguf_file=path.name,
        config=config,
        dtype=torch.float32,
        attn_implementation="eager",
    )
    with torch.no_grad():
        return model(torch.tensor([TOKENS]), **wish)


def _logprobs(path: Path) -> Any:
    return torch.log_softmax(_output(path).logits[0].double(), -1).numpy()


@pytest.mark.filterwarnings("ignore")  # transformers warns about its own future
@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "qwen2moe"])
def test_log_probabilities_agree_with_transformers(random_models: ModelFolder, name: str) -> None:
    path = random_models.path(name)
    ours = ReferenceModel(path).forward(TOKENS, kv="f32", exact=True).logprobs
    theirs = _logprobs(path)
    error = float(np.abs(ours - theirs).max())
    assert error <= 1e-3


@pytest.mark.filterwarnings("ignore")  # transformers warns about its own future
@pytest.mark.parametrize("name", ["llama", "qwen2", "gemma2", "qwen2moe"])
def test_captured_attention_agrees_with_transformers(
    random_models: ModelFolder, native_log: NativeLog, name: str
) -> None:
    path = random_models.path(name)
    with opened(path, native_log, EXACT) as engine:
        ours = attended(engine, tuple(TOKENS)).values
    theirs = _output(path, output_attentions=True).attentions
    # ggml looks GELU up in a table of half-precision values, which only gemma2 uses.
    allowed = 1e-3 if name == "gemma2" else 1e-4
    assert np.abs(ours - np.stack([layer[0].numpy() for layer in theirs])).max() <= allowed
