"""What is said in the recordings, and so which words the real recogniser is asked to know."""

import os
import pathlib
import re

# Below the folder of recordings, which lies beside the project and not in it.
RECORDINGS = {
    "speech/en/jfk.wav": "And so my fellow Americans, ask not what your country can do for you, ask what you can do "
                         "for your country.",
    "speech/en/leopard-test.wav": "Mr. Quilter is the apostle of the middle classes and we are glad to welcome his "
                                  "gospel.",
    "speech/en/LJ001-0004.wav": "produced the block books, which were the immediate predecessors of the true printed "
                                "book,",
    "speech/en/librivox-austen-0890.wav": "unless to be rather cold hearted and rather selfish is to be ill disposed",
    "speech/en/vosk-test-digits.wav": "one zero zero zero one nine oh two one oh zero one eight zero three",
    "speech/en/libri-2412-153948-0000.flac": "if the reader will excuse me I will say nothing of my antecedents nor of "
                                             "the circumstances which led me to leave my native country the narrative "
                                             "would be tedious to him and painful to myself",
}
DIGITS = "zero one two three four five six seven eight nine".split()

# Where a name's letters are not its sound.
READ_AS = {"mr": "mister"}


def folder():
    """Where the recordings are, whether they are there or not."""
    beside = pathlib.Path(__file__).resolve().parents[3].parent / "shared/audio"
    return pathlib.Path(os.environ.get("INTEROP_RECORDINGS", beside))


def words(text):
    """As recognisers without punctuation write them."""
    found = re.findall(r"[a-z']+", text.lower())
    return [READ_AS.get(word, word) for word in found]


def vocabulary():
    known = set(DIGITS)
    for text in RECORDINGS.values():
        known.update(words(text))
    return known


def errors(expected, heard):
    """How many words must be changed, put in or left out to make one of the other."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected):
        above, row[0] = row[0], i + 1
        for j, other in enumerate(heard):
            above, row[j + 1] = row[j + 1], min(row[j] + 1, row[j + 1] + 1, above + (word != other))
    return row[-1]


def error_rate(expected, heard):
    """Of the words expected; both are texts."""
    return errors(words(expected), words(heard)) / len(words(expected))
