"""One subject's model at work: prompts filled and tokenised, answers joined behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.core.errors import UserError
from workbench.core.ids import wall_clock_us
from workbench.core.rendered import Rendered, attribute_tokens
from workbench.core.run import RunStart
from workbench.core.task import Kind
from workbench.core.tokens import PromptToken
from workbench.core.types import PromptWords, Tokenized
from workbench.engine.client import EngineClient
from workbench.experiments.chat_format import chat_format
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.plan import ChoiceStyle, EvalPlan, Subject, seed_of
from workbench.experiments.evaluate.prompts import (
    check_fits,
    check_says_something,
    default_prompt,
    few_shot_answer,
    values_of,
)
from workbench.experiments.infill import infill_rendered
from workbench.experiments.server_prompt import (
    by_server,
    check_exact,
    server_chat,
    words_for,
    words_only,
)
from workbench.experiments.session import Session
from workbench.templates.chat import PLAIN_TEMPLATE
from workbench.templates.code_cache import CodeCache
from workbench.templates.declarations import Variable
from workbench.templates.limits import Limits
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt
from workbench.templates.variables import form_variables

PARTS = ("prefix", "suffix")
"""Columns of an item whose middle is asked for."""

LIMITS = Limits(seconds=20.0)
"""Nobody waits for one prompt of many, and a machine that is busy must not fail an item."""

_MOST_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Filled:
    """An item's prompt as the model reads it.

    Attributes:
        style: how the answers of a choice item are written.
        gap: what stands between the prompt and an answer that has no exact text.
    """

    asked: Asked
    prompt: PromptFile
    values: Mapping[str, object]
    rendered: Rendered
    tokens: Tokenized
    style: ChoiceStyle
    gap: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Texts behind one prompt, tokenised as one with it.

    Attributes:
        head: tokens all of them begin with; the prompt's own, unless a text grows together with
            the prompt's end. Then the head ends before that place.
        tails: what is scored of each; it spells the text, and the prompt's end if that is cut.
        moved: tokens of the prompt that belong to the tails.
    """

    head: tuple[int, ...]
    tails: tuple[tuple[int, ...], ...]
    moved: int


