"""bojone/word-discovery with kenlm's count_ngrams, from the paths given with --bojone and --count-ngrams.

Its file word_discovery.py goes on to run on a corpus of its author as it is imported, so only the part
before that is used; the steps are those of its last part. Its threshold of 32 occurrences is 5 here.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import texts

ORDER, LEAST = 4, 5

given = texts.arguments("bojone", "count-ngrams")
source = Path(given.bojone, "word_discovery.py").read_text(encoding="utf-8")
tools: dict = {"__name__": "word_discovery"}
exec(compile(source.partition("\nimport re\nimport glob\n")[0], "word_discovery.py", "exec"), tools)

lines = [re.sub("[^\u4e00-\u9fa50-9a-zA-Z ]+", "\n", line) for line in texts.paragraphs(given.documents)]
with tempfile.TemporaryDirectory() as folder:
    corpus, vocabulary, counts = (Path(folder, name) for name in ("corpus", "chars", "ngrams"))
    tools["write_corpus"](lines, str(corpus))
    command = [
        given.count_ngrams,
        "-o",
        str(ORDER),
        "--memory=10%",
        "-T",
        folder,
        "--write_vocab_list",
        vocabulary,
    ]
    with corpus.open("rb") as read, counts.open("wb") as written:
        subprocess.run(command, stdin=read, stdout=written, stderr=subprocess.DEVNULL, check=True)
    ngrams = tools["KenlmNgrams"](str(vocabulary), str(counts), ORDER, LEAST)
kept = tools["filter_ngrams"](ngrams.ngrams, ngrams.total, [0, 2, 4, 6])
trie = tools["SimpleTrie"]()
for ngram in kept:
    trie.add_word(ngram)
found = Counter(word for line in lines for word in trie.tokenize(line))
frequent = {word: count for word, count in found.items() if count >= LEAST}
words = tools["filter_vocab"](frequent, kept, ORDER)
texts.write_words(given.output, sorted(words.items(), key=lambda item: (-item[1], item[0])))
