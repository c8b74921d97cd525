#!/usr/bin/env python3
"""Prints a corpus whose texts, titles and names try to be something else than text. Our own sentences."""
import json

IMAGE = "</script><img src=x onerror=document.title='broken'>"
LONG = "a" * 10_000
SIGNS = "]]> `a` | -- \x01\x1b[31m \x00 \ufffe\n=1+1\r\n\t@x \u2028 <!--"
TEXTS = [
    (IMAGE, "</script>", f"A headline {IMAGE}\n\nThe blockade {IMAGE} of the road, =HYPERLINK(\"http://example.org\") said Armenia. {LONG} genocide {LONG}."),
    ("=cmd|' /C calc'!A0", "../x", "Title\n\nAzerbaijan \u202edenies\u202c a \u200fblockade\u200e & \"ethnic cleansing\" <b onclick=alert(1)>.\n"),
    ("{{ 7 * 7 }}", "\u202eright\tto left", "Odd\n\n{{ blockade }} {% raw %} \u2066the siege of Armenia by Azerbaijan; <!-- the occupation --> 👀 genocide.\n"),
    ("javascript:alert(1)", "constructor", "Plain\n\nArmenia speaks of an occupation; Azerbaijan of a liberation of Shusha. Russia denied the blockade.\n"),
    (SIGNS, SIGNS, f"Plain\n\nArmenia {SIGNS} speaks of a genocide {SIGNS} and Azerbaijan {SIGNS} of a blockade. {SIGNS}\n"),
    ("&lt;img src=x onerror=document.title='broken'&gt;", "&lt;/script&gt;", "Plain\n\nThe &lt;b onclick=alert(1)&gt; siege of Armenia &amp;lt; by Azerbaijan is an aggression.\n"),
    (f"quoted {IMAGE}", "quoted", f"Plain\n\n\"The blockade of Artsakh {IMAGE} is a crime, \u202eand <b onclick=alert(1)>all</b> know it,\" said Armenia. The word {IMAGE} is a word.\n"),
    ("__proto__", "__proto__", "Plain\n\nArmenia and Azerbaijan speak of a ceasefire. Turkey condemned the aggression of Armenia.\n"),
]

for number, (title, source, text) in enumerate(TEXTS):
    for copy in range(2):
        identity = f"{number}{copy}" + ("\"><i>" if number == 0 else "")
        print(json.dumps({"id": identity, "title": title, "source": source, "date": f"202{number}-0{copy + 1}-03", "text": text}))
