// The first page: lists networks, opens one, shows urgent texts, searches, explains a link.
// Every value is put into the page as text, never as markup.
import { words } from "./words.js";

const supported = Object.keys(words);
let language = localStorage.getItem("language");
if (!supported.includes(language)) language = supported.find((l) => navigator.language.startsWith(l)) ?? "en";
const t = (key) => words[language][key] ?? key;
const main = document.getElementById("main");

/** An element with properties and children; strings become text nodes. */
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

async function get(path) {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error.sentence} ${body.error.detail ?? ""} [${body.error.code}]`);
  return body;
}

async function post(path, parameters) {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(parameters) });
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error.sentence} ${body.error.detail ?? ""} [${body.error.code}]`);
  return body;
}

const day = (time) => (time ? time.slice(0, 10) : t("not_dated"));
const place = (c) => `${c.file}${c.member ? ", " + c.member : ""}, ${c.row}, ${c.byte}`;

function side(title, list, item) {
  const items = list.length ? el("ul", {}, ...list.map((s) => el("li", {}, item(s)))) : el("p", { class: "none" }, t("none_seen"));
  return el("section", {}, el("h3", {}, title), items);
}

/** The four sides of what a network shows; `item` makes the content of one sign. */
function sides(network, item = (s) => s.sentence) {
  return [side(t("organisation"), network.organisation, item), side(t("signs_for"), network.signs_for, item),
    side(t("signs_against"), network.signs_against, item), side(t("not_known"), network.not_known, item)];
}

function head(network, count) {
  return el("div", { class: "head" }, el("a", { href: `#/networks/${network.id}` }, network.id.slice(0, 12)),
    el("span", {}, `${count.records} ${t("records")}`), el("span", {}, `${count.members} ${t("members")}`),
    el("span", {}, `${t("newest")}: ${day(network.newest)}`));
}

async function showNetworks() {
  const { networks } = await get("/api/networks?limit=50");
  if (networks.length === 0) return [el("h2", {}, t("networks")), el("p", {}, t("no_networks"))];
  return [el("h2", {}, t("networks")), el("ol", { class: "networks" }, ...networks.map((n) =>
    el("li", {}, head(n, { records: n.n_records, members: n.n_entities }), el("div", { class: "sides" }, ...sides(n)))))];
}

function table(caption, columns, rows) {
  return el("div", { class: "wide", tabindex: "0", role: "group", "aria-label": caption }, el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...columns.map((c) => el("th", { scope: "col" }, c)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, cell)))))));
}

const bySide = (signs, name) => signs.filter((s) => s.side === name);

/** A template with its slots marked. */
const template = (text) => el("p", { class: "template" }, ...text.split(/(⟨(?:phone|price|age|hour|place|name|…)⟩)/).map((part, i) =>
  (i % 2 ? el("span", { class: "raw" }, part) : part)));

function whyHere(member) {
  if (!member.joined_with) return t("first_of_text");
  const other = el("code", {}, member.joined_with.slice(0, 12));
  return el("span", {}, `${t(member.is_copy ? "same_words" : "joined_with")} `, other,
    member.is_copy ? "" : ` (${Math.floor(member.bits)} bits, ${Math.floor(member.bits_asked)} ${t("asked")})`);
}

/** Texts of one hand, each with its records in time and why they are there; and what everybody writes. */
function texts(network) {
  const rows = (c) => c.members.map((m) => [el("code", {}, m.id.slice(0, 12)), m.time ?? t("not_dated"), m.slots.map((s) => s ?? "–").join(" · "), whyHere(m)]);
  const clusters = network.clusters.slice(0, 50).map((c) => el("section", {}, template(c.template),
    el("details", {}, el("summary", {}, `${c.members.length} ${t("records")}`), table(t("why_here"), [t("record"), t("time"), t("varies"), t("why_here")], rows(c)))));
  return [clusters.length ? el("h3", {}, `${t("texts")} (${t("inference")})`) : null, ...clusters,
    network.clusters.length > clusters.length ? el("p", { class: "none" }, t("more")) : null,
    network.stock.length ? table(t("stock"), [t("raw"), t("n_texts"), t("records")], network.stock.map((s) => [s.text, String(s.n_texts), String(s.n_records)])) : null];
}

