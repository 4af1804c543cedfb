"""Texts of one hand of a network: template, members in time, why each is in, and stock texts; in `show`, over HTTP and in
the report, checked against the file by its own reading of it and against `ovillo cluster`."""
import html
import json
import re
import unicodedata
import unittest

from ovillo_cli import SOURCE, Case, Server, ovillo, rows_of

SLOT = re.compile("⟨(?:phone|price|age|hour|place|name|…)⟩")
DOUBLED = re.compile(r"([^\W\d])\1+")


def words_of(text):
    return re.findall(r"\w+", text.casefold())


def share_held(template, text):
    """Share of the template's fixed words that the text holds in their order."""
    fixed, words = words_of(SLOT.sub(" ", template)), words_of(text)
    best = [0] * (len(words) + 1)
    for word in fixed:
        before = 0
        for j, other in enumerate(words, 1):
            here = best[j]
            best[j] = before + 1 if word == other else max(best[j], best[j - 1])
            before = here
    return best[-1] / len(fixed)


def letters_of(text):
    return "".join(c for c in text.casefold() if c.isalpha())


def folded(text):
    """Words between spaces, without accents and doubled letters; a run of digit groups is 0."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    numbers = re.sub(r"\d+(?:\W*\d+)*", " 0 ", bare)
    return " " + " ".join(words_of(DOUBLED.sub(r"\1", numbers))) + " "


def plain_text(page):
    """What a reader sees of a piece of the page."""
    return html.unescape(re.sub("<[^>]*>", "", page))


class Texts(Case):
    def made_case(self):
        file = self.synth(adverts=2500, seed=5) / "ghent-thb" / "adverts.csv"
        workspace = self.workspace()
        workspace.source("notice")
        workspace.importing("notice", file)
        workspace.run("run")
        with Server(workspace) as server:
            networks = [n["id"] for n in server.get("/api/networks?limit=40")[1]["networks"]]
            self.assertGreater(len(networks), 10)
            return workspace, file, {n: server.get(f"/api/networks/{n}")[1] for n in networks}

    def test_show_http_and_report_say_why(self):
        workspace, file, shown = self.made_case()
        rows = rows_of(file)
        text = {r["record"]: rows[r["row"] - 1]["text"] for page in shown.values() for r in page["records"]}
        advert = {r["record"]: rows[r["row"] - 1]["id"] for page in shown.values() for r in page["records"]}
        self.check_schema(shown)
        self.check_reasons(shown, text)
        self.check_slots(shown, text)
        self.check_stock(shown, text)
        self.check_partition(shown, advert, file)
        for network, page in list(shown.items())[:4]:
            self.assertEqual(workspace.json("show", network), page)
            self.check_words(workspace.run("show", network).stdout, page)
            self.check_report(workspace.run("report", network, "--out", "-").stdout, page)

    def check_schema(self, shown):
        """The keys are those of the OpenAPI file."""
        schemas = json.loads((SOURCE / "server/openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]
        for page in shown.values():
            for name, things in (("Network", [page]), ("TextCluster", page["clusters"]), ("StockText", page["stock"]),
                                 ("TextMember", [m for c in page["clusters"] for m in c["members"]])):
                for thing in things:
                    self.assertLessEqual(set(thing), set(schemas[name]["properties"]), name)
                    self.assertLessEqual(set(schemas[name]["required"]), set(thing), name)

    def check_reasons(self, shown, text):
        n_pairs = n_strangers = 0
        every = sorted(text)
        for page in shown.values():
            inside = {r["record"] for r in page["records"]}
            for number, cluster in enumerate(page["clusters"]):
                self.assertEqual(cluster["cluster"], number)
                members = {m["id"]: m for m in cluster["members"]}
                self.assertLessEqual(set(members), inside)
                times = [m["time"] for m in cluster["members"]]
                self.assertEqual(times, sorted(times))
                roots = [m for m in members.values() if "joined_with" not in m]
                self.assertLessEqual(len(roots), 1)
                for one, member in members.items():
                    if "joined_with" not in member:
                        continue
                    other = member["joined_with"]
                    self.assertNotEqual(one, other)
                    if cluster["n_elsewhere"] == 0:
                        self.assertIn(other, members)
                    if other not in text:
                        continue
                    n_pairs += 1
                    # Both hold most of what is fixed; and each word of the template is in seven of ten.
                    self.assertGreater(share_held(cluster["template"], text[one]), 0.5)
                    self.assertGreater(share_held(cluster["template"], text[other]), 0.5)
                    self.assertGreaterEqual(member["bits"], member["bits_asked"])
                    if member["is_copy"]:
                        self.assertEqual(letters_of(text[one]), letters_of(text[other]))
                stranger = every[(7 * number) % len(every)]
                if stranger not in inside:
                    n_strangers += share_held(cluster["template"], text[stranger]) < 0.5
        self.assertGreater(n_pairs, 100)
        self.assertGreater(n_strangers, 10, "the check of the words could not fail")

    def check_slots(self, shown, text):
        n_told = n_varied = 0
        for page in shown.values():
            for cluster in page["clusters"]:
                self.assertEqual(len(SLOT.findall(cluster["template"])), cluster["n_slots"])
                for member in cluster["members"]:
                    self.assertEqual(len(member["slots"]), cluster["n_slots"])
                    for words in member["slots"]:
                        self.assertIn(words or "", text[member["id"]])
                        n_told += bool(words)
                for values in zip(*(m["slots"] for m in cluster["members"])):
                    n_varied += len({v for v in values if v}) > 1
        self.assertGreater(n_told, 300)
        self.assertGreater(n_varied, 50, "slots vary")

    def check_stock(self, shown, text):
        n = 0
        for page in shown.values():
            counts = [stock["n_texts"] for stock in page["stock"]]
            self.assertEqual(counts, sorted(counts, reverse=True))
            held = [folded(text[r["record"]]) for r in page["records"]]
            for stock in page["stock"]:
                n += 1
                words = folded(stock["text"].replace("#", "0"))
                self.assertEqual(stock["n_records"], sum(words in t for t in held), stock)
                self.assertGreater(stock["n_records"], 0)
        self.assertGreater(n, 10)

    def check_partition(self, shown, advert, file):
        """The same texts are together as `ovillo cluster` puts together."""
        answer = json.loads(ovillo("cluster", file, "--text", "text", "--id", "id", "--format", "json").stdout)
        hands = {m["id"]: c for c in answer["clusters"] for m in c["members"]}
        for page in shown.values():
            clustered = {m["id"] for c in page["clusters"] for m in c["members"]}
            self.assertEqual({advert[r["record"]] for r in page["records"]} & set(hands), {advert[r] for r in clustered})
            for cluster in page["clusters"]:
                hand, = {hands[advert[m["id"]]]["cluster"] for m in cluster["members"]}
                self.assertEqual(len(answer["clusters"][hand]["members"]), len(cluster["members"]) + cluster["n_elsewhere"])

    def check_words(self, said, page):
        if page["clusters"]:
            self.assertIn(" ".join(page["clusters"][0]["template"].split()), said)
            self.assertIn("bits saved, ", said)
        for stock in page["stock"]:
            self.assertIn(f"{' '.join(stock['text'].split())}  (in {stock['n_records']} records here", said)

    def check_report(self, report, page):
        number = {}  # record id -> R1, R2, ...
        for article in re.findall(r'<article class="record".*?</article>', report, re.S):
            number[re.search(r"record <code>([0-9a-f]{32})", article)[1]] = re.search(r'id="(R\d+)"', article)[1]
        articles = re.findall(r'<article class="one-text" id="T\d+">.*?</article>', report, re.S)
        self.assertEqual(len(articles), len(page["clusters"]))
        for article, cluster in zip(articles, page["clusters"]):
            seen = re.sub(r"\s+", " ", plain_text(article))
            for fixed in SLOT.split(cluster["template"]):
                if fixed.isascii():  # what cannot be seen is written out
                    self.assertIn(re.sub(r"\s+", " ", fixed).strip(), seen)
            self.assertEqual(article.count('class="slot"'), cluster["n_slots"])
            self.assertIn("<svg", article)
            self.assertIn(cluster["members"][0]["time"][:10] + " to " + cluster["members"][-1]["time"][:10], seen)
            rows = re.findall(r"<tr><td>.*?</tr>", article, re.S)
            self.assertEqual(len(rows), len(cluster["members"]))
            for row, member in zip(rows, cluster["members"]):
                self.assertIn(f'<td><a href="#{number[member["id"]]}">', row)
                if "joined_with" not in member:
                    self.assertIn("lead back to this record", row)
                    continue
                other = f'href="#{number[member["joined_with"]]}"' if member["joined_with"] in number else member["joined_with"]
                self.assertIn(other, row)
                self.assertIn("The same words as" if member["is_copy"] else f"saves {int(member['bits'])} bits", row)
        stock = report[report.index('<section id="stock"'):report.index('<section id="timeline"')]
        for one in page["stock"]:
            self.assertIn(one["text"], plain_text(stock))


if __name__ == "__main__":
    unittest.main()
