"""Kinds of differences between the callers, each a rule over the variant and the transcript with its reason.

A rule sees a `Pair`. The first that holds names the kind; a difference that none explains is unexplained."""

import re

from genome import CODE, LETTERS, reverse
from names import ProteinName, alleles, coding_name, is_same, residues, without_old_bases
from oracle import fault, reading

SHORT_INTRON = 13  # up to here VEP takes an intron for a correction of the model
RANKS = ["splice_acceptor", "splice_donor", "stop_gained", "frameshift", "stop_lost", "start_lost", "inframe", "missense",
         "splice_region", "start_retained", "stop_retained", "synonymous", "5_prime_utr", "3_prime_utr"]
FOLDED = {"inframe_insertion": "inframe", "inframe_deletion": "inframe", "protein_altering": "inframe",
          "inframe_altering": "inframe", "conservative_inframe_deletion": "inframe", "initiator_codon": "start_retained",
          "conservative_inframe_insertion": "inframe", "disruptive_inframe_deletion": "inframe",
          "disruptive_inframe_insertion": "inframe", "splice_donor_5th_base": "splice_region",
          "splice_donor_region": "splice_region", "5_prime_UTR": "5_prime_utr", "3_prime_UTR": "3_prime_utr",
          "5_prime_UTR_premature_start_codon_gain": "5_prime_utr"}


def folded(terms):
    """Terms in one dialect: bcftools' and SnpEff's in ours, the in-frame ones as one."""
    short = (term.removesuffix("_variant") for term in terms)
    return {FOLDED.get(term, term) for term in short}


def main_term(terms):
    """The most severe term. A lost start or stop codon stands for the shifted frame that comes with it."""
    for codon in ("start_lost", "stop_lost"):
        if codon in terms:
            terms = terms - {"frameshift"}
    return next((term for term in RANKS if term in terms), "other")


class Pair:
    """A variant on a transcript with what is said of it: folded terms, c. and p. name, ours and a peer's."""

    def __init__(self, variant, transcript, sequence):
        self.variant, self.transcript, self.sequence = variant, transcript, sequence
        low, high = variant.low, variant.high
        # Bases that a change could touch without a change of the result.
        wide_low, wide_high = low - variant.left, high + variant.right
        edges = [edge for exon in transcript.exons for edge in exon]
        inner = edges[1:-1]
        self.is_beyond = low < transcript.start or high > transcript.end
        position, old, _ = variant.record
        self.is_written_beyond = position - 1 < transcript.start or position - 1 + len(old) > transcript.end
        self.is_at_end = wide_low <= transcript.start or wide_high >= transcript.end
        self.is_near_end = wide_low < transcript.start + 8 or wide_high > transcript.end - 8
        self.spans_edge = any(low < edge < high for edge in inner)
        self.is_at_edge = variant.is_insertion and low in inner
        self.abuts_edge = variant.old and variant.new and (low in inner or high in inner)
        self.rolls_over_edge = any(wide_low <= edge <= wide_high for edge in inner) and variant.left + variant.right > 0
        self.is_near_edge = any(wide_low - 8 <= edge <= wide_high + 8 for edge in inner)
        self.is_in_short_exon = any(start <= low and high <= end < start + 13 for start, end in transcript.exons)
        self.moves = (variant.right if transcript.strand == "+" else variant.left) > 0
        self.is_near_short_intron = any(end - start <= SHORT_INTRON and wide_low - 8 <= end and start <= wide_high + 8
                                        for start, end in transcript.introns)
        written = range(position, position - 1 + len(old))
        self.is_block_over_edge = variant.is_block and any(edge in written for edge in edges) and not self.spans_edge
        self.touches_start = self.touches_stop = self.crosses_border = self.is_beside_border = self.has_split_start = False
        self.reading = None
        if transcript.is_coding:
            self.touches_start = self.touches(transcript.first, transcript.first + 3, wide_low, wide_high)
            self.touches_stop = self.touches(transcript.last - 3, transcript.last, wide_low, wide_high)
            start = transcript.places[transcript.first:transcript.first + 3]
            self.has_split_start = abs(start[2] - start[0]) > 2
            borders = [transcript.places[transcript.first], transcript.places[transcript.last - 1]]
            region_low, region_high = min(borders), max(borders) + 1
            self.crosses_border = any(wide_low <= border <= wide_high for border in (region_low, region_high))
            self.is_beside_border = any(wide_low - 3 <= border <= wide_high + 3 for border in (region_low, region_high))
            if variant.is_block and (region_low in written or region_high in written):
                self.is_block_over_edge = not low < region_low < high and not low < region_high < high
            self.reading = reading(variant, transcript, variant.new if transcript.strand == "+" else reverse(variant.new))

    def touches(self, first, last, low, high):
        places = self.transcript.places[first:last]
        return any(low - 1 <= place <= high for place in places)

    @property
    def is_at_coding_edge(self):
        return self.spans_edge or self.is_at_edge or self.rolls_over_edge or self.is_beyond or self.crosses_border


