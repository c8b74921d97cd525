#!/usr/bin/env python3
"""Estimate the weights of parts of speech: `dictionaries/words.csv`.

    train.py en_ewt.tsv.gz OUT.csv      write the weights
    train.py --measure OUT.csv FILE     accuracy on a file that was not trained on

A hidden Markov model over pairs of tags. What is written are rounded logarithms (base 2, times 8), so every machine
computes the same with integers: `kind, key, tags`, where `tags` lists `TAG weight`. Kinds: `word` (a word in small
letters), `low`, `capital`, `first` (an ending of up to four letters of a word that is not listed: in small letters, with
a capital, with a capital at the head of a sentence), `after` (the two tags before; `PUNCT` is a sign
that parts clauses, such as a comma). Python 3, standard library only.

A verb has all its forms: what the treebank lacks of its own verbs (two times there at least) and of those in `verbs.csv`
(verb, `noun` if it is one too, past and participle if they do not end in -ed) is added, where the ending would have it
guessed otherwise, and irregular forms always; a word that the treebank has without one of these parts counts as it once more.
"""
import csv, gzip, math, os, re, sys
from collections import Counter, defaultdict

VERBS = {"VBG": "ING", "VBN": "PPLE", "VBD": "PAST", "VBZ": "PRES"}
LISTED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "verbs.csv")
# One word here, two in the treebank; and words whose ending misleads.
WHOLE = {"cannot": "AUX", "mustn't": "AUX", "outgoing": "ADJ", "incoming": "ADJ", "upcoming": "ADJ", "unclear": "ADJ"}
WHOLE |= {"amid": "ADP", "amidst": "ADP", "atop": "ADP", "alongside": "ADP", "albeit": "SCONJ", "lest": "SCONJ"}
WHOLE |= {"counterpart": "NOUN", "counterparts": "NOUN", "onslaught": "NOUN", "bloodshed": "NOUN", "proxy": "NOUN"}
BREAKS, BREAK = set(", ; : ! ? ( ) [ ] – — --".split()), (",", "PUNCT")
ENDINGS = 4
LEAST = 2  # times an ending must occur
RARE = 10  # words up to this often tell of unknown ones


def tag_of(upos, xpos):
    if xpos == "PRP$":
        return "DET"  # "its": a noun follows, as behind "the"
    if upos == "VERB":
        return VERBS.get(xpos, "BASE")
    return {"SYM": "X", "INTJ": "ADV", "NUM": "NUM"}.get(upos, upos)


def sentences(path):
    """Words with a tag; clitics (n't, 's) belong to their word, of signs only those that part clauses stand."""
    words, glued = [], False
    for line in gzip.open(path, "rt", encoding="utf-8"):
        if line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 8:
            if words:
                yield words
            words, glued = [], False
            continue
        form, upos, xpos = cells[1].replace("’", "'"), cells[3], cells[4]
        clitic = len(form) > 1 and (form.startswith("'") or form.lower() == "n't" or form.lower() == "not" and glued)
        if clitic and words:
            words[-1] = (words[-1][0] + form, words[-1][1])
        elif any(c.isalnum() for c in form):
            words.append((form, tag_of(upos, xpos)))
        elif form in BREAKS and words and words[-1] != BREAK:
            words.append(BREAK)
        glued = cells[7] == "SpaceAfter=No"
    if words:
        yield words


def verbs(path):
    """Verbs with whether they are nouns too, and their irregular forms: of the treebank and of `verbs.csv`."""
    as_verb, as_noun = Counter(), Counter()
    for line in gzip.open(path, "rt", encoding="utf-8"):
        cells = line.split("\t")
        if len(cells) > 4 and re.fullmatch("[a-z]+", cells[2]):
            as_verb[cells[2]] += cells[3] == "VERB"
            as_noun[cells[2]] += cells[3] == "NOUN"
    found = {verb: (as_noun[verb] > 0, "", "") for verb, n in as_verb.items() if n >= 2}
    for row in csv.DictReader(open(LISTED, encoding="utf-8", newline="")):
        found[row["verb"]] = (row["also"] == "noun", row["past"], row["participle"])
    return found


