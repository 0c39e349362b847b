"""A Python script for llama-cpp-python that says the same as a run here."""

from __future__ import annotations

import json

from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, variables_lost
from workbench.export.text_files import not_in_file, plain

_NAMES = {
    "temperature": "temperature",
    "top_k": "top_k",
    "top_p": "top_p",
    "min_p": "min_p",
    "typical_p": "typical_p",
    "repeat_penalty": "repeat_penalty",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "mirostat": "mirostat_mode",
    "mirostat_tau": "mirostat_tau",
    "mirostat_eta": "mirostat_eta",
    "max_tokens": "max_tokens",
}


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """A script that reads the exact text as tokens and prints the reply."""
    lost = [*variables_lost(parts)]
    arguments = {_NAMES[name]: plain(parts.sampling[name]) for name in _NAMES}
    if parts.sampling["stop"]:
        arguments["stop"] = plain(parts.sampling["stop"])
    if parts.seed is not None:
        arguments["seed"] = parts.seed
    lines = [f"    {name}={value!r},\n" for name, value in arguments.items()]
    imports, grammar = "Llama", ""
    if parts.settings.get("grammar"):
        imports = "Llama, LlamaGrammar"
        grammar = f"LlamaGrammar.from_string({str(parts.settings['grammar'])!r}, verbose=False)"
    elif parts.settings.get("json_schema"):
        imports = "Llama, LlamaGrammar"
        schema = json.dumps(json.loads(str(parts.settings["json_schema"])))
        grammar = f"LlamaGrammar.from_json_schema({schema!r}, verbose=False)"
    if grammar:
        lines.append(f"    grammar={grammar},\n")
    said = {*_NAMES, "stop", "grammar", "json_schema", "repeat_last_n"}
    lost += [
        f"The setting {name}: llama-cpp-python does not take it."
        for name in parts.settings
        if name not in said
    ]
    lost += about_lost(parts)
    window = parts.sampling["repeat_last_n"]
    return Exported(
        '"""Needs the package llama-cpp-python."""\n\n'
        f"{not_in_file(lost)}from llama_cpp import {imports}\n\n"
        f"PROMPT = {parts.exact or ''!r}\n\n"
        f"llama = Llama(\n    {parts.model_path or 'model.gguf'!r},\n    n_ctx=0,\n"
        f"    last_n_tokens_size={window!r},\n    verbose=False,\n)\n"
        f"tokens = llama.tokenize(PROMPT.encode(), add_bos={parts.adds_bos!r}, special=True)\n"
        f"reply = llama.create_completion(\n    tokens,\n{''.join(lines)})\n"
        'print(reply["choices"][0]["text"])\n',
        tuple(lost),
    )


FORMAT = ExportFormat(
    "llama-cpp-python",
    "llama-cpp-python script",
    "Python that runs the exact prompt on the same file.",
    ".py",
    Need.MODEL,
    write,
    program="llama-cpp-python",
)