def splice_terms(pair):
    """The donor and acceptor terms that the changed bases call for, by the two bases at either end of each intron."""
    terms, variant, forward = set(), pair.variant, pair.transcript.strand == "+"
    position, old, new = variant.record
    # A block changes the bases that differ; runs of bases that are the same part it.
    if variant.is_block:
        changed = [(position - 1 + at, position + at) for at in range(len(old)) if old[at] != new[at]]
    else:
        changed = [(variant.low, variant.high)]
    for start, end in pair.transcript.introns:
        if end - start <= SHORT_INTRON:
            continue
        for low, high in changed:
            if low < start + 2 and high > start:
                terms.add("splice_donor" if forward else "splice_acceptor")
            if low < end and high > end - 2:
                terms.add("splice_acceptor" if forward else "splice_donor")
    return terms


class Answer:
    """What a caller says: folded terms, the main one, c. and p. name (empty for none)."""

    def __init__(self, terms, coding="", protein=""):
        self.terms, self.coding, self.protein = folded(terms), coding, protein
        self.main = main_term(self.terms)


# Each: name, rule(pair, ours, theirs), reason.

MODELS = [
    ("intron of 13 bases or fewer", lambda p, o, t: p.is_near_short_intron,
     "taken for a correction of the model, without splice sites, as by VEP; peers take it for an intron"),
    ("beyond the transcript's end", lambda p, o, t: p.is_beyond,
     "no name, and coding_sequence_variant where coding bases go, as by VEP; peers cut the change at the end"),
    ("block with shared ends over an edge", lambda p, o, t: p.is_block_over_edge,
     "the block is judged as written, as by VEP; peers trim it"),
]

CODONS = [
    ("start codon: ATG is kept", lambda p, o, t: "start_lost" in t.terms - o.terms and p.reading and keeps_start(p),
     "the changed transcript has ATG in its place, or another in front; the peer calls what touches the codon start_lost"),
    ("start codon: ATG is lost", lambda p, o, t: "start_lost" in o.terms - t.terms and p.reading and not keeps_start(p),
     "the changed transcript has no ATG; the peer calls the frame, a stop, or missense where an intron parts the codon"),
    ("start codon over an edge", lambda p, o, t: p.touches_start and p.is_at_coding_edge,
     "part of the change is not coding: judged by what is left of the codon, as by VEP"),
    ("stop codon: a stop is kept", lambda p, o, t: p.reading and "stop_retained" in o.terms & p.reading.terms(),
     "the changed transcript has a stop in the place; the peer calls the lost bases or the frame"),
    ("stop codon over an edge", lambda p, o, t: p.touches_stop and p.is_at_coding_edge,
     "part of the change is not coding: judged by what is left of the codon, as by VEP"),
    ("not what the changed transcript gives", lambda p, o, t: is_given(p, o) and not is_given(p, t),
     "read anew, the transcript gives our term and not the peer's"),
    ("beside the same term", lambda p, o, t: is_given(p, o) and is_given(p, t),
     "both give the term of the transcript read anew; one adds what follows from it (stop_lost behind a shifted frame)"),
    ("stop behind a shifted frame", lambda p, o, t: shifts_to_stop(p, o, t),
     "frameshift, and a stop term only where a touched codon is a stop, as by VEP"),
]

