"""spaCy's PhraseMatcher at this job.  spacy_phrases.py CODEBOOK CORPUS.jsonl

Does: JSON Lines, words, sentences, longest match in two layers (actors by spelling, framing terms in lower case),
counts per source, pairs of actor and frame in one sentence.  Does not: zones, voice, ledger, vocabulary, statistics.
A blank English pipeline with the sentencizer: no model.  Prints the counts as CSV and a line of totals.
"""
import sys
from collections import Counter

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from counts import articles, entries, write

actors, frames = entries(sys.argv[1])
nlp = spacy.blank('en')
nlp.max_length = 10**9
nlp.add_pipe('sentencizer')
layers = []
for attribute, names in (('ORTH', actors), ('LOWER', frames)):
    matcher = PhraseMatcher(nlp.vocab, attr=attribute)
    for code in sorted(set(names.values())):
        matcher.add(code, [nlp.make_doc(name) for name, of in names.items() if of == code])
    layers.append(matcher)
counts, pairs, totals = Counter(), Counter(), Counter()
for doc, source in nlp.pipe(((text, source) for source, text in articles(sys.argv[2])), as_tuples=True):
    totals['articles'] += 1
    totals['words'] += sum(not (token.is_punct or token.is_space) for token in doc)
    starts = [sentence.start for sentence in doc.sents]
    totals['sentences'] += len(starts)
    number = {}
    for at, start in enumerate(starts):
        for token in range(start, starts[at + 1] if at + 1 < len(starts) else len(doc)):
            number[token] = at
    found = ({}, {})
    for layer, matcher, name in ((0, layers[0], 'actors'), (1, layers[1], 'frames')):
        for span in filter_spans(matcher(doc, as_spans=True)):
            counts[source, name, span.label_] += 1
            totals[name] += 1
            found[layer].setdefault(number[span.start], set()).add(span.label_)
    for sentence, here in found[0].items():
        for frame in found[1].get(sentence, ()):
            for actor in here:
                pairs[source, actor, frame] += 1
write(counts, pairs, totals)
