"""A search: the same text, asked of REST and of GraphQL, finds the same rows, the best first, or is refused by both in the same words."""
import re

import hostile_strings

from . import compare

JOINTS = [" ", " ", " ", "  ", "\t", " or ", " OR ", " and ", ","]
NOTHING = ["", " ", "\t\n", "-", '"', '""', "...", "or", "-nothing", "or or", "nothing or -nothing", "x" * 1000, "x" * 1001, "ü" * 501]


class Searcher:
    def __init__(self, asker, corpus):
        self.asker, self.random = asker, asker.random
        # What JSON can carry, of a length that a URL may have; a URL with a NUL is refused as such.
        self.hostile = [text.decode() for text in hostile_strings.strings(corpus) if is_utf8(text) and len(text) <= 1200 and b"\0" not in text]

    def ask(self, face, differences, entity):
        asked = self.asker.choose_rows(self.asker.question(entity))
        asked.search = self.text(entity)
        if self.random.random() < 0.6:
            asked.where = []
        if self.random.random() < 0.6:
            # The best first.
            asked.order = []
        if not entity.of_key():
            asked.limit = asked.offset = None
        compare.ask(face, differences, asked, not entity.of_key(), are_words_same=not self.asker.has_wrong)

    def text(self, entity):
        pick = self.random.random()
        if pick < 0.06:
            return self.random.choice(NOTHING)
        if pick < 0.12:
            return self.random.choice(self.hostile)
        terms = [self.term(entity) for _ in range(self.random.choice([1, 1, 1, 2, 2, 4]))]
        return "".join(term + self.random.choice(JOINTS) for term in terms[:-1]) + terms[-1]

    def term(self, entity):
        """A word or two that stand beside each other, mostly in a row that is there."""
        rows = self.asker.known.get(entity.name, [])
        field = entity.named(self.random.choice(entity.search))
        there = self.random.choice(rows).get(field.name) if rows and self.random.random() < 0.85 else None
        words = re.findall(r"\w+", there or self.asker.values.scalar(field)) or ["nothing"]
        pick, at = self.random.random(), self.random.randrange(len(words))
        text = words[at]
        if pick < 0.2:
            text = f'"{" ".join(words[at:at + self.random.randrange(1, 4)])}"'
        elif pick < 0.25:
            text = self.random.choice(self.hostile)
        text = self.random.choice([text, text, text.upper(), text.lower()])
        return ("-" if self.random.random() < 0.2 else "") + text


def is_utf8(text):
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