CSQ_TERMS = MODELS + [
    ("reach of the splice region", lambda p, o, t: differs_by_region(p, o, t),
     "three exon and eight intron bases, an insertion between them and others in neither, as by VEP; csq counts one more"),
    ("stop among new residues", lambda p, o, t: "stop_gained" in o.terms - t.terms and has_new_stop(p),
     "the new codons hold a stop: stop_gained, as by VEP; csq says frameshift, missense or inframe alone"),
] + CODONS + [
    ("delins that ends at an exon's edge", lambda p, o, t: p.abuts_edge and splice_terms(p) and splice_terms(p) <= o.terms,
     "the splice site is changed, by its bases; csq counts what is put in as the exon's"),
    ("insertion at an exon's edge", lambda p, o, t: p.is_at_edge,
     "called as coding and splice region where it is written, as by VEP; csq calls the splice site"),
    ("change over an exon's edge", lambda p, o, t: p.spans_edge,
     "splice site and coding_sequence_variant, as by VEP; csq adds the frame, or leaves the site out where the bases fit"),
    ("repeat over an exon's edge", lambda p, o, t: p.rolls_over_edge,
     "called where it is written, as by VEP; csq moves it out of the splice site"),
]

SNPEFF_TERMS = MODELS + [
    ("another change", lambda p, o, t: t.coding and not says_the_same(p, t),
     "near the transcript's end SnpEff moves every change by some bases; its c. name does not give ALT"),
    ("near the transcript's end", lambda p, o, t: p.is_near_end and "splice_region" in t.terms - o.terms,
     "SnpEff takes the ends of a transcript for splice regions"),
    ("reach of the splice region", lambda p, o, t: differs_by_region(p, o, t),
     "three exon and eight intron bases, as by VEP; SnpEff counts insertions otherwise, and gives short exons none"),
    ("start codon: CTG or TTG", lambda p, o, t: "start_lost" in o.terms and "start_retained" in t.terms,
     "start_lost, as by VEP; SnpEff takes CTG and TTG for start codons"),
    ("stop among new residues", lambda p, o, t: "stop_gained" in o.terms ^ t.terms and has_new_stop(p),
     "stop_gained where a touched codon becomes a stop, as by VEP; SnpEff looks elsewhere"),
] + CODONS + [
    ("exon loss", lambda p, o, t: "exon_loss" in t.terms and p.is_in_short_exon, "SnpEff says exon_loss where a whole exon goes"),
    ("insertion beside a codon", lambda p, o, t: p.variant.is_insertion and p.is_beside_border
     and (o.terms ^ t.terms) & {"start_retained", "stop_retained"},
     "an insertion beside the start or stop codon does not touch it"),
    ("insertion beside a splice site", lambda p, o, t: p.variant.is_insertion and p.is_near_edge
     and (o.terms ^ t.terms) & {"splice_donor", "splice_acceptor"},
     "an insertion touches a splice site between its two bases, as by VEP; SnpEff also on its far side"),
    ("insertion at an exon's edge", lambda p, o, t: p.is_at_edge,
     "called as coding and splice region where it is written, as by VEP; SnpEff calls the splice site"),
    ("change over an exon's edge", lambda p, o, t: p.spans_edge,
     "splice site and coding_sequence_variant, as by VEP; SnpEff adds the frame"),
    ("repeat near an exon's or the coding sequence's edge",
     lambda p, o, t: p.rolls_over_edge or p.moves and (p.is_near_edge or p.touches_start or p.touches_stop),
     "called where it is written, as by VEP; SnpEff moves it 3' first"),
]

SNPEFF_CODING = [
    ("beyond the transcript's end", lambda p, o, t: not o.coding and not coding_name(p.variant, p.transcript, p.sequence),
     "a c. name has no places beyond the transcript"),
    ("inversion", lambda p, o, t: o.coding.endswith("inv") and says_the_same(p, t), "HGVS: inv; SnpEff writes the bases"),
    ("not at the most 3' place", lambda p, o, t: says_the_same(p, t), "HGVS: the most 3' place and dup; SnpEff leaves it where it is"),
    ("another change", lambda p, o, t: not says_the_same(p, t),
     "the peer's name, applied to the genome, does not give ALT; ours does"),
]

