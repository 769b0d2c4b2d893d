"""The genome, its transcripts and the variants on it, read anew and without any of the engine's code."""

COMPLEMENT = str.maketrans("ACGT", "TGCA")
LETTERS = {"A": "Ala", "C": "Cys", "D": "Asp", "E": "Glu", "F": "Phe", "G": "Gly", "H": "His", "I": "Ile", "K": "Lys",
           "L": "Leu", "M": "Met", "N": "Asn", "P": "Pro", "Q": "Gln", "R": "Arg", "S": "Ser", "T": "Thr", "V": "Val",
           "W": "Trp", "Y": "Tyr", "*": "Ter"}
CODE = dict(zip((a + b + c for a in "TCAG" for b in "TCAG" for c in "TCAG"),
                "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"))


def reverse(text):
    return text[::-1].translate(COMPLEMENT)


def translate(text):
    """The residues up to and with the first stop."""
    residues = []
    for at in range(0, len(text) - 2, 3):
        residues.append(CODE[text[at:at + 3]])
        if residues[-1] == "*":
            break
    return "".join(residues)


class Transcript:
    """Exons as 0-based, half-open ranges of the contig by position; `first` and `last` bound the spliced coding bases."""

    def __init__(self, name, contig, strand):
        self.name, self.contig, self.strand = name, contig, strand
        self.exons, self.coding = [], []

    def finish(self, sequence):
        self.exons.sort()
        self.places = [place for low, high in self.exons for place in range(low, high)]
        self.text = "".join(sequence[low:high] for low, high in self.exons)
        if self.strand == "-":
            self.places.reverse()
            self.text = reverse(self.text)
        self.index = {place: number for number, place in enumerate(self.places)}
        self.start, self.end = self.exons[0][0], self.exons[-1][1]
        self.first = self.last = 0
        if self.coding:
            low, high = min(self.coding)[0], max(high for _, high in self.coding) - 1
            self.first, self.last = sorted((self.index[low], self.index[high]))
            self.last += 1
            self.protein = translate(self.text[self.first:])
        self.introns = [(left[1], right[0]) for left, right in zip(self.exons, self.exons[1:])]

    @property
    def is_coding(self):
        return self.last > 0


class Variant:
    """A record without the bases that both alleles share: `old` at `low` gives way to `new`."""

    def __init__(self, contig, position, old, new, sequence):
        self.contig, self.record = contig, (position, old, new)
        self.is_block = len(old) == len(new)
        low = position - 1
        while old and new and old[0] == new[0]:
            old, new, low = old[1:], new[1:], low + 1
        while old and new and old[-1] == new[-1]:
            old, new = old[:-1], new[:-1]
        self.low, self.high, self.old, self.new = low, low + len(old), old, new
        self.is_insertion, self.is_deletion = not old, not new
        self.right = self.left = 0
        if self.is_insertion or self.is_deletion:
            while self.moved(self.right)[0] < len(sequence) - 100 and rolls(sequence, self.low, old, new, self.right):
                self.right += 1
            while self.low - self.left > 100 and rolls_back(sequence, self.low, old, new, self.left):
                self.left += 1

    def moved(self, by):
        """(low, high, new) of an insertion or deletion that is moved to the right, or with a negative number to the left."""
        new = self.new
        if new and not self.old:
            turn = by % len(new)
            new = new[turn:] + new[:turn]
        return self.low + by, self.high + by, new


def rolls(sequence, low, old, new, by):
    unit = old or new
    following = sequence[low + len(old) + by]
    return following == (sequence[low + by] if old else unit[by % len(unit)])


def rolls_back(sequence, low, old, new, by):
    unit = old or new
    preceding = sequence[low - 1 - by]
    return preceding == (sequence[low + len(old) - 1 - by] if old else unit[-1 - by % len(unit)])


def read_fasta(path):
    contigs, name = {}, None
    with open(path, encoding="ascii") as file:
        for line in file:
            if line.startswith(">"):
                name = line[1:].split()[0]
                contigs[name] = []
            else:
                contigs[name].append(line.strip().upper())
    return {name: "".join(lines) for name, lines in contigs.items()}


def read_models(path, contigs):
    transcripts = {}
    with open(path, encoding="ascii") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    for fields in lines:
        attributes = dict(entry.split("=", 1) for entry in fields[8].split(";"))
        if attributes.get("ID", "").startswith("transcript:"):
            name = attributes["ID"].split(":")[1]
            transcripts[name] = Transcript(name, fields[0], fields[6])
    for fields in lines:
        if fields[2] in ("exon", "CDS"):
            attributes = dict(entry.split("=", 1) for entry in fields[8].split(";"))
            transcript = transcripts[attributes["Parent"].split(":")[1]]
            pieces = transcript.exons if fields[2] == "exon" else transcript.coding
            pieces.append((int(fields[3]) - 1, int(fields[4])))
    for transcript in transcripts.values():
        transcript.finish(contigs[transcript.contig])
    return transcripts


def read_variants(path, contigs):
    variants = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if not line.startswith("#"):
                contig, position, name, old, new = line.split("\t")[:5]
                variants[name] = Variant(contig, int(position), old, new.strip(), contigs[contig])
    return variants
