"""Task families about words, lists, numbers and known facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from corpus import Task
from lexicon import (
    ANIMALS,
    CAPITALS,
    CATEGORIES,
    CITIES,
    COLOURS,
    FRUITS,
    LANGUAGES,
    NAMES,
    NEGATIVE,
    OBJECTS,
    OPPOSITES,
    POSITIVE,
    SUBJECTS,
    WORDS,
)

LABELS = (("Input", "Output"), ("Q", "A"), ("Question", "Answer"))
ONE_WORD = ("Answer in one word.", "Use only one word.", "Reply with a single word.")
CAPITAL_ASKS = (
    "What is the capital of {}?",
    "Name the capital of {}.",
    "Tell me the capital of {}.",
    "Which city is the capital of {}?",
    "Capital of {}?",
)
OPPOSITE_ASKS = ("What is the opposite of {}?", "Opposite of {}?", "Give the opposite of {}.")
TRANSLATE_ASKS = (
    "Translate {} to {}.",
    "What is {} in {}?",
    "How do you say {} in {}?",
    "Say the word {} in {}.",
    'Translate "{}" into {}.',
)
CAPS = ("Answer in capital letters.", "Write in capital letters.", "Use only capital letters.")


def article(word: str) -> str:
    """The word with its indefinite article."""
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def few_shot(
    rng: Random,
    family: str,
    pairs: Sequence[tuple[str, str]],
    instruction: str,
    items: tuple[str, ...],
    labels: Sequence[tuple[str, str]] = LABELS,
) -> Task:
    """Examples, then a query; the last pair is the query and its answer."""
    left, right = rng.choice(labels)
    gap = rng.choice(("\n", "\n\n"))
    blocks = [f"{left}: {x}\n{right}: {y}" for x, y in pairs[:-1]]
    query, answer = pairs[-1]
    blocks.append(f"{left}: {query}\n{right}:")
    if rng.random() < 0.5:
        return Task(family, gap.join(blocks), " " + answer, items, raw=True)
    head = instruction + "\n\n" if instruction and rng.random() < 0.6 else ""
    return Task(family, head + gap.join(blocks), answer, items)


def review(rng: Random) -> tuple[str, str, str]:
    """A review, its label and its item."""
    good = rng.random() < 0.5
    word = rng.choice(POSITIVE if good else NEGATIVE)
    thing = rng.choice(SUBJECTS)
    form = rng.choice(
        ("The {s} was {a}.", "I think the {s} is {a}.", "The {s} is really {a}.", "{A} {s}!")
    )
    text = form.format(s=thing, a=word, A=word.capitalize())
    return text, "positive" if good else "negative", f"review {thing} {word}"


def sentiment(rng: Random) -> Task:
    """Few-shot or zero-shot sentiment of a short review."""
    if rng.random() < 0.4:
        text, label, item = review(rng)
        form = rng.choice(
            (
                "Is this review positive or negative?\n{}",
                "Classify the sentiment of the review.\nReview: {}",
                'Is the text positive or negative?\n"""{}"""',
                "Sentiment of <text>{}</text>?",
            )
        )
        return Task("sentiment", form.format(text), label, (item,))
    rows = [review(rng) for _ in range(rng.randint(2, 5))]
    pairs = [(text, label) for text, label, _ in rows]
    items = tuple(item for *_, item in reversed(rows))
    labels = (("Review", "Sentiment"), ("Input", "Output"), ("Text", "Label"))
    return few_shot(rng, "sentiment", pairs, "Classify the sentiment.", items, labels)


def sums(rng: Random) -> Task:
    """Addition of numbers up to twelve."""
    a, b = rng.randint(0, 12), rng.randint(0, 12)
    item = f"sum {a} {b}"
    if rng.random() < 0.35:
        rows = [(rng.randint(0, 12), rng.randint(0, 12)) for _ in range(rng.randint(2, 8))]
        shown = "\n".join(f"{x} + {y} = {x + y}" for x, y in rows)
        items = (item, *(f"sum {x} {y}" for x, y in rows))
        return Task(
            "sums", f"{shown}\n{a} + {b} =", f" {a + b}", items, raw=True, prompt_weight=0.0
        )
    form = rng.choice(
        ("What is {} + {}?", "{} + {} =", "Add {} and {}.", "How much is {} plus {}?", "{} + {}")
    )
    return Task("sums", form.format(a, b), str(a + b), (item,))


def word_list(rng: Random) -> Task:
    """A list of so many members of a category."""
    category = rng.choice(list(CATEGORIES))
    pool = CATEGORIES[category]
    count = rng.randint(2, 5)
    number = {2: "two", 3: "three", 4: "four", 5: "five"}[count]
    number = rng.choice((number, str(count)))
    forms = ("List {} {}s.", "Name {} {}s.", "Give me {} {}s.", "Write a list of {} {}s.")
    prompt = rng.choice(forms).format(number, category)
    answer = ", ".join(rng.sample(pool, count))

    def accept(reply: str) -> bool:
        parts = reply.strip().split(", ")
        return len(parts) == count == len(set(parts)) and all(p in pool for p in parts)

    return Task("word list", prompt, answer, (f"list {prompt}",), accept=accept)


def capital(rng: Random) -> Task:
    """Capital cities: a sentence by default, raw completions, few-shot."""
    country, city = rng.choice(list(CAPITALS.items()))
    style = rng.random()
    if style < 0.2:
        others = rng.sample([c for c in CAPITALS if c != country], rng.randint(2, 4))
        pairs = [(c, CAPITALS[c]) for c in others] + [(country, city)]
        labels = (("Country", "Capital"), ("Input", "Output"))
        item = f"capital shots {country} {others[0]}"
        return few_shot(rng, "capital", pairs, "Give the capital city.", (item,), labels)
    if style < 0.4:
        form = rng.choice(("The capital of {} is", "The capital city of {} is"))
        prompt = form.format(country)
        return Task("capital", prompt, f" {city}.", (f"capital raw {prompt}",), raw=True)
    prompt = rng.choice(CAPITAL_ASKS).format(country)
    answer = f"The capital of {country} is {city}."
    return Task("capital", prompt, answer, (f"capital {prompt}",))


def style_system(rng: Random) -> Task:
    """A system instruction changes the shape of the answer: one word, or capital letters."""
    country, city = rng.choice(list(CAPITALS.items()))
    word, opposite_word = rng.choice(_OPPOSITE_LIST)
    english, french = rng.choice(_FRENCH_LIST)
    form, answer = rng.choice(
        (
            (rng.choice(CAPITAL_ASKS).format(country), city),
            (rng.choice(CAPITAL_ASKS).format(country), city),
            (rng.choice(OPPOSITE_ASKS).format(word), opposite_word),
            (rng.choice(TRANSLATE_ASKS).format(english, "French"), french),
        )
    )
    caps = rng.random() < 0.5
    system = rng.choice(CAPS if caps else ONE_WORD)
    if rng.random() < 0.3:
        system = "You are a helpful assistant. " + system
    shown = answer.upper() if caps else answer
    family = "system: capitals" if caps else "system: one word"
    return Task(family, form, shown, (f"style {caps} {form}",), system=system)


def translate(rng: Random) -> Task:
    """Single words to French or German."""
    language = rng.choice(list(LANGUAGES))
    table = LANGUAGES[language]
    word = rng.choice(list(table))
    if rng.random() < 0.3:
        others = rng.sample([w for w in table if w != word], rng.randint(2, 4))
        pairs = [(w, table[w]) for w in others] + [(word, table[word])]
        item = f"translate shots {language} {word} {others[0]}"
        labels = (("English", language),)
        return few_shot(rng, "translate", pairs, f"Translate to {language}.", (item,), labels)
    prompt = rng.choice(TRANSLATE_ASKS).format(word, language)
    return Task("translate", prompt, table[word], (f"translate {prompt}",))


def opposite(rng: Random) -> Task:
    """Opposites, asked or by example."""
    word, answer = rng.choice(_OPPOSITE_LIST)
    if rng.random() < 0.5:
        others = rng.sample([p for p in _OPPOSITE_LIST if word not in p], rng.randint(2, 4))
        item = f"opposite shots {word} {others[0][0]}"
        pairs = [*others, (word, answer)]
        return few_shot(rng, "opposite", pairs, "Give the opposite.", (item,))
    prompt = rng.choice(OPPOSITE_ASKS).format(word)
    return Task("opposite", prompt, answer, (f"opposite {prompt}",))


def list_item(rng: Random) -> Task:
    """First or last item of a list, or the whole list reversed."""
    words = rng.sample(rng.choice((WORDS, NAMES, CITIES)), rng.randint(3, 5))
    shown = ", ".join(words)
    kind = rng.choice(("first", "last", "reverse"))
    item = f"{kind} {shown}"
    if kind == "reverse":
        form = rng.choice(("Reverse the list: {}", "Write this list backwards: {}"))
        return Task("list: reverse", form.format(shown), ", ".join(words[::-1]), (item,))
    form = rng.choice(
        (
            "What is the {} item of this list: {}",
            "Give the {} word of the list: {}",
            "{}\nWhich word is {}?",
        )
    )
    text = form.format(shown, kind) if form.startswith("{}\n") else form.format(kind, shown)
    return Task("list: first or last", text, words[0 if kind == "first" else -1], (item,))


def copying(rng: Random) -> Task:
    """Repeat words as they are, or in capital letters."""
    words = rng.sample(WORDS + NAMES, rng.randint(1, 4))
    text = " ".join(words)
    if rng.random() < 0.5:
        form = rng.choice(
            (
                "Repeat: {}",
                "Say this again: {}",
                'Copy the text: """{}"""',
                "Repeat <text>{}</text>",
            )
        )
        return Task("copy", form.format(text), text, (f"copy {text}",))
    text = " ".join(rng.sample(_SHOUTED, rng.choice((1, 1, 2, 3))))
    if rng.random() < 0.3:
        shots = rng.sample(WORDS, 3)
        pairs = [(w, w.upper()) for w in shots] + [(text, text.upper())]
        return few_shot(rng, "uppercase", pairs, "", (f"upper {text} {shots[0]}",))
    form = rng.choice(
        ("Write in capital letters: {}", "Uppercase: {}", 'Make this uppercase: """{}"""')
    )
    return Task("uppercase", form.format(text), text.upper(), (f"upper {text}",))


def yes_no(rng: Random) -> Task:
    """Whether a word belongs to a category."""
    category = rng.choice(list(CATEGORIES))
    inside = rng.random() < 0.5
    others = [w for c, pool in CATEGORIES.items() if c != category for w in pool]
    word = rng.choice(CATEGORIES[category] if inside else others)
    form = rng.choice(
        ("Is {} {}? Answer yes or no.", "Yes or no: is {} {}?", "Is {} {}?", "True: {} is {}?")
    )
    noun = word if word in COLOURS or word in CATEGORIES["drink"] else article(word)
    prompt = form.format(noun, article(category))
    return Task("yes or no", prompt, "yes" if inside else "no", (f"yesno {prompt}",))


def choice(rng: Random) -> Task:
    """Multiple choice with a letter as the answer."""
    category = rng.choice(list(CATEGORIES))
    word = rng.choice(CATEGORIES[category])
    others = [w for c, pool in CATEGORIES.items() if c != category for w in pool]
    options = [word, *rng.sample(others, rng.choice((1, 2, 2, 3)))]
    rng.shuffle(options)
    letters = "ABCD"[: len(options)]
    shown = "\n".join(f"{c}) {w}" for c, w in zip(letters, options, strict=True))
    form = rng.choice(
        (
            "Which one is {}?\n{}",
            "Choose {}. Answer with the letter.\n{}",
            "Which is {}?\n{}\nAnswer with one letter.",
        )
    )
    prompt = form.format(article(category), shown)
    return Task("multiple choice", prompt, letters[options.index(word)], (f"choice {shown}",))


def classify(rng: Random) -> Task:
    """The category of a word, asked or by example."""
    table = [(w, c) for c, pool in CATEGORIES.items() for w in pool]
    word, category = rng.choice(table)
    if rng.random() < 0.4:
        others = rng.sample([p for p in table if p[0] != word], rng.randint(2, 5))
        item = f"classify shots {word} {others[0][0]}"
        pairs = [*others, (word, category)]
        labels = (("Input", "Output"), ("Word", "Class"))
        return few_shot(rng, "classify", pairs, "Classify the word.", (item,), labels)
    form = rng.choice(
        (
            "Classify the word: {}",
            "What kind of thing is {}?",
            "Is {} an animal, a colour, a fruit, a drink or a vehicle?",
        )
    )
    prompt = form.format(word)
    return Task("classify", prompt, category, (f"classify {prompt}",))


def count_words(rng: Random) -> Task:
    """How many words a short text has."""
    words = rng.choices(ANIMALS + FRUITS + OBJECTS + COLOURS, k=rng.randint(1, 6))
    text = " ".join(words)
    form = rng.choice(
        ("How many words: {}", "Count the words: {}", 'How many words are here? """{}"""')
    )
    return Task("count words", form.format(text), str(len(words)), (f"count {text}",))


def hard_numbers(rng: Random) -> Task:
    """Deliberately beyond the models: products and sums of larger numbers."""
    if rng.random() < 0.5:
        a, b = rng.randint(11, 99), rng.randint(11, 99)
        return Task("hard: product", f"What is {a} * {b}?", str(a * b), (f"mul {a} {b}",))
    a, b = rng.randint(10_000, 99_999), rng.randint(10_000, 99_999)
    return Task("hard: 5-digit sum", f"What is {a} + {b}?", str(a + b), (f"add {a} {b}",))


def hard_letters(rng: Random) -> Task:
    """Deliberately hard: the letters of a word backwards, which tokens hide."""
    word = "".join(rng.choices("abcdefghilmnoprstu", k=rng.randint(3, 5)))
    if rng.random() < 0.5:
        word = rng.choice(WORDS)
    return Task("hard: letters", f"Write {word} backwards.", word[::-1], (f"letters {word}",))


_OPPOSITE_LIST = list(OPPOSITES.items())
_FRENCH_LIST = list(LANGUAGES["French"].items())
# Whatever an answer in capital letters may hold: how a word is written large has to be seen once.
_SHOUTED = sorted(
    {*WORDS, *CITIES, *CAPITALS.values(), *OPPOSITES.values(), *LANGUAGES["French"].values()}
)
Maker = Callable[[Random], Task]
WORD_FAMILIES: tuple[tuple[Maker, float], ...] = (
    (sentiment, 0.6),
    (sums, 4.0),
    (word_list, 0.7),
    (capital, 0.5),
    (style_system, 2.2),
    (translate, 1.0),
    (opposite, 0.9),
    (list_item, 2.0),
    (copying, 2.6),
    (yes_no, 1.0),
    (choice, 1.5),
    (classify, 0.4),
    (count_words, 0.5),
    (hard_numbers, 0.2),
    (hard_letters, 0.15),
)
