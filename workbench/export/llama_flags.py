"""Decoding parameters as flags of llama.cpp's programs (common/arg.cpp)."""

from __future__ import annotations

from workbench.export.base import PromptParts

_FLAGS = {
    "temperature": "--temp",
    "top_k": "--top-k",
    "top_p": "--top-p",
    "min_p": "--min-p",
    "typical_p": "--typical",
    "top_n_sigma": "--top-nsigma",
    "xtc_probability": "--xtc-probability",
    "xtc_threshold": "--xtc-threshold",
    "repeat_penalty": "--repeat-penalty",
    "repeat_last_n": "--repeat-last-n",
    "presence_penalty": "--presence-penalty",
    "frequency_penalty": "--frequency-penalty",
    "dry_multiplier": "--dry-multiplier",
    "dry_base": "--dry-base",
    "dry_allowed_length": "--dry-allowed-length",
    "dry_penalty_last_n": "--dry-penalty-last-n",
    "dynatemp_range": "--dynatemp-range",
    "dynatemp_exponent": "--dynatemp-exp",
    "mirostat": "--mirostat",
    "mirostat_tau": "--mirostat-ent",
    "mirostat_eta": "--mirostat-lr",
    "adaptive_target": "--adaptive-target",
    "adaptive_decay": "--adaptive-decay",
    "grammar": "--grammar",
    "json_schema": "--json-schema",
    "max_tokens": "--predict",
}


def llama_flags(parts: PromptParts) -> tuple[list[list[str]], list[str]]:
    """Flags with their values, and a sentence for each setting no flag says.

    max_tokens is always there: the programs' own default is endless.
    """
    found: list[list[str]] = []
    lost: list[str] = []
    for name, value in {"max_tokens": parts.sampling["max_tokens"], **parts.settings}.items():
        if name in _FLAGS:
            found.append([_FLAGS[name], str(value)])
        elif name == "samplers" and isinstance(value, list | tuple):
            found.append(["--samplers", ";".join(map(str, value))])
        elif name == "dry_sequence_breakers" and isinstance(value, list | tuple):
            found += [["--dry-sequence-breaker", str(breaker)] for breaker in value or ("none",)]
        elif name == "stop" and isinstance(value, list | tuple):
            found += [["--reverse-prompt", str(text)] for text in value]
        elif name == "ignore_eos":
            found += [["--ignore-eos"]] if value else []
        elif name == "logit_bias" and isinstance(value, list | tuple):
            pairs, unsaid = _biases(value)
            found += pairs
            lost += unsaid
        else:
            lost.append(f"The setting {name}.")
    if parts.seed is not None:
        found.append(["--seed", str(parts.seed)])
    return found, lost


def _biases(values: list[object] | tuple[object, ...]) -> tuple[list[list[str]], list[str]]:
    found, lost = [], []
    for pair in values:
        token, bias = pair if isinstance(pair, list | tuple) and len(pair) == 2 else (pair, 0.0)
        if isinstance(token, int) and isinstance(bias, int | float):
            found.append(["--logit-bias", f"{token}{bias:+g}"])
        else:
            lost.append(f"The bias of {token!r}: these programs take token ids only.")
    return found, lost