async function showNetwork(id) {
  const network = await get(`/api/networks/${encodeURIComponent(id)}`);
  const name = new Map(network.members.map((m) => [m.entity, `${m.kind} ${m.canonical}`]));
  const item = (s) => (s.evidence.length === 0 ? s.sentence : el("details", {}, el("summary", {}, s.sentence),
    table(s.indicator, [t("source"), t("file_row"), t("raw"), t("record")], s.evidence.map((c) =>
      [c.source, place(c), el("span", { class: "raw" }, c.raw ?? ""), el("code", {}, c.record)]))));
  const urgent = bySide(network.signs, "urgent");
  return [el("p", {}, el("a", { href: "#/networks" }, t("back"))), el("h2", { class: "mono" }, network.id),
    urgent.length ? el("div", { class: "urgent" }, side(t("urgent_title"), urgent, item)) : null,
    ...sides({ organisation: bySide(network.signs, "organisation"), signs_for: bySide(network.signs, "for"), signs_against: bySide(network.signs, "against"), not_known: bySide(network.signs, "not_known") }, item),
    table(t("members"), [t("kind"), t("value"), t("records")], network.members.slice(0, 100).map((m) => [m.kind, m.canonical, String(m.n_records)])),
    ...texts(network),
    table(`${t("links")} (${t("inference")})`, [t("first"), t("second"), t("weight_bits"), t("records")],
      network.links.slice(0, 100).map((l) => [name.get(l.a), name.get(l.b), String(l.weight_bits), String(l.n_records)])),
    network.links.length > 100 ? el("p", { class: "none" }, t("more")) : null,
    el("details", {}, el("summary", {}, `${t("all_records")}: ${network.records.length}`),
      table(t("all_records"), [t("record"), t("kind"), t("time"), t("source"), t("file_row"), "SHA-256"],
        network.records.map((r) => [el("code", {}, r.record), r.kind, r.time ?? "", r.source, place(r), el("code", {}, r.sha256.slice(0, 16) + "…")])))];
}

async function showUrgent() {
  const { urgent, not_judged } = await get("/api/urgent");
  const list = urgent.length ? el("ol", { class: "networks" }, ...urgent.map((u) => el("li", {},
    el("div", { class: "head" }, el("strong", {}, u.indicator), el("span", {}, u.citation.time ?? t("not_dated")), el("span", {}, place(u.citation))),
    el("details", {}, el("summary", {}, t("show_text")), el("p", {}, u.text)),
    u.network ? el("a", { href: `#/networks/${u.network}` }, u.network.slice(0, 12)) : null))) : el("p", {}, t("no_urgent"));
  const unread = not_judged.map((each) => `${each.language} (${each.n_texts})`).join(", ");
  return [el("h2", {}, t("urgent_title")), el("p", { class: "none" }, t("urgent_note")), list,
    unread ? el("p", { class: "none" }, `${t("not_judged")}: ${unread}.`) : null].filter((part) => part !== null);
}

function form(fields, button, submit) {
  const inputs = fields.map((field) => el("input", { name: field, required: "", autocomplete: "off", size: "28" }));
  const result = el("div", {});
  const run = async (event) => {
    event.preventDefault();
    try { result.replaceChildren(...(await submit(...inputs.map((i) => i.value)))); } catch (error) { result.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)); }
  };
  return [el("form", { onsubmit: run }, ...inputs.map((input, i) => el("label", {}, t(fields[i]), input)), el("button", {}, t(button))), result];
}

async function showSearch() {
  return [el("h2", {}, t("search")), ...form(["query"], "find", async (q) => {
    const result = await post("/api/search", { q });
    return [el("p", {}, `${result.n_found} ${t("found")}${result.read_as ? ` (${t("read_as")} ${result.read_as})` : ""}`),
      table(t("search"), [t("record"), t("source"), t("file_row"), t("raw")], result.hits.map((h) => [el("code", {}, h.record), h.source, place(h), h.excerpt]))];
  })];
}

async function showWhy() {
  return [el("h2", {}, t("why")), ...form(["first", "second"], "explain", async (a, b) => {
    const { steps } = await post("/api/why", { a, b });
    return [el("ol", { class: "networks" }, ...steps.map((s) => el("li", {}, el("p", {},
      `${s.from.kind} ${s.from.canonical} ${t("joined_with")} ${s.to.kind} ${s.to.canonical} — ${s.weight_bits} bits, ${s.n_records} ${t("records")} (${t("inference")})`),
      table(t("all_records"), [t("source"), t("file_row"), t("raw")], s.records.map((r) => [r.from.source, place(r.from), `${r.from.raw ?? ""} · ${r.to.raw ?? ""}`])))))];
  })];
}

async function show() {
  const [, page = "networks", id] = location.hash.split("/");
  document.querySelectorAll("[data-word]").forEach((node) => { node.textContent = t(node.dataset.word); });
  document.querySelectorAll("nav a").forEach((a) => (a.hash === `#/${page}` ? a.setAttribute("aria-current", "page") : a.removeAttribute("aria-current")));
  document.documentElement.lang = language;
  const pages = { networks: () => (id ? showNetwork(id) : showNetworks()), urgent: showUrgent, search: showSearch, why: showWhy };
  try { main.replaceChildren(...(await (pages[page] ?? showNetworks)()).filter((node) => node !== null)); } catch (error) { main.replaceChildren(el("p", { class: "error", role: "alert" }, error.message)); }
}

const select = document.getElementById("language");
select.append(...supported.map((l) => el("option", { value: l, lang: l }, words[l].name)));
select.value = language;
select.addEventListener("change", () => { language = select.value; localStorage.setItem("language", language); show(); });
addEventListener("hashchange", () => { main.focus(); show(); });
show();
