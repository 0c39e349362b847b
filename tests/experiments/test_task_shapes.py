"""Each native format: small files in its own shape give the items it means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.metric import CallEvidence
from workbench.core.task import Item, Kind, Task
from workbench.experiments.tasks.load import load_task


def read(folder: Path, name: str, data: object, kind: Kind | None = None) -> Task:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(data, str):
        text = data
    elif name.endswith(".jsonl") and isinstance(data, list):
        text = "".join(f"{json.dumps(row)}\n" for row in data)
    else:
        text = json.dumps(data)
    path.write_text(text, encoding="utf-8")
    return load_task(path, kind)


def one(task: Task) -> Item:
    assert not task.bad_rows
    assert len(task.items) == 1
    return task.items[0]


def checks_of(item: Item) -> list[dict[str, object]]:
    checks = item.extra["checks"]
    assert isinstance(checks, list)
    return checks


def test_own_choice_rows(tmp_path: Path) -> None:
    rows = [
        {"question": "q", "choices": ["x", "y"], "answer": "B", "group": "law", "note": 3},
        {"prompt": "p", "classes": [" Yes", " No"], "answer_index": 0, "control_prompt": "c"},
        {"question": "q", "true": ["t", "u"], "false": ["f"], "best": "u"},
        {"input": "q", "target_scores": {"x": 0, "y": 1}},
        {"question": "4?", "choices": ["3", "4"], "answer": "4"},
        {"question": "4?", "choices": ["4", "3"], "answer": 1, "split": "dev"},
    ]
    task = read(tmp_path, "t.jsonl", rows)
    assert not task.bad_rows
    assert task.kind is Kind.CHOICE
    first, exact, truths, scored, digits = task.items
    assert (first.options, first.gold, first.group) == (("x", "y"), (1,), "law")
    assert first.extra == {"note": 3}
    assert (exact.prompt, exact.choices, exact.gold) == ("p", (" Yes", " No"), (0,))
    assert exact.other_prompt == "c"
    assert (truths.options, truths.gold) == (("u", "t", "f"), (0, 1))
    assert (scored.options, scored.gold) == (("x", "y"), (1,))
    assert digits.gold == (1,)
    assert [shot.gold for shot in task.few_shot] == [(1,)]


def test_own_rows_of_the_other_kinds(tmp_path: Path) -> None:
    said = one(
        read(tmp_path, "g.jsonl", [{"question": "q", "answer": "a #### 1,200\nmore #### 2"}])
    )
    assert (said.kind, said.references) == (Kind.GENERATE, ("1,200",))
    text = one(read(tmp_path, "s.jsonl", [{"prompt": "Play it", "completion": " again"}]))
    assert (text.kind, text.prompt, text.completion) == (Kind.SEQUENCE, "Play it", " again")
    alone = one(read(tmp_path, "a.jsonl", [{"text": "Once upon"}]))
    assert (alone.kind, alone.prompt, alone.completion) == (Kind.SEQUENCE, "", "Once upon")
    pair = one(read(tmp_path, "p.jsonl", [{"prompt": "q", "a": "x", "b": "y", "winner": "tie"}]))
    assert (pair.kind, pair.options, pair.gold) == (Kind.PAIR, ("x", "y"), (0, 1))
    call = {"question": "q", "functions": [{"name": "f"}], "answer": [{"f": {"city": ["SF", ""]}}]}
    called = one(read(tmp_path, "c.jsonl", [call]))
    assert called.calls == (CallEvidence("f", {"city": ["SF", ""]}),)
    as_words = read(tmp_path, "w.jsonl", [{"question": "q", "choices": ["x", "y"], "answer": 1}])
    assert as_words.kind is Kind.CHOICE
    words = load_task(tmp_path / "w.jsonl", Kind.GENERATE)
    assert one(words).references == ("y",)


def test_math_keeps_its_answer_in_a_box(tmp_path: Path) -> None:
    rows = [
        {
            "problem": "Half?",
            "solution": r"So $\boxed{1}$, no: $\boxed{\frac{1}{2}}$.",
            "level": "1",
        },
        {"problem": "None?", "solution": "nothing"},
        {"problem": "Open?", "solution": r"\boxed{1"},
    ]
    task = read(tmp_path, "math.jsonl", rows)
    assert task.items[0].references == (r"\frac{1}{2}",)
    assert [(b.line, b.column) for b in task.bad_rows] == [(2, "solution"), (3, "solution")]


def test_variants_belong_to_their_item(tmp_path: Path) -> None:
    row = {"id": "7", "question": "What?", "answer": "it"}
    row["variants"] = [{"kind": "typos", "question": "Waht?"}]  # type: ignore[assignment]  # mixed
    first, second = read(tmp_path, "t.jsonl", [row]).items
    assert (second.id, second.variant_of, second.variant) == ("7/typos", "7", "typos")
    assert second.variables["question"] == "Waht?"
    assert first.variables["question"] == "What?"


def test_openai_evals(tmp_path: Path) -> None:
    rows = [
        {"input": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
         "ideal": ["x", "y"]},
        {"input": [{"role": "nobody", "content": "s"}], "ideal": "x"},
        {"input": [{"role": "user", "content": "u"}]},
    ]  # fmt: skip
    task = read(tmp_path, "t.jsonl", rows)
    assert task.format == "openai evals"
    assert task.items[0].messages == (("system", "s"), ("user", "u"))
    assert task.items[0].references == ("x", "y")
    assert [(b.line, b.column) for b in task.bad_rows] == [(2, "input"), (3, "ideal")]


def test_inverse_scaling(tmp_path: Path) -> None:
    text = ',prompt,classes,answer_index\n0,"Is it?","["" Yes"", "" No""]",1\n'
    text += "1,Other,\"[' A', ' B']\",0\n2,Bad,oops,0\n3,Bad,\"[' A', ' B']\",\n"
    task = read(tmp_path, "neqa.csv", text)
    assert task.format == "inverse scaling csv"
    assert [(i.choices, i.gold) for i in task.items] == [
        ((" Yes", " No"), (1,)),
        ((" A", " B"), (0,)),
    ]
    assert [(b.line, b.column) for b in task.bad_rows] == [(4, "classes"), (5, "answer_index")]
    sequence = read(tmp_path, "quote.csv", 'prompt,completion\n"Repeat: ""a"". "," a"\n')
    assert one(sequence).completion == " a"


def test_truthfulqa(tmp_path: Path) -> None:
    header = "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\n"
    text = header + 'A,Law,Is it?,No,"No; It is not",Yes; Sure;,http://x\n'
    choice = read(tmp_path, "TruthfulQA.csv", text)
    item = one(choice)
    assert item.options == ("No", "It is not", "Yes", "Sure")
    assert item.gold == (0, 1)
    assert (item.group, choice.metrics) == ("Law", ("mc1", "mc2"))
    written = one(load_task(tmp_path / "TruthfulQA.csv", Kind.GENERATE))
    assert (written.references, written.wrong) == (("No", "It is not"), ("Yes", "Sure"))
    targets = {
        "question": "q",
        "mc1_targets": {"a": 0, "b": 1},
        "mc2_targets": {"a": 0, "b": 1, "c": 1},
    }
    assert one(read(tmp_path, "mc.json", [targets])).options == ("b", "c", "a")


def test_squad(tmp_path: Path) -> None:
    questions = [
        {
            "id": "1",
            "question": "Who?",
            "answers": [{"text": "He"}, {"text": "He"}, {"text": "him"}],
        },
        {"id": "2", "question": "Why?", "answers": [], "is_impossible": True},
        {"id": "3", "question": "Where?", "answers": []},
    ]
    data = {
        "version": "2.0",
        "data": [{"title": "T", "paragraphs": [{"context": "C", "qas": questions}]}],
    }
    task = read(tmp_path, "dev.json", data)
    assert [i.references for i in task.items] == [("He", "him"), ("",)]
    assert task.items[0].variables["context"] == "C"
    assert task.items[0].cluster == task.items[1].cluster != ""
    assert [(b.line, b.column) for b in task.bad_rows] == [(1, "answers")]
    assert task.metrics == ("squad_em", "squad_f1")


def test_big_bench(tmp_path: Path) -> None:
    data = {
        "name": "x",
        "metrics": ["multiple_choice_grade"],
        "task_prefix": "Say.",
        "examples": [{"input": "One?", "target_scores": {"a": 1, "b": 0}}],
    }
    task = read(tmp_path, "task.json", data)
    item = one(task)
    assert item.prompt == "Say.\nQ: One?\n  choice: a\n  choice: b\nA: "
    assert (item.choices, item.gold, task.metrics) == (("a", "b"), (0,), ("accuracy",))
    words = {"examples": [{"input": "One?", "target": ["a", "b"]}], "metrics": ["bleu"]}
    assert one(read(tmp_path, "words.json", words)).references == ("a", "b")


def test_prompt_files_with_evaluators(tmp_path: Path) -> None:
    text = (
        "name: x\nmessages:\n- role: user\n  content: '{{input}}'\ntestData:\n"
        "- input: hi\n  expected: ho\nevaluators:\n- name: has it\n  string:\n"
        "    contains: '{{expected}}'\n- name: judge\n  llm: {modelId: x}\n"
    )
    task = read(tmp_path, "a.prompt.yml", text)
    assert task.items[0].references == ("ho",)
    assert task.items[0].variables == {"input": "hi"}
    checks = checks_of(task.items[0])
    assert (checks[0]["type"], checks[0]["value"]) == ("contains", "ho")
    assert [(b.column, "judge" in b.message) for b in task.bad_rows] == [("evaluators", True)]


def test_promptfoo(tmp_path: Path) -> None:
    text = (
        "tests:\n- vars: {topic: bees}\n  assert:\n  - {type: icontains, value: Bee}\n"
        "  - {type: not-equals, value: wasp, weight: 2}\n- vars: {topic: x}\n  assert:\n"
        "  - {type: llm-rubric, value: nice}\n"
    )
    task = read(tmp_path, "promptfooconfig.yaml", text)
    assert task.items[0].variables == {"topic": "bees"}
    assert task.items[0].references == ("Bee",)
    assert [(b.line, b.column) for b in task.bad_rows] == [(6, "assert")]
    table = "topic,__expected,__expected2\nbees,contains-any:bee,is-json\nx,plain text,\n"
    table += "y,rouge-n(0.6):words here,\nz,llm-rubric: nice,\n"
    csv = read(tmp_path, "tests.csv", table)
    kinds = [[c["type"] for c in checks_of(item)] for item in csv.items]
    assert kinds == [["contains-any", "is-json"], ["equals"], ["rouge-n"]]
    assert checks_of(csv.items[2])[0]["threshold"] == 0.6
    assert [b.line for b in csv.bad_rows] == [5]


def test_humaneval_and_mbpp(tmp_path: Path) -> None:
    row = {
        "task_id": "HumanEval/0",
        "prompt": "def f():\n",
        "entry_point": "f",
        "canonical_solution": "    return 1\n",
        "test": "def check(c): assert c() == 1",
    }
    item = one(read(tmp_path, "h.jsonl", [row]))
    assert item.id == "HumanEval/0"
    assert (item.tests, item.entry_point) == (row["test"], "f")
    mbpp = {
        "task_id": 2,
        "text": "Add.",
        "code": "x",
        "test_list": ["assert set(add(1, 2)) == {3}"],
    }
    found = one(read(tmp_path, "m.jsonl", [mbpp]))
    assert (found.entry_point, found.id) == ("add", "2")
    assert found.prompt == '"""\nAdd.\nassert set(add(1, 2)) == {3}\n"""\n'


def test_bfcl_with_its_answers(tmp_path: Path) -> None:
    question = {"id": "simple_0", "question": [[{"role": "user", "content": "Area?"}]],
                "function": [{"name": "area", "parameters": {}}]}  # fmt: skip
    answer = {"id": "simple_0", "ground_truth": [{"area": {"base": [10], "unit": ["m", ""]}}]}
    with pytest.raises(UserError, match="possible_answer"):
        read(tmp_path, "BFCL_v3_simple.json", f"{json.dumps(question)}\n{json.dumps(question)}\n")
    read_answer = tmp_path / "possible_answer"
    read_answer.mkdir()
    (read_answer / "BFCL_v3_simple.json").write_text(f"{json.dumps(answer)}\n")
    other = {**question, "id": "simple_1"}
    task = read(tmp_path, "BFCL_v3_simple.json", f"{json.dumps(question)}\n{json.dumps(other)}\n")
    assert task.items[0].calls == (CallEvidence("area", {"base": [10], "unit": ["m", ""]}),)
    assert [(b.line, b.column) for b in task.bad_rows] == [(2, "id")]
    nothing = read(tmp_path, "BFCL_v3_irrelevance.json", [question])
    assert one(nothing).calls == ()


KNOWN = [
    ({"query": "q", "choices": ["x", "y"], "gold": 1}, (" x", " y"), (1,)),
    ({"ctx": "A man", "activity_label": "Run", "endings": ["sits", "runs"], "label": "1"},
     (" sits", " runs"), (1,)),
    ({"goal": "g", "sol1": "a", "sol2": "b", "label": 0}, (" a", " b"), (0,)),
    ({"passage": "p", "question": "is it", "label": True}, (" yes", " no"), (0,)),
    ({"paragraph": "p", "question": "q", "answer": "a", "label": 1}, (" yes", " no"), (0,)),
    ({"premise": "It fell.", "choice1": "A", "choice2": "B", "question": "cause", "label": 1},
     (" a", " b"), (1,)),
    ({"premise": "p", "hypothesis": "h", "label": "not_entailment"}, (" True", " False"), (1,)),
    ({"premise": "p", "hypothesis": "h", "label": "neutral"},
     (" True", " False", " Neither"), (2,)),
    ({"sentence1": "a", "sentence2": "b", "word": "w", "label": True}, (" no", " yes"), (1,)),
    ({"sentence1": "a", "sentence2": "b", "label": "entailment"}, (" True", " False"), (0,)),
    ({"passage": "It is.\n@highlight\nBob won", "query": "@placeholder won", "answers": ["Bob"],
      "entities": ["Ann", "Bob"]}, ("  - Ann won", "  - Bob won"), (1,)),
    ({"text": "He ran.", "target": {"span1_text": "Bob", "span2_text": "He"}, "label": False},
     (" no", " yes"), (0,)),
    ({"sentence": "The _ fell.", "option1": "cat", "option2": "dog", "answer": "2"},
     (" cat fell.", " dog fell."), (1,)),
]  # fmt: skip


@pytest.mark.parametrize(("row", "choices", "gold"), KNOWN)
def test_documents_of_known_data_sets(
    tmp_path: Path, row: object, choices: tuple[str, ...], gold: tuple[int, ...]
) -> None:
    item = one(read(tmp_path, "t.jsonl", [row]))
    assert (item.choices, item.gold) == (choices, gold)
    assert item.prompt


def test_arc_mmlu_and_gpqa(tmp_path: Path) -> None:
    arc = {"question": "q", "choices": {"text": ["x", "y"], "label": ["1", "2"]}, "answerKey": "2"}
    item = one(read(tmp_path, "arc.jsonl", [arc]))
    assert (item.options, item.gold) == (("x", "y"), (1,))
    mmlu = read(tmp_path, "law_test.csv", 'Which?,a,b,c,d,C\n"Or, which?",a,b,c,d,A\n')
    assert [(i.variables["question"], i.gold) for i in mmlu.items] == [
        ("Which?", (2,)),
        ("Or, which?", (0,)),
    ]
    head = "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3\n"
    gpqa = one(read(tmp_path, "gpqa.csv", f"{head}Why?,r,a,b,c\n"))
    assert (gpqa.options, gpqa.gold, gpqa.tags) == (("r", "a", "b", "c"), (0,), ("permute",))


def test_harness_task_files(tmp_path: Path) -> None:
    rows = [{"q": "Sky?", "opts": ["blue", "red"], "a": 0}, {"q": "Grass?", "opts": 3, "a": 1}]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in rows))
    text = (
        "task: mine\ndataset_path: json\ndataset_kwargs:\n  data_files:\n    test: rows.jsonl\n"
        'test_split: test\noutput_type: multiple_choice\ndoc_to_text: "Q: {{q}}\\nA:"\n'
        "doc_to_choice: opts\ndoc_to_target: a\nmetric_list:\n- metric: acc_norm\n"
    )
    task = read(tmp_path, "mine.yaml", text)
    assert (task.name, task.format, task.metrics) == ("mine", "lm-eval task", ("acc_norm",))
    assert (task.items[0].prompt, task.items[0].choices) == ("Q: Sky?\nA:", (" blue", " red"))
    assert [(b.line, b.column) for b in task.bad_rows] == [(2, "doc_to_choice")]
    made = text.replace("multiple_choice", "generate_until").replace("doc_to_choice: opts\n", "")
    made += 'generation_kwargs:\n  until: ["\\n", "Q:"]\n'
    words = read(tmp_path, "words.yaml", made)
    assert (words.stop, words.items[1].references) == (("\n", "Q:"), ("1",))
    with pytest.raises(UserError, match="is not there"):
        read(tmp_path, "hub.yaml", "task: x\ndataset_path: some/name\ndoc_to_text: '{{q}}'\n")


def test_data_set_folders(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "mmlu"
    (folder / "data").mkdir(parents=True)
    info = {"description": "D", "license": "mit", "features": {"label": {"names": ["no", "yes"]}}}
    (folder / "dataset_info.json").write_text(json.dumps(info))
    rows: dict[str, list[object]] = {
        "question": ["a", "b", None],
        "choices": [["x", "y"]] * 3,
        "answer": [0, 1, 0],
    }
    pq.write_table(pa.table(rows), folder / "data" / "test-00000-of-00002.parquet")
    with pa.OSFile(str(folder / "data" / "dev.arrow"), "wb") as sink:
        table = pa.table({k: v[:2] for k, v in rows.items()})
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
    task = load_task(folder)
    assert (task.name, task.licence, task.description) == ("mmlu test", "mit", "D")
    assert [i.gold for i in task.items] == [(0,), (1,)]
    assert [(b.line, b.column) for b in task.bad_rows] == [(3, "question")]
    assert len(task.few_shot) == 2
    assert len(load_task(folder, split="dev").items) == 2
    with pytest.raises(UserError, match="no split train"):
        load_task(folder, split="train")