def forms(verb, is_noun, past, participle):
    third = verb + "es" if re.search("(s|x|z|ch|sh|o)$", verb) else verb + "s"
    if re.search("[^aeiou]y$", verb):
        third = verb[:-1] + "ies"
    also = ("NOUN",) if is_noun else ()
    yield verb, ("BASE", *also)
    yield third, ("PRES", *also)
    yield re.sub("(?<![eoy])e$", "", verb) + "ing", ("ING",)
    if past:
        yield past, ("PAST", "PPLE") if past == participle else ("PAST",)
        if past != participle:
            yield participle, ("PPLE",)


def key_of(form):
    low = form.lower()
    for ending in ("'s", "'"):
        if low.endswith(ending) and low not in ("it's", "he's", "she's", "that's", "there's", "what's", "let's"):
            low = low[: -len(ending)]
    return low


def shape(form, first):
    return "low" if not form[0].isupper() else "first" if first else "capital"


def weight(p, q):
    return round(8 * math.log2(p / q))


def train(path, out):
    words, tags, after, ends = defaultdict(Counter), Counter(), defaultdict(Counter), defaultdict(Counter)
    after_two = defaultdict(Counter)
    data = list(sentences(path))
    for sentence in data:
        two, before = "START", "START"
        for form, tag in sentence:
            words[key_of(form)][tag] += 1
            tags[tag] += 1
            after[before][tag] += 1
            after_two[two, before][tag] += 1
            two, before = before, tag
    names = sorted(tags)
    share_of_all = {tag: tags[tag] / sum(tags.values()) for tag in names}
    del words[BREAK[0]], tags["PUNCT"]
    share = {tag: tags[tag] / sum(tags.values()) for tag in tags}
    for sentence in data:
        for at, (form, tag) in enumerate(sentence):
            key = key_of(form)
            if sum(words[key].values()) <= RARE and key and key[0].isalpha():
                for length in range(min(ENDINGS, len(key)) + 1):
                    ends[shape(form, at == 0), key[len(key) - length :]][tag] += 1
    probable = {}

    def guess(kind, ending):
        if (kind, ending) not in probable:
            up = guess(kind, ending[1:]) if ending else share
            count = ends[kind, ending]
            total = sum(count.values())
            probable[kind, ending] = {tag: (count[tag] + 2 * up[tag]) / (total + 2) for tag in share}
        return probable[kind, ending]

    seen = {key: set(count) for key, count in words.items() if sum(count.values()) >= 2}
    listed = {row["verb"] for row in csv.DictReader(open(LISTED, encoding="utf-8", newline=""))}
    for verb, about in sorted(verbs(path).items()):
        for form, wanted in forms(verb, *about):
            guessed = next(guess("low", form[at:]) for at in range(max(len(form) - ENDINGS, 0), len(form) + 1) if ("low", form[at:]) in ends)
            if form in seen:
                # The form is known otherwise: as if it had been seen once as a verb; as each part if it is irregular or a
                # noun by `verbs.csv`.
                for tag in wanted if verb in listed or form in about[1:] else wanted[:1]:
                    words[form][tag] += tag not in seen[form]
            elif max(guessed, key=guessed.get) != wanted[0] or len(wanted) > 1 or form in about[1:]:
                words[form] = Counter({tag: 6 // len(wanted) for tag in wanted})
    for form, tag in WHOLE.items():
        words[form] = Counter({tag: 6})
    rows = []
    cell = lambda p, least: " ".join(
        f"{tag} {weight(p[tag], share[tag])}" for tag in sorted(p) if p[tag] > least and weight(p[tag], share[tag]) > -60
    )
    # Three tags in a row are rare; what is known of two and of one fills up.
    for two in ["START"] + names:
        for before in (["START"] if two == "START" else []) + names:
            pairs, triples = after[before], after_two[two, before]
            total, of_triple = sum(pairs.values()) or 1, sum(triples.values())
            mixed = lambda tag: 0.05 * share_of_all[tag] + 0.35 * pairs[tag] / total + (0.6 * triples[tag] / of_triple if of_triple else 0)
            whole = 1 if of_triple else 0.4
            rows.append(("after", f"{two} {before}", " ".join(f"{tag} {weight(mixed(tag) / whole, 1)}" for tag in names)))
    for key in sorted(words):
        count, total = words[key], sum(words[key].values())
        if total < 2 or not key or not key[0].isalpha() or "," in key:
            continue
        guessed = guess("low", key[-ENDINGS:]) if ("low", key[-ENDINGS:]) in ends else None
        p = {tag: count[tag] / total for tag in count}
        if total < 5 and guessed:
            p = {tag: 0.8 * p.get(tag, 0) + 0.2 * guessed[tag] for tag in share}
        rows.append(("word", key, cell(p, 0.01)))
    for kind, ending in sorted(ends):
        if sum(ends[kind, ending].values()) >= LEAST or not ending:
            p = guess(kind, ending)
            up = guess(kind, ending[1:]) if ending else share
            if not ending or max(abs(math.log2((p[t] + 0.01) / (up[t] + 0.01))) for t in share) > 0.5:
                rows.append((kind, ending, cell(p, 0.01)))
    with open(out, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "key", "tags"))
        writer.writerows(rows)


class Model:
    def __init__(self, path):
        self.table = defaultdict(dict)
        for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
            cells = row["tags"].split()
            self.table[row["kind"]][row["key"]] = [(cells[i], int(cells[i + 1])) for i in range(0, len(cells), 2)]
        self.after = {before: dict(tags) for before, tags in self.table["after"].items()}

    def candidates(self, form, first):
        key = key_of(form)
        if form == BREAK[0]:
            return [("PUNCT", 0)]
        if not key or key[0].isdigit():
            return [("NUM", 0)]
        found = self.table["word"].get(key)
        capital = form[0].isupper() and not first
        if found:
            if capital:
                return [(t, w - 22) if t != "PROPN" else (t, w + 8) for t, w in found] + ([] if any(t == "PROPN" for t, _ in found) else [("PROPN", 8)])
            return found
        kind = shape(form, first)
        for length in range(min(ENDINGS, len(key)), -1, -1):
            found = self.table[kind].get(key[len(key) - length :])
            if found:
                return found
        return [("NOUN", 0)]

    def tag(self, forms):
        # Scores of the last two tags, and where they came from.
        paths, best = [], {("START", "START"): 0}
        for at, form in enumerate(forms):
            here, back = {}, {}
            for (two, before), score in best.items():
                after = self.after[f"{two} {before}"]
                for tag, w in self.candidates(form, at == 0):
                    new = score + after[tag] + w
                    if (before, tag) not in here or new > here[before, tag]:
                        here[before, tag], back[before, tag] = new, two
            paths.append(back)
            best = here
        before, tag = max(best, key=best.get)
        tags = []
        for back in reversed(paths):
            tags.append(tag)
            before, tag = back[before, tag], before
        return tags[::-1]


def measure(model, path):
    model = Model(model)
    n = right = coarse = 0
    wrong = Counter()
    verb = lambda tag: "VERB" if tag in ("ING", "PPLE", "PAST", "PRES", "BASE") else "NOUN" if tag == "PROPN" else tag
    for sentence in sentences(path):
        for (form, tag), got in zip(sentence, model.tag([form for form, _ in sentence])):
            if tag == "PUNCT":
                continue
            n += 1
            right += tag == got
            coarse += verb(tag) == verb(got)
            wrong[tag, got] += tag != got
    print(f"words {n}, tags {right / n:.4f}, verb, noun and the rest {coarse / n:.4f}")
    print(wrong.most_common(30))


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        measure(sys.argv[2], sys.argv[3])
    else:
        train(sys.argv[1], sys.argv[2])