SNPEFF_PROTEIN = [
    ("another change", lambda p, o, t: t.coding and not p.is_beyond and not says_the_same(p, t), "the peer's c. name does not give ALT"),
    ("no base behind the stop", lambda p, o, t: not o.protein and p.reading and p.reading.new == p.reading.old[:len(p.reading.new)],
     "the transcript ends before another codon is full"),
    ("start codon", lambda p, o, t: o.protein == "p.Met1?", "p.Met1?, as HGVS wants it; SnpEff names what would be read from the old start"),
    ("over an edge, SnpEff alone", lambda p, o, t: not o.protein and is_partly_coding(p),
     "no p. name where part of the change is not coding, as by VEP; SnpEff gives `fs` or `delins???`"),
    ("over an edge, ours alone", lambda p, o, t: not t.protein and is_partly_coding(p),
     "named where the most 3' place is coding, as by VEP; SnpEff takes it for an intron's"),
    ("frameshift at the written codon", lambda p, o, t: "fs" in t.protein and p.reading and is_right(p, o),
     "ours names the first residue that changes, by the transcript read anew"),
    ("extension", lambda p, o, t: "ext" in o.protein + t.protein and p.reading and is_right(p, o),
     "ours counts to the new stop, by the transcript read anew"),
    ("another protein, or residues that are not there", lambda p, o, t: p.reading and is_right(p, o) and not is_right(p, t),
     "ours is what the transcript read anew gives"),
    ("over an edge, both", lambda p, o, t: is_partly_coding(p),
     "the most 3' place of a change over an edge may be all coding: ours names that, as by VEP"),
]

OWN_TERMS = [
    ("block with shared ends over an edge", lambda p, o, t: p.is_block_over_edge,
     "the block is judged as written, as by VEP"),
    ("stop behind a shifted frame", lambda p, o, t: "frameshift" in o.terms and p.reading.term() == "stop_gained",
     "stop_gained only where a touched codon is a stop, as by VEP; the p. name ends in Ter"),
]

OWN_PROTEIN = [
    ("no name over an edge", lambda p, o, t: not o.protein and (p.is_at_coding_edge or p.is_block_over_edge),
     "its most 3' place, or the block as written, is not all coding"),
    ("no base behind the stop", lambda p, o, t: not o.protein and p.reading.new == p.reading.old[:len(p.reading.new)],
     "the transcript ends before another codon is full"),
    ("moved over an intron", lambda p, o, t: p.rolls_over_edge, "named in the exon that holds its most 3' place"),
]

TABLES = [
    ("own c.", "c. and n. names against the rules of HGVS on the genome", []),
    ("own splice", "Splice donor and acceptor against the changed bases", []),
    ("own terms", "Terms against the transcript read anew, changes inside a coding exon", OWN_TERMS),
    ("own p.", "p. names against the transcript read anew, changes inside a coding exon", OWN_PROTEIN),
    ("csq terms", "Main term against bcftools csq -l, coding transcripts", CSQ_TERMS),
    ("SnpEff terms", "Main term against SnpEff", SNPEFF_TERMS),
    ("SnpEff c.", "c. and n. names against SnpEff", SNPEFF_CODING),
    ("SnpEff p.", "p. names against SnpEff", SNPEFF_PROTEIN),
]


def judged(pair, ours):
    """(table, kind or None, detail) of what the changed bases alone say."""
    found = []
    truth = coding_name(pair.variant, pair.transcript, pair.sequence) or ""
    found.append(("own c.", None if truth == ours.coding else "unexplained", f"expected {truth}"))
    if "transcript_ablation" not in ours.terms:
        sites = splice_terms(pair)
        is_right = ours.terms & {"splice_donor", "splice_acceptor"} == sites
        found.append(("own splice", None if is_right else "unexplained", f"{sorted(ours.terms)}, expected {sorted(sites)}"))
    if pair.reading and "transcript_ablation" not in ours.terms:
        is_right = pair.reading.terms() & ours.terms
        kind = None if is_right else kind_of(OWN_TERMS, pair, ours, None)
        found.append(("own terms", kind, f"{sorted(ours.terms)}, expected {sorted(pair.reading.terms())}"))
        problem = fault(ours.protein, pair.reading) if ours.protein else "no name"
        found.append(("own p.", problem and kind_of(OWN_PROTEIN, pair, ours, None), problem))
    return found