class Asker:
    """Fills prompts for one subject. One thread."""

    def __init__(self, session: Session, plan: EvalPlan, subject: Subject, name: str) -> None:
        """Waits for the model.

        Raises:
            UserError: it cannot be loaded.
        """
        self.plan = plan
        self.subject = subject
        self.session = session
        self._experiment = name
        self.loaded = session.load(subject.model, plan.settings)
        sha256 = session.sha256(subject.model)
        self.loaded = replace(self.loaded, model=replace(self.loaded.model, sha256=sha256))
        self._chat = chat_format(self.loaded)
        self._codes = CodeCache()
        self._variables: dict[str, Mapping[str, Variable]] = {}
        self._answers: dict[tuple[str, ChoiceStyle], str] = {}

    @property
    def client(self) -> EngineClient:
        """The engine; after a death it starts again with the next call."""
        return self.session.client(self.loaded.model, self.plan.settings)

    @property
    def start_ids(self) -> tuple[int, ...]:
        """What stands in front of a text that has no prompt: the BOS if the model wants one."""
        vocab = self.loaded.vocab
        return (vocab.bos,) if vocab.bos is not None and vocab.adds_bos else ()

    def check(self, asked: Asked) -> None:
        """Refuse a plan whose prompt does not fit the task, by its first item.

        Raises:
            UserError: it does not fit.
        """
        if self.subject.prompt is not None:
            check_fits(self.subject.prompt, self._variables_of(self.subject.prompt), asked)
        elif not self.plan.infill:
            check_says_something(asked)

    def fill(self, asked: Asked) -> Filled:
        """An item's prompt, rendered and tokenised.

        Raises:
            UserError: it cannot be rendered.
        """
        return self.begin_fill(asked)()

    def begin_fill(self, asked: Asked) -> Callable[[], Filled]:
        """Render an item's prompt and ask for its tokens; what is returned waits for them.

        Of many prompts the next ones are rendered while the engine tokenises the first.

        Raises:
            UserError: it cannot be rendered.
        """
        if self.plan.infill:
            return self._begin_infill(asked)
        item = asked.item
        style = self._style(asked)
        prompt = self.subject.prompt or default_prompt(item, style)
        answers = {shot.id: self._answer(asked, shot.id, style) for shot in asked.shots}
        values = values_of(asked, self._variables_of(prompt), answers)
        rendered = render_prompt(
            prompt, values, self._chat, LIMITS, fragments=self.session.library, codes=self._codes
        )
        ends_open = prompt.is_chat or not rendered.text or rendered.text[-1].isspace()
        gap = "" if ends_open else " "
        if server_chat(self.loaded, prompt, None) is not None:
            said = by_server(rendered)
            return lambda: Filled(asked, prompt, values, said, words_only(said), style, gap)
        tokens = self.client.tokenize(rendered.text, add_bos=rendered.adds_bos)
        return lambda: Filled(asked, prompt, values, rendered, tokens.result(), style, gap)

    def _begin_infill(self, asked: Asked) -> Callable[[], Filled]:
        """An item's prefix and suffix between the marks of a code model."""
        values = {name: asked.item.variables.get(name) for name in PARTS}
        prefix, suffix = values.values()
        if prefix is None or suffix is None:
            raise UserError(
                f"Item {asked.item.id} has no prefix and suffix to fill in between.",
                "Leave --infill out, or add the columns prefix and suffix.",
            )
        waiting = self.client.infill(prefix, suffix)

        def filled() -> Filled:
            tokens = waiting.result()
            rendered = infill_rendered(tokens)
            prompt = PromptFile(name="fill in the middle", source=rendered.text, text=rendered.text)
            return Filled(asked, prompt, values, rendered, tokens, ChoiceStyle.ANSWERS, "")

        return filled

    def words(self, filled: Filled) -> PromptWords | None:
        """What a server is sent of a prompt; None for a model of this machine."""
        return words_for(self.loaded, filled.prompt, filled.rendered, None)

    def tokenize(self, text: str, *, add_bos: bool) -> Tokenized:
        """Tokens of a text."""
        return self.client.tokenize(text, add_bos=add_bos).result()

    def join(self, filled: Filled, texts: Sequence[str]) -> Joined:
        """Tokenise each text as one with the prompt and cut where they part from it.

        The token at the border can reach from the prompt into the text; tokenising the two apart
        would score a spelling the model never sees.
        """
        check_exact(self.loaded, filled.prompt)
        text, bos = filled.rendered.text, filled.rendered.adds_bos
        waiting = [self.client.tokenize(text + t, add_bos=bos) for t in texts]
        wholes = [w.result().ids for w in waiting]
        prompt = filled.tokens.ids
        shared = min(_common(prompt, whole) for whole in wholes)
        # A text that adds no token of its own (it melts into the prompt's last) needs one too.
        shared = min(shared, *(len(whole) - 1 for whole in wholes))
        if shared < 1:
            raise UserError(
                "Nothing stands in front of the answers, so nothing predicts their first token.",
                "This model has no BOS; give the items a prompt.",
            )
        tails = tuple(whole[shared:] for whole in wholes)
        return Joined(prompt[:shared], tails, len(prompt) - shared)

    def run_start(self, filled: Filled, index: int, head: int, n_samples: int) -> RunStart:
        """What the history says made an item's run; `head` tokens of the prompt are read."""
        tokens = filled.tokens
        prompt = filled.prompt
        return RunStart(
            run_id=self.session.new_run_id(),
            created_us=wall_clock_us(),
            prompt_name=prompt.name,
            prompt_path=str(prompt.path or ""),
            prompt_source=prompt.source,
            variables=dict(filled.values),
            text=filled.rendered.text,
            prompt_tokens=_attributed(filled.rendered, tokens)[:head],
            chat_template=self._template_of(prompt),
            model=self.loaded.model,
            engine=self.loaded.engine,
            settings=self.plan.settings,
            sampling=self.subject.sampling,
            seed=seed_of(self.plan, index),
            n_samples=n_samples,
            experiment=self._experiment,
        )

    def _template_of(self, prompt: PromptFile) -> str | None:
        if not prompt.is_chat or server_chat(self.loaded, prompt, None) is not None:
            return None
        return PLAIN_TEMPLATE if self._chat.template is None else self._chat.template

    def _style(self, asked: Asked) -> ChoiceStyle:
        if len(asked.item.options) > _MOST_LETTERS or asked.item.kind is not Kind.CHOICE:
            return ChoiceStyle.ANSWERS
        if self.plan.style is not None:
            return self.plan.style
        truths = bool(asked.item.wrong) or len(asked.item.gold) > 1
        return ChoiceStyle.ANSWERS if truths else ChoiceStyle.LETTERS

    def _variables_of(self, prompt: PromptFile) -> Mapping[str, Variable]:
        known = self._variables.get(prompt.source)
        if known is None:
            found = form_variables(prompt, LIMITS, self.session.library)
            known = self._variables[prompt.source] = {v.name: v for v in found}
        return known

    def _answer(self, asked: Asked, shot_id: str, style: ChoiceStyle) -> str:
        key = (shot_id, style)
        if key not in self._answers:
            shot = next(shot for shot in asked.shots if shot.id == shot_id)
            self._answers[key] = few_shot_answer(shot, style)
        return self._answers[key]


def _attributed(rendered: Rendered, tokens: Tokenized) -> tuple[PromptToken, ...]:
    return attribute_tokens(rendered, tokens.ids, tokens.pieces, tokens.special)


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    limit = min(len(a), len(b))
    if a[:limit] == b[:limit]:
        return limit
    return next(i for i in range(limit) if a[i] != b[i])
