"""Names of changes: what HGVS makes of a variant on a transcript, and what a name that somebody gave does to the bases."""

import re

from genome import LETTERS, reverse

PLACE = re.compile(r"([-*]?)(\d+)([-+]\d+)?$")
CHANGE = re.compile(r"^[cn]\.([-*]?\d+(?:[-+]\d+)?)(?:_([-*]?\d+(?:[-+]\d+)?))?(del|dup|inv|ins|[ACGT]>)?(.*)$")
RESIDUES = {three: one for one, three in LETTERS.items()}


def spliced_place(transcript, position):
    """How a name counts a base of the contig that lies in the transcript's range."""
    index, offset = transcript.index.get(position), ""
    if index is None:
        left, right = next((low, high) for low, high in transcript.introns if low <= position < high)
        from_left, from_right = position - left + 1, right - position
        is_left = from_left < from_right or (from_left == from_right and transcript.strand == "+")
        index = transcript.index[left - 1 if is_left else right]
        offset = f"+{from_left}" if is_left else f"-{from_right}"
        if transcript.strand == "-":
            offset = ("-" if is_left else "+") + offset[1:]
    if not transcript.is_coding:
        return f"{index + 1}{offset}"
    if index >= transcript.last:
        return f"*{index - transcript.last + 1}{offset}"
    base = index - transcript.first
    return f"{base if base < 0 else base + 1}{offset}"


def position_of(transcript, place):
    """The base of the contig that a name counts so, or None."""
    sign, number, offset = PLACE.match(place).groups()
    number = int(number)
    if sign == "*":
        index = transcript.last + number - 1
    elif sign == "-":
        index = transcript.first - number
    else:
        index = transcript.first + number - 1
    step = int(offset or 0) * (1 if transcript.strand == "+" else -1)
    if not 0 <= index < len(transcript.places):
        return None
    return transcript.places[index] + step


def coding_name(variant, transcript, sequence):
    """The c. or n. name: most 3' place on the genome, dup before ins, inv before delins; None beyond the transcript."""
    forward = transcript.strand == "+"
    if variant.low < transcript.start or variant.high > transcript.end:
        return None
    low, high, new = variant.moved(variant.right if forward else -variant.left)
    old = sequence[low:high]
    kind, tail = "delins", new if forward else reverse(new)
    if not old:
        before = sequence[low - len(new):low] if forward else sequence[low:low + len(new)]
        if before == new:
            kind, tail = "dup", ""
            low, high = (low - len(new), low) if forward else (low, low + len(new))
        else:
            kind, low, high = "ins", low - 1, low + 1
    elif not new:
        kind = "del"
    elif len(old) == len(new) == 1:
        kind, tail = "", f"{old if forward else reverse(old)}>{tail}"
    elif old == reverse(new):
        kind, tail = "inv", ""
    if low < transcript.start or high > transcript.end:
        return None
    places = [spliced_place(transcript, place) for place in (low, high - 1)]
    if not forward:
        places.reverse()
    text = places[0] if high - low == 1 else "_".join(places)
    return f"{'c' if transcript.is_coding else 'n'}.{text}{kind}{tail}"


def without_old_bases(name):
    """The name without the bases that it repeats: `delAC` is `del`."""
    return re.sub(r"(del|dup|inv)[ACGTN]+", r"\1", name)


def alleles(name, transcript, sequence):
    """(low, high, new) on the contig of a c. or n. name; None where it has no meaning."""
    match = CHANGE.match(without_old_bases(name))
    if not match:
        return None
    first, second, kind, tail = match.groups()
    ends = [position_of(transcript, place) for place in (first, second or first)]
    if None in ends or kind is None:
        return None
    low, high = min(ends), max(ends) + 1
    old = sequence[low:high]
    forward = transcript.strand == "+"
    if kind == "ins":
        if high - low != 2:
            return None
        return low + 1, low + 1, tail if forward else reverse(tail)
    if kind == "dup":
        return high, high, old
    if kind == "inv":
        return low, high, reverse(old)
    if kind == "del":
        new = tail.removeprefix("ins")
        return (low, high, new if forward else reverse(new)) if re.fullmatch("[ACGT]*", new) else None
    if old != (kind[0] if forward else reverse(kind[0])):
        return None
    return low, high, tail if forward else reverse(tail)


def is_same(change, variant, sequence):
    """Whether two changes leave the same bases behind."""
    low, high = min(change[0], variant.low), max(change[1], variant.high)
    one = sequence[low:change[0]] + change[2] + sequence[change[1]:high]
    other = sequence[low:variant.low] + variant.new + sequence[variant.high:high]
    return one == other


def residues(text):
    """`ArgTer` as `R*`; None for anything that is no residue."""
    parts = re.findall("[A-Z][a-z]{2}|\\*|.", text)
    letters = [RESIDUES.get(part, "*" if part == "*" else None) for part in parts]
    return None if None in letters else "".join(letters)


PROTEIN = re.compile(r"^p\.([A-Z][a-z]{2}|\*)(\d+)(?:_([A-Z][a-z]{2}|\*)(\d+))?(.*)$")


class ProteinName:
    """A p. name taken apart. `kind` is one of =, ?, del, dup, ins, delins, fs, ext and sub."""

    def __init__(self, first, last, kind, new, stop):
        self.first, self.last, self.kind, self.new, self.stop = first, last, kind, new, stop

    @classmethod
    def read(cls, text, protein):
        """None where the name has no meaning, or names residues that are not there."""
        match = PROTEIN.match(text)
        if not match:
            return None
        one, first, other, last, rest = match.groups()
        first, last = int(first), int(last or first)
        for residue, number in ((one, first), (other or one, last if other else first)):
            if not 1 <= number <= len(protein) or protein[number - 1] != residues(residue):
                return None
        for kind in ("delins", "ins", "del", "dup"):
            if rest.startswith(kind) and "ext" not in rest and "fs" not in rest:
                new = residues(rest[len(kind):])
                return None if new is None else cls(first, last, kind, new, None)
        if rest in ("=", "?"):
            return cls(first, last, rest, "", None)
        match = re.match(r"(.*?)(fs|ext)(?:Ter|\*)?(\d+|\?)?$", rest)
        if match:
            new = "" if match[1] == "del" else residues(match[1])
            return None if new is None else cls(first, last, match[2], new, match[3])
        new = residues(rest)
        return cls(first, last, "sub", new, None) if new else None

    def applied(self, protein):
        """The new residues up to the stop; None where the name leaves them open."""
        if self.kind == "=":
            return protein
        if self.kind in ("?", "fs", "ext"):
            return None
        old = protein[self.first - 1:self.last]
        middle = {"dup": old * 2, "ins": old[:1] + self.new + old[1:]}.get(self.kind, self.new)
        whole = protein[:self.first - 1] + middle + protein[self.last:]
        return whole[:whole.find("*") + 1] if "*" in whole else whole