def is_partly_coding(pair):
    """Whether a change lies, or may be moved, over an edge of an exon or of the coding sequence."""
    return pair.is_at_coding_edge or pair.is_near_short_intron or pair.is_block_over_edge


def plain(name):
    return without_old_bases(name)


def says_the_same(pair, theirs):
    change = alleles(theirs.coding, pair.transcript, pair.sequence) if theirs.coding else None
    return change is not None and is_same(change, pair.variant, pair.sequence)


def is_right(pair, answer):
    """Whether a p. name is that of the changed transcript; what cannot be read anew is taken as right."""
    if pair.reading is None:
        return True
    name = spelled(answer.protein)
    return name != "" and fault(name, pair.reading) is None


def spelled(name):
    """A p. name of SnpEff's dialect in ours: `p.Val2Val` is `p.Val2=`, `p.AsnPro7LysThr` a delins."""
    name = name.replace("*", "Ter")
    match = re.fullmatch(r"p\.((?:[A-Z][a-z]{2})+)(\d+)((?:[A-Z][a-z]{2})+)", name)
    if not match:
        return name
    old, first, new = residues(match[1]), int(match[2]), residues(match[3])
    if old is None or new is None:
        return name
    three = LETTERS
    last = f"_{three[old[-1]]}{first + len(old) - 1}" if len(old) > 1 else ""
    if old == new:
        return f"p.{three[old[0]]}{first}{last}="
    if len(old) == len(new) == 1:
        return name
    return f"p.{three[old[0]]}{first}{last}delins{match[3]}"


def is_same_protein_name(pair, ours, theirs):
    """Whether two p. names mean one protein: SnpEff ends the name of a frameshift at `fs` and does not move a change."""
    theirs = spelled(theirs)
    if ours == theirs:
        return True
    if not ours or not theirs:
        return False
    if pair.reading and fault(ours, pair.reading) is None and fault(theirs, pair.reading) is None:
        return True
    if "fs" in ours or "fs" in theirs:
        short = re.sub(r"^(p\.[A-Z][a-z]{2}\d+)[A-Z][a-z]{2}fs.*", r"\1fs", ours)
        return short == theirs
    if "ext" in ours and "ext" in theirs:
        return ours.split("ext")[0] == theirs.split("ext")[0]
    protein = pair.transcript.protein
    one, other = ProteinName.read(ours, protein), ProteinName.read(theirs, protein)
    if one is None or other is None or one.applied(protein) is None:
        return False
    return one.applied(protein) == other.applied(protein)


def differs_by_region(pair, ours, theirs):
    """Whether two answers are one but for splice_region, of an indel near an edge."""
    region = {"splice_region"}
    is_same = main_term(ours.terms - region) == main_term(theirs.terms - region)
    is_snv = len(pair.variant.old) == len(pair.variant.new) == 1
    return is_same and pair.is_near_edge and (not is_snv or pair.is_in_short_exon)


def has_new_stop(pair):
    """Whether the touched codons hold a stop; where a change is not read anew, ours is believed."""
    return pair.reading is None or pair.reading.has_stop_in_touched_codons


def shifts_to_stop(pair, ours, theirs):
    return pair.reading and pair.reading.term() == "stop_gained" and "frameshift" in ours.terms & theirs.terms


def keeps_start(pair):
    return pair.reading.has_start or pair.reading.keeps_coding


def is_given(pair, answer):
    return pair.reading is not None and bool(pair.reading.terms() & answer.terms)


def kind_of(kinds, pair, ours, theirs):
    return next((name for name, rule, _ in kinds if rule(pair, ours, theirs)), "unexplained")
