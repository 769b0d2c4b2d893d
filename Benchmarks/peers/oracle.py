"""The right answer for a change inside one coding exon: the transcript is changed and read anew.

Nothing here knows codon windows or rules of a caller. The names are judged by what they do to the protein."""

from genome import translate
from names import ProteinName


class Reading:
    """The protein before and after a change; `span` are the spliced bases that are removed, counted from the start codon."""

    def __init__(self, transcript, span, new):
        first = transcript.first
        self.span, self.length_change = span, len(new) - (span[1] - span[0])
        before = transcript.text[first:]
        self.coding = transcript.text[first:transcript.last]
        self.bases = before[:span[0]] + new + before[span[1]:]
        self.old, self.new = transcript.protein, translate(self.bases)
        low, high = span
        self.touches_start = low < 3 and (low < high or low > 0)
        self.touches_stop = high > len(self.coding) - 3 and (low < high or low > len(self.coding) - 3)
        self.has_start = self.bases[:3] == "ATG"
        # Whether all coding bases stand behind the change, with bases before them as the start codon's.
        whole = transcript.text[:first] + self.bases
        self.keeps_coding = whole.endswith(before)
        # Residues that are the same from the start on, and those that must differ in a name.
        self.same = next((number for number, (one, other) in enumerate(zip(self.old, self.new)) if one != other),
                         min(len(self.old), len(self.new)))

    @property
    def loses_start(self):
        return self.touches_start and not self.has_start

    @property
    def has_stop_in_touched_codons(self):
        start, end = self.span[0] // 3 * 3, -(-self.span[1] // 3) * 3
        return "*" in translate(self.bases[start:max(end + self.length_change, start)])

    def terms(self):
        """The terms of which one must be among those of the variant, the in-frame ones as one."""
        if self.touches_stop and self.length_change % 3 == 0 and not self.loses_start:
            return self.terms_at_stop()
        if self.old == self.new and self.length_change > 0 and not self.loses_start:
            return {"stop_retained", "inframe", "frameshift"}
        return {self.term()}

    def terms_at_stop(self):
        if not self.new.endswith("*") or len(self.new) > max(len(self.old) + self.length_change // 3, len(self.old)):
            return {"stop_lost"}
        if self.length_change == 0:
            if self.old == self.new:
                return {"stop_retained", "synonymous"}
            return {"stop_gained"} if len(self.new) < len(self.old) else {"missense", "stop_retained"}
        if len(self.new) < len(self.old) + min(self.length_change // 3, 0):
            return {"stop_gained"} if self.length_change < 0 else {"stop_gained", "stop_retained"}
        # What is put in or left out within the stop codon may as well lie before it.
        kept = {"stop_retained", "inframe"}
        return kept if self.length_change < 0 else kept | {"stop_gained"}

    def term(self):
        """The term of a change that does not touch the stop codon or shifts the frame."""
        if self.loses_start:
            return "start_retained" if self.length_change != 0 and self.keeps_coding else "start_lost"
        if self.length_change % 3 != 0:
            is_stop = self.new[self.same:self.same + 1] == "*" and self.same < len(self.old) - 1
            return "stop_gained" if is_stop else "frameshift"
        if self.new.endswith("*") and len(self.new) < len(self.old) + self.length_change // 3:
            return "stop_gained"
        if self.length_change != 0:
            return "inframe"
        return "synonymous" if self.old == self.new else "missense"


def reading(variant, transcript, strand_new):
    """The reading of a change that lies inside one exon and inside the coding sequence, or None."""
    if not transcript.is_coding:
        return None
    low, high = variant.low, variant.high
    if not any(start <= low and high <= end and (low < high or start < low < end) for start, end in transcript.exons):
        return None
    if low == high:
        place = transcript.index[low] if transcript.strand == "+" else transcript.index[low - 1]
        span = (place, place)
        is_inside = transcript.first < place < transcript.last
    else:
        ends = [transcript.index[low], transcript.index[high - 1]]
        span = (min(ends), max(ends) + 1)
        is_inside = transcript.first <= span[0] and span[1] <= transcript.last
    if not is_inside:
        return None
    return Reading(transcript, (span[0] - transcript.first, span[1] - transcript.first), strand_new)


def fault(text, reading):
    """What is wrong with a p. name, or None."""
    name = ProteinName.read(text, reading.old)
    old, new, same = reading.old, reading.new, reading.same
    if name is None:
        return "names residues that are not there"
    if name.kind == "?":
        return None if name.first == 1 and reading.touches_start and reading.bases[:3] != reading.coding[:3] else "?"
    if name.kind == "fs":
        if name.first != same + 1 or name.new != new[same:same + 1] or name.new == "*":
            return "frameshift at another residue"
        stop = str(new.index("*") - same + 1) if "*" in new else "?"
        return None if name.stop == stop else "other distance to the stop"
    if name.kind == "ext":
        if name.last != len(old) or old[:name.first - 1] != new[:name.first - 1]:
            return "extension of another protein"
        stop = str(new.index("*") - len(old) + 1) if "*" in new else "?"
        return None if name.stop == stop else "other distance to the stop"
    if name.kind == "delins" and name.last == len(old) and "*" not in name.new:
        # The bases behind a lost stop codon are read on and not named.
        is_lost = "*" not in new or len(new) > len(old)
        return None if is_lost and new.startswith(old[:name.first - 1] + name.new) else "another protein"
    if name.applied(old) != new:
        return "another protein"
    if name.kind == "sub" and (name.new == "*" or len(name.new) == 1):
        return None if name.first == same + 1 else "not the first changed residue"
    if name.kind == "del":
        after = old[name.last:name.last + 1]
        return "not the most 3' place" if after and after != "*" and after == old[name.first - 1] else None
    if name.kind == "ins":
        count, left = len(name.new), old[:name.first]
        if "*" not in name.new and left[-count:] == name.new:
            return "ins for dup"
        return "not the most 3' place" if "*" not in name.new and old[name.first] == name.new[0] else None
    if name.kind == "delins":
        lost, got = old[name.first - 1:name.last], name.new
        return "not trimmed" if lost[0] == got[:1] or (lost[-1] == got[-1:] and got[-1:] != "*") else None
    if name.kind == "dup":
        return "not the most 3' place" if old[name.last:name.last + 1] == old[name.first - 1] else None
    return None
