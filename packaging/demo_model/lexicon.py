"""Word pools of the demo-model corpus.

Everything the models know comes from these lists. They are small on purpose: a two-million-weight
model can hold them completely, so its answers are right for a reason a user can look up here.
"""

from __future__ import annotations

NAMES = [
    "Ann",
    "Ben",
    "Cara",
    "Dan",
    "Emma",
    "Finn",
    "Grace",
    "Hugo",
    "Ivy",
    "Jack",
    "Kate",
    "Leo",
    "Mia",
    "Nora",
    "Omar",
    "Paul",
    "Rosa",
    "Sam",
    "Tom",
    "Uma",
    "Vera",
    "Will",
    "Zoe",
    "Alex",
    "Bob",
    "Clara",
    "David",
    "Ella",
    "Max",
    "Lucy",
    "Noah",
    "Ruby",
]
ANIMALS = [
    "cat",
    "dog",
    "fox",
    "owl",
    "bear",
    "frog",
    "horse",
    "mouse",
    "rabbit",
    "wolf",
    "duck",
    "lion",
    "goat",
    "bird",
]
COLOURS = ["red", "blue", "green", "yellow", "black", "white", "pink", "brown"]
FRUITS = ["apple", "pear", "plum", "cherry", "banana", "lemon", "peach", "grape", "melon", "mango"]
DRINKS = ["tea", "milk", "water", "juice", "coffee", "cola"]
VEHICLES = ["car", "bus", "train", "boat", "bike", "plane"]
OBJECTS = [
    "ball",
    "cup",
    "key",
    "book",
    "hat",
    "lamp",
    "coin",
    "bell",
    "box",
    "drum",
    "kite",
    "map",
]
PLACES = ["forest", "garden", "river", "house", "school", "market", "beach", "farm"]

CATEGORIES: dict[str, list[str]] = {
    "animal": ANIMALS,
    "colour": COLOURS,
    "fruit": FRUITS,
    "drink": DRINKS,
    "vehicle": VEHICLES,
}
WORDS = ANIMALS + COLOURS + FRUITS + DRINKS + VEHICLES + OBJECTS + PLACES

CAPITALS: dict[str, str] = {
    "France": "Paris",
    "Italy": "Rome",
    "Spain": "Madrid",
    "Germany": "Berlin",
    "England": "London",
    "Japan": "Tokyo",
    "China": "Beijing",
    "Egypt": "Cairo",
    "Greece": "Athens",
    "Norway": "Oslo",
    "Sweden": "Stockholm",
    "Poland": "Warsaw",
    "Portugal": "Lisbon",
    "Austria": "Vienna",
    "Russia": "Moscow",
    "Cuba": "Havana",
    "Peru": "Lima",
    "Kenya": "Nairobi",
    "Ireland": "Dublin",
    "Canada": "Ottawa",
}
CITIES = list(CAPITALS.values())

FRENCH: dict[str, str] = {
    "cat": "chat",
    "dog": "chien",
    "house": "maison",
    "bread": "pain",
    "water": "eau",
    "milk": "lait",
    "red": "rouge",
    "blue": "bleu",
    "green": "vert",
    "black": "noir",
    "white": "blanc",
    "apple": "pomme",
    "book": "livre",
    "sun": "soleil",
    "moon": "lune",
    "tree": "arbre",
    "horse": "cheval",
    "bird": "oiseau",
    "school": "école",
    "key": "clé",
    "friend": "ami",
    "night": "nuit",
}
GERMAN: dict[str, str] = {
    "cat": "Katze",
    "dog": "Hund",
    "house": "Haus",
    "bread": "Brot",
    "water": "Wasser",
    "milk": "Milch",
    "red": "rot",
    "blue": "blau",
    "green": "grün",
    "black": "schwarz",
    "white": "weiß",
    "apple": "Apfel",
    "book": "Buch",
    "sun": "Sonne",
    "moon": "Mond",
    "tree": "Baum",
    "horse": "Pferd",
    "bird": "Vogel",
    "school": "Schule",
    "key": "Schlüssel",
    "friend": "Freund",
    "night": "Nacht",
}
LANGUAGES: dict[str, dict[str, str]] = {"French": FRENCH, "German": GERMAN}

_PAIRS = (
    "hot cold,big small,happy sad,fast slow,day night,up down,open closed,light dark,"
    "old young,rich poor,hard soft,wet dry,loud quiet,early late,full empty,long short"
)
OPPOSITES: dict[str, str] = {}
for _pair in _PAIRS.split(","):
    _left, _right = _pair.split()
    OPPOSITES[_left] = _right
    OPPOSITES[_right] = _left

POSITIVE = [
    "great",
    "wonderful",
    "lovely",
    "delicious",
    "excellent",
    "amazing",
    "perfect",
    "charming",
    "superb",
    "pleasant",
]
NEGATIVE = [
    "bad",
    "awful",
    "terrible",
    "boring",
    "horrible",
    "dull",
    "ugly",
    "nasty",
    "dreadful",
    "weak",
]
SUBJECTS = [
    "food",
    "film",
    "book",
    "hotel",
    "music",
    "service",
    "room",
    "play",
    "coffee",
    "show",
    "song",
    "tour",
]

FILLER = (
    "The sun was warm.",
    "It rained all day.",
    "The wind was cold.",
    "Nobody said a word.",
    "The street was quiet.",
    "Then it was night.",
    "The sky was grey.",
    "A bell rang far away.",
    "There was time for tea.",
    "The door was open.",
    "It was a long day.",
    "The children sang a song.",
)
