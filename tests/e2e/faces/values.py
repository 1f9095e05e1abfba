"""Random values of a field: good ones, edges, and now and then one that it cannot have. Decimals are Python's, so that no digit is lost."""
import base64
import json
from decimal import Decimal

TEXTS = ["a", "A", "Ada", "ada lovelace", "50%", "a_b", "it's", 'say "so"', "back\\slash", "ü ß 漢", "", " ", "a,b", "(a)", "{a}", "null", "true",
         "a.b:c", "x" * 30, "ab@example.com", "https://example.com/", "zzz", "*", "%", "_"]
LIMITS = {"int16": 2**15, "int32": 2**31, "int64": 2**63}
DATES = ["2024-02-29", "1999-12-31", "2024-01-01", "0999-05-05"]
TIMES = ["00:00:00", "12:34:56", "23:59:59.999"]
WRONG = {"date": "2023-02-29", "time": "25:00:00", "timestamp": "2024-13-01T00:00:00", "timestamptz": "2024-01-01T25:00:00Z", "uuid": "no-uuid",
         "interval": "a while", "timetz": "noon"}


class Values:
    def __init__(self, random):
        self.random = random

    def scalar(self, field):
        pick, kind = self.random.choice, field.kind
        if field.hints and self.random.random() < 0.5:
            hint = pick(field.hints)
            is_number = isinstance(hint, int)
            if not field.has("identity") and (is_number or kind == "text") and is_number == (kind in LIMITS or kind in ("decimal", "float32", "float64")) and not field.labels:
                return Decimal(hint) if kind == "decimal" else hint
        if field.labels:
            return pick(list(field.labels))
        if kind in LIMITS:
            if field.has("identity"):
                # The next row takes the next number: after the last there is none.
                return self.random.choice([1, 2, 3, 50, 1000, self.random.randrange(1, 2000)])
            top = LIMITS[kind]
            return pick([0, 1, 2, 3, 7, 40, 1000, -1, top - 1, -top, self.random.randrange(1, 30)][:8 if field.is_unsigned else 11])
        if kind == "boolean":
            return pick([True, False])
        if kind in ("float32", "float64"):
            return pick([Decimal("0.5"), Decimal("-1.25"), 3, Decimal("1000000.5"), 0])
        if kind == "decimal":
            scale = field.size[1] if len(field.size) > 1 else 2
            return pick([Decimal("1"), Decimal("9.5"), Decimal("0"), Decimal("-3"), Decimal("7.25"), Decimal(10) ** -max(scale, 0) * 3,
                         Decimal("12345678901234567890.125")])
        if kind == "date":
            return pick(DATES)
        if kind in ("time", "timetz"):
            return pick(TIMES) + ("+02" if kind == "timetz" else "")
        if kind in ("timestamp", "timestamptz"):
            return pick(DATES) + "T" + pick(TIMES) + (pick(["Z", "+02:00"]) if kind == "timestamptz" else "")
        if kind == "interval":
            return pick(["1 day", "02:00:00", "3 mons 4 days"])
        if kind == "uuid":
            return "123e4567-e89b-42d3-a456-%012x" % self.random.randrange(5)
        if kind == "json":
            return pick([{}, [], {"a": 1, "b": [True, None]}, [1, "x"], 5, "text", True])
        if kind == "bytes":
            return base64.b64encode(pick([b"", b"a", b"\x00\xff", b"bytes"])).decode()
        if field.has("format email") and self.random.random() < 0.9:
            return f"ada{self.random.randrange(100)}@example.com"
        text = pick(TEXTS)
        return text[:field.size[0]] if field.size and self.random.random() < 0.8 else text

    def value(self, field):
        if field.is_array:
            return [self.scalar(field) for _ in range(self.random.randrange(3))]
        return self.scalar(field)

    def wrong(self, field):
        """Of the right type for the language, and yet none of the field's values; None where there is none."""
        if field.is_array or field.labels:
            return None
        if field.kind in LIMITS:
            return LIMITS[field.kind]
        return WRONG.get(field.kind)


def dump(value):
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{dump(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(dump, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def load(text):
    """JSON whose decimals are their text: `1.0` is not `1.00`."""
    return json.loads(text, parse_float=lambda digits: "number " + digits)


def in_rest(field, value):
    """The value as a JSON body of REST has it: labels by their own words."""
    if field.labels and isinstance(value, list):
        return [field.labels.get(one, one) for one in value]
    return field.labels.get(value, value) if field.labels and isinstance(value, str) else value
