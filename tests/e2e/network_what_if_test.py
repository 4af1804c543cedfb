"""`/api/what-if`: who may be in a set is who the law and the cases let in, and the count is what is left of the chart."""
import itertools
import json
import unittest

from ovillo_cli import Case, Server

# Two adverts a person and account: everybody hangs on the account.
PERSONS = "person_id,first_name,last_name,birth_date,phone\n" + "".join(
    f"{i},{first},Figura,19{70 + i}-02-17,+4477009001{i:02}\n" for i, first in enumerate(("Ana", "Rui", "Eva", "Noa", "Lia"), 1))
ADVERTS = "id,text,phone,payer\n" + "".join(
    f"a{i}{j},Nuestras chicas esperan en la calle {word},+4477009001{i:02},BE27999640927873\n"
    for i, words in enumerate((("uno", "dos"), ("tres", "cuatro"), ("cinco", "seis"), ("siete", "ocho"), ("nueve", "diez")), 1)
    for j, word in enumerate(words))


def largest_without(page, gone):
    """Members of the largest part, as anybody can count it."""
    joined = {m["entity"]: set() for m in page["members"] if m["entity"] not in gone}
    for link in page["links"]:
        if link["a"] in joined and link["b"] in joined:
            joined[link["a"]].add(link["b"])
            joined[link["b"]].add(link["a"])
    most, seen = 0, set()
    for start in joined:
        part = [start] if start not in seen else []
        seen.add(start)
        for node in part:
            fresh = joined[node] - seen
            seen |= fresh
            part += fresh
        most = max(most, len(part))
    return most


class NetworkWhatIf(Case):
    def test_who_may_enter_and_what_is_left(self):
        workspace = self.workspace()
        workspace.source("persons", kind="judicial_order")
        workspace.source("adverts")
        for name, text in (("persons", PERSONS), ("adverts", ADVERTS)):
            (self.folder / f"{name}.csv").write_text(text)
            workspace.importing(name, self.folder / f"{name}.csv")
        workspace.run("run")
        with Server(workspace) as server:
            largest = max(server.get("/api/networks")[1]["networks"], key=lambda n: n["n_entities"])
            page = server.get(f"/api/networks/{largest['id']}")[1]
            persons = [m for m in page["members"] if m["kind"] == "person"]
            accounts = [m["entity"] for m in page["members"] if m["kind"] in ("account", "iban")]
            self.assertGreater(len(persons), 1)

            def ask():
                return server.get(f"/api/what-if/{largest['id']}")[1]

            def record(person, category, **more):
                body = {"case": "WI-1", "kind": "category", "subject": person, "value": category, "said_by": "police", **more}
                status, _, body = server.ask("POST", "/api/cases/entries", body)
                self.assertEqual(status, 200, body)

            before = ask()
            self.assertEqual(before["n_may"], len(accounts))
            self.assertEqual(before["n_out"], {"protected": 0, "unclassified": len(persons), "nobody_recorded": 0})
            server.ask("POST", "/api/cases", {"reference": "WI-1", "title": "what if"})
            record(persons[0]["canonical"], "suspect")
            record(persons[1]["entity"], "suspect")
            self.assertEqual(ask()["n_may"], len(accounts) + 2)
            record(persons[1]["canonical"], "presumed_victim")
            answer = ask()
            self.assertEqual(answer["n_may"], len(accounts) + 1)
            self.assertEqual(answer["n_out"], {"protected": 1, "unclassified": len(persons) - 2, "nobody_recorded": 0})

            # Every set that is shown leaves what it says, and no set of those who may enter leaves fewer.
            may = [*accounts, persons[0]["entity"]]
            self.assertEqual(answer["largest"], largest_without(page, ()))
            self.assertTrue(answer["answers"])
            for one in answer["answers"]:
                left = {s: largest_without(page, s) for s in itertools.combinations(sorted(may), one["k"])}
                self.assertEqual(one["proof"], "exact")
                self.assertEqual(one["largest"], min(left.values()))
                self.assertEqual(one["n_sets"], sum(value == one["largest"] for value in left.values()))
                for shown in one["sets"]:
                    self.assertEqual(left[tuple(sorted(shown))], one["largest"])

    def test_where_nobody_may_enter_there_is_no_set(self):
        workspace = self.workspace()
        workspace.source("adverts")
        (self.folder / "adverts.csv").write_text("id,text,phone\n" + "".join(
            f"a{i},Recien llegada a tu barrio llama a nuestras chicas {i},+447700900{150 + i % 2}\n" for i in range(12)))
        workspace.importing("adverts", self.folder / "adverts.csv")
        workspace.run("run")
        with Server(workspace) as server:
            networks = server.get("/api/networks")[1]["networks"]
            self.assertTrue(networks)
            answer = server.get(f"/api/what-if/{networks[0]['id']}")[1]
            self.assertEqual((answer["n_may"], answer["answers"]), (0, []))
            status, _, body = server.ask("GET", "/api/what-if/ffffffff")
            self.assertEqual((status, json.loads(body)["error"]["code"]), (404, "flow.no_such_network"))


if __name__ == "__main__":
    unittest.main()
