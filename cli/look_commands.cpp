// networks, urgent, show, why, search.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/flow/json.hpp"

namespace ovillo::cli {

namespace {

Result<flow::CaseFile*> open_file(CommandContext& context, const std::string& action,
                                  const std::string& query) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_CHECK(session->exclude_sources(context.arguments.all("exclude-source")));
  OVILLO_TRY(auto* file, session->read(action, query));
  if (!context.json()) {
    OVILLO_TRY(const auto waiting, file->n_waiting());
    if (waiting > 0)
      context.door.err << fmt::format("{} records came in since: `ovillo run` takes them in\n",
                                      waiting);
  }
  return file;
}

std::string place_of(const flow::Citation& citation) {
  std::string place = fmt::format("{}, {}{}{}, row {}, byte {}", citation.source, citation.file,
                                  citation.member.empty() ? "" : ", ", citation.member,
                                  citation.row, citation.byte);
  if (!citation.page.empty()) place += fmt::format(", page {}", citation.page);
  if (!citation.box.empty()) place += fmt::format(", box {}", citation.box);
  return place;
}

std::string weight_of(LinkKind kind, std::int32_t quarter_bits) {
  return kind == LinkKind::identity ? "judged the same by a person"
                                    : fmt::format("{:.2f} bits", quarter_bits / 4.0);
}

void print_side(std::ostream& out, const Assessment& assessment, SignSide side,
                std::string_view title) {
  bool first = true;
  for (const Sign& sign : assessment.signs) {
    if (sign.side != side) continue;
    out << (first ? fmt::format("  {}:\n", title) : "") << "    " << sign.sentence << '\n';
    first = false;
  }
}

void print_assessment(std::ostream& out, const Assessment& assessment) {
  print_side(out, assessment, SignSide::organisation, "organisation (may be lawful)");
  print_side(out, assessment, SignSide::sign_for, "signs of exploitation");
  print_side(out, assessment, SignSide::sign_against, "against");
  print_side(out, assessment, SignSide::not_known, "not known");
}

// On one line.
std::string flat(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

std::string why_in(const flow::ClusterMember& member, const flow::Corpus& corpus) {
  if (!member.joined_with) return "the others lead back to it";
  const std::string with = corpus.id(*member.joined_with).hex().substr(0, 12);
  if (member.is_copy) return "the same words as " + with;
  return fmt::format("with {}: {:.0f} bits saved, {:.0f} asked", with, member.bits16 / 16.0,
                     member.asked16 / 16.0);
}

void print_cluster(std::ostream& out, const flow::TextCluster& one, std::size_t number,
                   const flow::Corpus& corpus) {
  constexpr std::size_t kMembers = 12;
  out << fmt::format(
      "    text {}: {} records{}; {} fixed words, {} slots\n      {}\n", number, one.members.size(),
      one.n_elsewhere == 0 ? "" : fmt::format(" here, {} outside this network", one.n_elsewhere),
      one.n_fixed_words, one.n_slots, flat(one.template_text));
  for (std::size_t m = 0; m < std::min(kMembers, one.members.size()); ++m) {
    const flow::ClusterMember& member = one.members[m];
    const auto& time = corpus.time(member.record);
    out << fmt::format("      {:<25}  {}  {}\n", time ? format_time(*time) : "not dated",
                       corpus.id(member.record).hex().substr(0, 12), why_in(member, corpus));
  }
  if (one.members.size() > kMembers)
    out << fmt::format("      ... and {} more (--json has all)\n", one.members.size() - kMembers);
}

void print_texts(std::ostream& out, const flow::NetworkTexts& texts, const flow::Corpus& corpus) {
  constexpr std::size_t kClusters = 20;
  if (!texts.clusters.empty())
    out << "  texts of one hand (machine inference; strangers can copy a text):\n";
  for (std::size_t c = 0; c < std::min(kClusters, texts.clusters.size()); ++c)
    print_cluster(out, texts.clusters[c], c + 1, corpus);
  if (texts.clusters.size() > kClusters)
    out << fmt::format("    ... and {} more (--json has all)\n", texts.clusters.size() - kClusters);
  if (!texts.clusters.empty())
    out << "    bits saved: how much shorter one text is as an edit of the other than written "
           "anew\n"
           "    from what everybody writes; asked: how much chance and stock phrases could save\n";
  if (!texts.stock.empty())
    out << "  stock texts in these records (so many write them that sharing them says little):\n";
  for (const flow::NetworkStock& stock : texts.stock)
    out << fmt::format("    {}  (in {} records here, in about {} texts)\n", flat(stock.text),
                       stock.records.size(), stock.n_texts);
}

void print_network(std::ostream& out, const flow::NetworkPage& page, const flow::Corpus& corpus) {
  out << fmt::format("network {} (key {})\n{} records, {} members\n", page.id.hex(), page.key.hex(),
                     page.records.size(), page.members.size());
  Assessment assessment;
  for (const auto& shown : page.signs) assessment.signs.push_back(shown.sign);
  print_assessment(out, assessment);
  out << "  members:\n";
  for (const auto& member : page.members)
    out << fmt::format("    {:<15} {}  ({} records)\n", name_of(member.kind), member.canonical,
                       member.n_records);
  print_texts(out, page.texts, corpus);
  out << "  links (machine inference, but what a person judged the same; `ovillo why A B` shows "
         "the "
         "records):\n";
  constexpr std::size_t kShown = 30;
  for (std::size_t l = 0; l < std::min(kShown, page.links.size()); ++l)
    out << fmt::format("    {} -- {}  {}, {} records\n", page.members[page.links[l].a].canonical,
                       page.members[page.links[l].b].canonical,
                       weight_of(page.links[l].kind, page.links[l].weight_quarter_bits),
                       page.links[l].n_records);
  if (page.links.size() > kShown)
    out << fmt::format("    ... and {} more (--json has all)\n", page.links.size() - kShown);
}

void print_record(std::ostream& out, const flow::RecordPage& page) {
  out << fmt::format("record {} ({})\n  {}\n  file SHA-256 {}\n", page.citation.id.hex(),
                     name_of(page.citation.kind), place_of(page.citation),
                     page.citation.file_sha256);
  for (const auto& [column, value] : page.fields)
    out << fmt::format("  {} = {}\n", column.name, value);
  for (std::size_t f = 0; f < page.finds.size(); ++f) {
    const Find& find = page.finds[f];
    if (find.kind == FindKind::photo || find.kind == FindKind::photo_likeness)
      out << fmt::format("  {} of {}: {}\n", name_of(find.kind), page.words[f], find.canonical);
    else if (find.written_as != WrittenAs::field)
      out << fmt::format("  found {} {} ({}, written as {})\n", name_of(find.kind), find.canonical,
                         name_of(find.role), name_of(find.written_as));
  }
  out << "  network: " << (page.network ? page.network->hex() : "none") << '\n';
}

}  // namespace

Result<void> do_networks(CommandContext& context) {
  OVILLO_TRY(auto* file, open_file(context, "networks", ""));
  OVILLO_TRY(const auto limit, number_option(context.arguments, "limit", context.json() ? 0 : 20));
  OVILLO_TRY(const auto lines, flow::network_lines(*file, limit));
  if (context.json()) {
    OVILLO_TRY(const auto* answer, file->answer());
    context.door.out << flow::to_json(lines, answer->model) << '\n';
    return {};
  }
  if (lines.empty())
    context.door.out << "No network: nothing here shows more than one person's hand.\n";
  for (const auto& line : lines) {
    context.door.out << fmt::format(
        "{}  {} records, {} members, newest {}\n", line.id.hex().substr(0, 12), line.n_records,
        line.n_entities,
        line.newest_utc_s == 0 ? "not dated" : format_utc(line.newest_utc_s).substr(0, 10));
    print_assessment(context.door.out, *line.assessment);
  }
  return {};
}

namespace {

// That nothing was found in a language nobody looked in must not read as "nothing urgent".
void say_unread(std::ostream& out, const std::vector<flow::UnreadLanguage>& unread) {
  if (unread.empty()) return;
  std::uint64_t n_texts = 0;
  std::string languages;
  for (const flow::UnreadLanguage& one : unread) {
    n_texts += one.n_texts;
    languages += fmt::format("{}{} ({})", languages.empty() ? "" : ", ", one.language, one.n_texts);
  }
  out << fmt::format(
      "{} could not be judged, for want of wordings in their language: {}. A person has to "
      "read them.\n",
      n_texts == 1 ? "1 text" : fmt::format("{} texts", n_texts), languages);
}

}  // namespace

Result<void> do_urgent(CommandContext& context) {
  OVILLO_TRY(auto* file, open_file(context, "urgent", ""));
  OVILLO_TRY(const auto lines, flow::urgent_lines(*file));
  OVILLO_TRY(const auto unread, flow::urgent_unread(*file));
  if (context.json()) {
    context.door.out << flow::to_json(lines, unread) << '\n';
    return {};
  }
  for (const auto& line : lines)
    context.door.out << fmt::format("{}  {}  \"{}\"\n  {}\n  record {}\n", line.indicator,
                                    line.citation.time.empty() ? "not dated" : line.citation.time,
                                    line.citation.raw, place_of(line.citation),
                                    line.citation.id.hex());
  context.door.out << fmt::format(
      "{} texts to read now. A machine chose them by their words; a person decides.\n",
      lines.size());
  say_unread(context.door.out, unread);
  return {};
}

Result<void> do_show(CommandContext& context) {
  const std::string thing = context.arguments.get("thing");
  OVILLO_TRY(auto* file, open_file(context, "show", thing));
  std::ostream& out = context.door.out;
  if (const auto id = RecordId::from_hex(thing)) {
    OVILLO_TRY(const auto* corpus, file->corpus());
    if (const auto record = corpus->find(*id)) {
      OVILLO_TRY(const auto page, flow::record_page(*file, *record));
      if (context.json())
        out << flow::to_json(page) << '\n';
      else
        print_record(out, page);
      return {};
    }
  }
  if (const auto page = flow::network_page(*file, thing)) {
    OVILLO_TRY(const auto* corpus, file->corpus());
    if (context.json())
      out << flow::to_json(*page, *file) << '\n';
    else
      print_network(out, *page, *corpus);
    return {};
  }
  OVILLO_TRY(const auto result, flow::search(*file, thing, 20));
  if (result.n_found == 0) return Error(ErrorCode::flow_no_such_thing, thing);
  if (context.json()) {
    out << flow::to_json(result) << '\n';
    return {};
  }
  out << fmt::format("{}: in {} records\n", result.read_as.empty() ? thing : result.read_as,
                     result.n_found);
  for (const auto& hit : result.hits)
    out << fmt::format("  {}  {}\n    {}\n", hit.citation.id.hex(), place_of(hit.citation),
                       hit.excerpt);
  return {};
}

Result<void> do_why(CommandContext& context) {
  const std::string a = context.arguments.get("a");
  const std::string b = context.arguments.get("b");
  OVILLO_TRY(auto* file, open_file(context, "why", a + "\n" + b));
  OVILLO_TRY(const auto why, flow::why(*file, a, b));
  std::ostream& out = context.door.out;
  if (context.json()) {
    out << flow::to_json(why) << '\n';
    return {};
  }
  for (std::size_t s = 0; s < why.steps.size(); ++s) {
    const auto& step = why.steps[s];
    out << fmt::format("{}. {} {}\n   {} with {} {} ({}, {} records{})\n", s + 1,
                       name_of(step.from.kind), step.from.canonical, name_of(step.link),
                       name_of(step.to.kind), step.to.canonical,
                       weight_of(step.link, step.weight_quarter_bits), step.n_records,
                       step.link == LinkKind::identity ? "" : "; machine inference");
    for (const auto& record : step.records)
      out << fmt::format("   - {}\n     \"{}\" and \"{}\"\n", place_of(record.from),
                         record.from.raw, record.to.raw);
    if (step.n_records > step.records.size())
      out << fmt::format("   - and {} more records\n", step.n_records - step.records.size());
  }
  return {};
}

Result<void> do_search(CommandContext& context) {
  std::string query;
  for (const std::string& word : context.arguments.all("words"))
    query += (query.empty() ? "" : " ") + word;
  OVILLO_TRY(auto* file, open_file(context, "search", query));
  OVILLO_TRY(const auto limit, number_option(context.arguments, "limit", 20));
  OVILLO_TRY(const auto result, flow::search(*file, query, limit));
  if (context.json()) {
    context.door.out << flow::to_json(result) << '\n';
    return {};
  }
  context.door.out << fmt::format("{} records{}\n", result.n_found,
                                  result.read_as.empty() ? "" : " with " + result.read_as);
  for (const auto& hit : result.hits)
    context.door.out << fmt::format("{}  {}\n  {}\n", hit.citation.id.hex(), place_of(hit.citation),
                                    hit.excerpt);
  return {};
}

}  // namespace ovillo::cli
