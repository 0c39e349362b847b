"""Task families about text: stories, look-ups, extraction, questions and small talk."""

from __future__ import annotations

import json
from random import Random

from corpus import Family, Task
from lexicon import ANIMALS, CITIES, COLOURS, NAMES, OBJECTS, PLACES, WORDS

TONES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "warm": (
        ("{N} smiled and felt warm inside.", "A friend came and held {N} close."),
        ("They were friends for ever.", "It was a lovely day.", "{N} went home happy."),
    ),
    "funny": (
        ("Then {N} fell over and laughed.", "{N} put the {o} on its head and danced."),
        ("Everybody laughed.", "What a silly day!", "{N} laughed all the way home."),
    ),
    "sad": (
        ("Then the {o} broke and {N} cried.", "{N} lost the {o} in the rain."),
        ("{N} was alone again.", "It was a sad day.", "{N} went home in the rain."),
    ),
    "spooky": (
        ("Then the light went out.", "A cold voice called {N} in the dark."),
        ("{N} ran home and never came back.", "Nobody saw the {o} again.", "The end was dark."),
    ),
}
OPENINGS = (
    "Once upon a time there was a {a} named {N}.",
    "There once was a {a} called {N}.",
    "{N} was a little {a}.",
)
SETTINGS = (
    "{N} lived near the {p}.",
    "One day {N} went to the {p}.",
    "Every morning {N} walked to the {p}.",
)
FINDS = (
    "There {N} found a {c} {o}.",
    "In the {p} {N} saw a {c} {o}.",
    "{N} was looking for a {c} {o}.",
)


def _story_parts(rng: Random) -> dict[str, str]:
    return {
        "N": rng.choice(NAMES),
        "a": rng.choice(ANIMALS),
        "p": rng.choice(PLACES),
        "o": rng.choice(OBJECTS),
        "c": rng.choice(COLOURS),
        "t": rng.choice(list(TONES)),
    }


def story_text(rng: Random, parts: dict[str, str]) -> str:
    """Five or six short sentences about the given parts."""
    middle, end = TONES[parts["t"]]
    forms = [rng.choice(OPENINGS), rng.choice(SETTINGS), rng.choice(FINDS)]
    forms += [rng.choice(middle), rng.choice(end)]
    return " ".join(forms).format(**parts)


_ASKS: tuple[tuple[str, str, str], ...] = (
    ("Tell me a story about {N}.", "", "N"),
    ("Write a short story about {N}.", "", "N"),
    ("Tell me a story about a {a}.", "", "a"),
    ("Write a story about a {a} named {N}.", "", "aN"),
    ("Tell me a {t} story about {N}.", "", "Nt"),
    ("Write a {t} story about a {a} in the {p}.", "", "tap"),
    ("Tell me a story with a {a} and a {c} {o}.", "", "aco"),
    ("Tell me a story about {N} and a {o}.", "You are a storyteller.", "No"),
    ("Write about {N} and the {p}.", "You are a storyteller. Write in a {t} voice.", "Npt"),
    ("Tell me a story about a {a}.", "You are a storyteller. Write in a {t} voice.", "at"),
    ("A story about {N}, please.", "Write in a {t} voice.", "Nt"),
)


def story(rng: Random) -> Task:
    """A story that keeps to what was asked for."""
    parts = _story_parts(rng)
    ask, system, wanted = rng.choice(_ASKS)
    ask, system = ask.format(**parts), system.format(**parts)
    item = f"story {ask} {parts['t'] if 't' in wanted else ''}"

    def accept(reply: str) -> bool:
        named = all(parts[key] in reply for key in wanted if key != "t")
        # Behind the last blank to fill: the reply chose its own name and thing.
        ends = [form.rsplit("}", 1)[-1] for form in TONES[parts["t"]][1]]
        toned = "t" not in wanted or any(reply.strip().endswith(e) for e in ends)
        return named and toned and reply.count(".") + reply.count("!") >= 4

    return Task("story", ask, story_text(rng, parts), (item,), system=system, accept=accept)


def story_raw(rng: Random) -> Task:
    """Plain text completion: the first sentence or two, then the rest."""
    parts = _story_parts(rng)
    text = story_text(rng, parts)
    cut = text.index(".") + 1
    if rng.random() < 0.4:
        cut = text.index(".", cut) + 1
    item = f"story raw {parts['N']} {parts['a']}"

    def accept(reply: str) -> bool:
        strangers = [n for n in NAMES if n != parts["N"] and n in reply]
        return parts["N"] in reply and not strangers and reply.count(".") >= 1

    prompt, rest = text[:cut], text[cut:]
    return Task("raw story", prompt, rest, (item,), raw=True, prompt_weight=0.3, accept=accept)


def extract_json(rng: Random) -> Task:
    """JSON out of a sentence."""
    name, city, age = rng.choice(NAMES), rng.choice(CITIES), rng.randint(2, 99)
    with_age = rng.random() < 0.4
    if with_age:
        form = rng.choice(("{n} is {a} years old and lives in {c}.", "{n}, aged {a}, is from {c}."))
        keys = "name, age and city"
        answer = json.dumps({"name": name, "age": age, "city": city})
    else:
        form = rng.choice(
            ("{n} lives in {c}.", "{n} comes from {c}.", "My friend {n} moved to {c}.")
        )
        keys = "name and city"
        answer = json.dumps({"name": name, "city": city})
    text = form.format(n=name, c=city, a=age)
    shown = rng.choice((text, f'"""{text}"""', f"<text>{text}</text>"))
    ask = rng.choice(
        (
            f"Extract {keys} as JSON.\n{shown}",
            f"Write the {keys} as JSON: {shown}",
            f"{shown}\nGive the {keys} as JSON.",
        )
    )
    system = rng.choice(("", "", "Answer with JSON only."))
    return Task("json", ask, answer, (f"json {name} {city}",), system=system)


def _fact(rng: Random, name: str, thing: str, place: str) -> str:
    form = rng.choice(("{n} has the {t}.", "{n} is holding the {t}.", "The {t} belongs to {n}."))
    if place:
        form = rng.choice(("{n} is in the {p}.", "{n} went to the {p}."))
    return form.format(n=name, t=thing, p=place)


FactRow = tuple[str, str, str]


def fact_rows(rng: Random, count: int) -> list[FactRow]:
    """Sentences about different people, each with its person and its thing or place."""
    names = rng.sample(NAMES, count)
    if count <= len(PLACES) and rng.random() < 0.4:
        places = rng.sample(PLACES, count)
        return [(_fact(rng, n, "", p), n, p) for n, p in zip(names, places, strict=True)]
    if count <= len(OBJECTS):
        things = [f"{rng.choice(COLOURS)} {o}" for o in rng.sample(OBJECTS, count)]
    else:
        things = rng.sample([f"{c} {o}" for c in COLOURS for o in OBJECTS], count)
    return [(_fact(rng, n, t, ""), n, t) for n, t in zip(names, things, strict=True)]


def questions(rows: list[FactRow]) -> list[tuple[str, str, str]]:
    """Both questions about every row, with the answer and the item."""
    asked = []
    for _, name, what in rows:
        item = f"qa {name} {what}"
        if what in PLACES:
            asked.append((f"Where is {name}?", what, item))
            asked.append((f"Who is in the {what}?", name, item))
        else:
            asked.append((f"Who has the {what}?", name, item))
            asked.append((f"What does {name} have?", f"the {what}", item))
    return asked


def facts(rng: Random, count: int) -> tuple[list[str], str, str, str]:
    """Fact sentences, one question about them, its answer and its item."""
    rows = fact_rows(rng, count)
    ask, answer, item = rng.choice(questions(rows))
    return [sentence for sentence, _, _ in rows], ask, answer, item


def question(rng: Random) -> Task:
    """Question answering over two to four sentences, in several layouts."""
    rows, ask, answer, item = facts(rng, rng.choice((2, 2, 3, 4)))
    text = " ".join(rows)
    layout = rng.choice(
        (
            "{t} {q}",
            "{t}\n{q}",
            '"""{t}"""\n{q}',
            "<text>{t}</text>\n{q}",
            "Read the text and answer.\n{t}\n{q}",
            "Question: {q}\nText: {t}",
        )
    )
    if rng.random() < 0.2:
        return Task("qa", f"{text}\nQ: {ask}\nA:", " " + answer, (item,), raw=True)
    return Task("qa", layout.format(t=text, q=ask), answer, (item,))


def lookup(rng: Random) -> Task:
    """Key-value look-up in a short list."""
    count = rng.randint(2, 9)
    keys = rng.sample(NAMES if rng.random() < 0.6 else [*NAMES, *WORDS], count)
    if rng.random() < 0.25 and count <= len(COLOURS):
        values = rng.sample(COLOURS, count)
    else:
        values = [str(rng.randint(0, 9 if rng.random() < 0.5 else 99)) for _ in keys]
    at = rng.randrange(count)
    key, value = keys[at], values[at]
    shown = "\n".join(f"{k}: {v}" for k, v in zip(keys, values, strict=True))
    item = f"lookup {key} {value} {keys[0]}"
    if rng.random() < 0.5:
        return Task("lookup", f"{shown}\n{key}:", f" {value}", (item,), raw=True)
    form = rng.choice(
        ("{s}\n{k}:", "{s}\nWhat is the value of {k}?", "Look up {k}.\n{s}", "{s}\n\n{k}?")
    )
    return Task("lookup", form.format(s=shown, k=key), value, (item,))


def memory(rng: Random) -> Task:
    """Facts told in an earlier turn of the conversation."""
    name = rng.choice(NAMES)
    colour, pet = rng.choice(COLOURS), rng.choice(ANIMALS)
    told, reply, ask, answer, item = rng.choice(
        (
            ("My name is {n}.", "Hello, {n}!", "What is my name?", "{n}", "name {n} {c}"),
            ("I am {n}.", "Hello, {n}!", "Who am I?", "{n}", "am {n} {c}"),
            ("I like {c}.", "That is nice.", "Which colour do I like?", "{c}", "like {c} {n}"),
            (
                "I have a {p} named {n}.",
                "What a lovely {p}!",
                "What is the name of my {p}?",
                "{n}",
                "pet {n} {p}",
            ),
        )
    )
    words = {"n": name, "c": colour, "p": pet}
    history = [("user", told.format(**words)), ("assistant", reply.format(**words))]
    if rng.random() < 0.4:
        history += [("user", "Thank you."), ("assistant", "You are welcome.")]
    ask, answer, item = (form.format(**words) for form in (ask, answer, item))
    return Task("memory", ask, answer, (item,), history=tuple(history))


def code(rng: Random) -> Task:
    """One-line and two-line Python."""
    word, number = rng.choice(WORDS), str(rng.randint(0, 99))
    ask, answer = rng.choice(
        (
            ("Write Python code that prints {w}.", 'print("{w}")'),
            ("Write Python code that sets {w} to {x}.", "{w} = {x}"),
            (
                "Write a Python function {w} that returns {x}.",
                "def {w}():\n    return {x}",
            ),
        )
    )
    ask, answer = ask.format(w=word, x=number), answer.format(w=word, x=number)
    return Task("code", ask, answer, (f"code {ask}",))


_TALK = (
    (("Hello!", "Hi!", "Hello.", "Good morning!"), "Hello! How can I help you?"),
    (("Who are you?", "What are you?"), "I am a small demo model of Prompt Workbench."),
    (("Thank you.", "Thanks!"), "You are welcome."),
    (
        ("What can you do?", "Help", "Help me."),
        "I can tell stories, look things up, count, translate words and answer short questions.",
    ),
    (("How are you?",), "I am fine, thank you."),
    (("Goodbye.", "Bye!"), "Goodbye!"),
)


def talk(rng: Random) -> Task:
    """Greetings and what the model is; fixed answers, so nothing is held out."""
    asks, answer = rng.choice(_TALK)
    return Task("talk", rng.choice(asks), answer, ())


TEXT_FAMILIES: tuple[tuple[Family, float], ...] = (
    (story, 1.4),
    (story_raw, 0.6),
    (extract_json, 0.6),
    (question, 2.6),
    (lookup, 2.6),
    (memory, 0.6),
    (code, 0.5),
    (talk, 0.1),
)
