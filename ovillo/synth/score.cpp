#include "ovillo/synth/score.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

namespace ovillo::synth {
namespace {

constexpr std::string_view kTruthHeader = "id,kind,organiser,person,role,urgent,decoy";
constexpr std::string_view kNetworkHeader =
    "organiser,kind,persons,phones,adverts,recruits,signs_seen,signs_unseen";

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(by, begin);
    out.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

// Truth files hold no quotes and no line breaks inside a cell.
Result<std::vector<std::vector<std::string>>> rows_of(std::string_view csv,
                                                      std::string_view header) {
  std::vector<std::vector<std::string>> out;
  const std::size_t n_columns =
      static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) + 1;
  std::uint64_t row = 0;
  const auto bad = [&](std::string detail) {
    return Error(ErrorCode::synth_bad_truth, std::move(detail),
                 Locus{.file = {}, .member = {}, .row = row, .column = {}, .byte = {}});
  };
  bool first = true;
  for (std::size_t begin = 0; begin < csv.size();) {
    const std::size_t end = std::min(csv.find('\n', begin), csv.size());
    const std::string_view line = csv.substr(begin, end - begin);
    begin = end + 1;
    if (first) {
      if (line != header) return bad("The header is not that of a truth file.");
      first = false;
      continue;
    }
    ++row;
    auto cells = split(line, ',');
    if (cells.size() != n_columns)
      return bad(fmt::format("{} cells for {}.", cells.size(), n_columns));
    out.push_back(std::move(cells));
  }
  if (first) return bad("The file is empty.");
  return out;
}

std::string per_cent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "not measured (none)";
  const std::uint64_t tenths = part * 1000 / whole;
  return fmt::format("{}.{} % ({} of {})", tenths / 10, tenths % 10, part, whole);
}

// Adverts of the truth by id, and which networks join more than one person.
class Scorer {
 public:
  Scorer(const std::vector<TruthRow>& truth, const std::vector<FoundNetwork>& networks)
      : truth_(truth) {
    for (const TruthRow& row : truth)
      if (row.kind == "advert") adverts_.emplace(row.id, &row);
    members_.reserve(networks.size());
    for (const FoundNetwork& network : networks) {
      auto& members = members_.emplace_back();
      std::set<std::string_view> seen;
      for (const std::string& id : network.advert_ids)
        if (const auto at = adverts_.find(id); at != adverts_.end() && seen.insert(id).second)
          members.push_back(at->second);
    }
  }

  // Who an advert is by: its organiser, else its person.
  static std::string_view hand(const TruthRow& row) {
    return row.organiser.empty() ? std::string_view(row.person) : std::string_view(row.organiser);
  }
  static bool is_independent(const TruthRow& row) {
    return row.role == "independent" && row.organiser.empty();
  }
  static bool joins_two(const std::vector<const TruthRow*>& members) {
    return std::any_of(members.begin(), members.end(),
                       [&](const TruthRow* row) { return row->person != members.front()->person; });
  }

  void people(Score& out) const {
    std::set<std::string_view> independents, wrong;
    for (const auto& [id, row] : adverts_)
      if (is_independent(*row)) independents.insert(row->person);
    for (const auto& members : members_) {
      if (!std::any_of(members.begin(), members.end(),
                       [&](const TruthRow* row) { return hand(*row) != hand(*members.front()); }))
        continue;
      for (const TruthRow* row : members)
        if (is_independent(*row)) wrong.insert(row->person);
    }
    out.n_independents = independents.size();
    out.n_wrongly_linked = wrong.size();
    out.wrongly_linked.assign(wrong.begin(), wrong.end());
  }

  void organised(Score& out) const {
    std::set<std::string_view> found;
    for (const auto& members : members_)
      if (joins_two(members))
        for (const TruthRow* row : members) found.insert(row->id);
    out.n_found_organised = found.size();
    for (const auto& [id, row] : adverts_) {
      if (row->organiser.empty()) continue;
      ++out.n_organised;
      out.n_right += found.count(id);
    }
  }

  void wholeness(Score& out) const {
    std::map<std::string_view, std::uint64_t> n_adverts;
    for (const auto& [id, row] : adverts_)
      if (!row->organiser.empty()) ++n_adverts[row->organiser];
    std::set<std::string_view> whole, welded;
    for (const auto& members : members_) {
      std::map<std::string_view, std::uint64_t> here;
      for (const TruthRow* row : members)
        if (!row->organiser.empty()) ++here[row->organiser];
      for (const auto& [organiser, n] : here) {
        if (n == n_adverts[organiser] && n > 1) whole.insert(organiser);
        if (here.size() > 1) welded.insert(organiser);
      }
    }
    for (const auto& [organiser, n] : n_adverts) out.n_organisers += n > 1 ? 1 : 0;
    out.n_organisers_whole = whole.size();
    out.n_organisers_welded = welded.size();
  }

  // Walks the ranked networks and notes the organisers met, each once.
  void ranking(const std::vector<TruthNetwork>& networks, Score& out) const {
    std::set<std::string_view> with_signs;
    for (const TruthNetwork& network : networks)
      if (!network.signs_seen.empty()) with_signs.insert(network.organiser);
    out.n_sign_organisers = with_signs.size();
    std::set<std::string_view> met;
    for (const auto& members : members_)
      for (const TruthRow* row : members) {
        if (row->organiser.empty() || met.size() >= with_signs.size()) continue;
        if (met.insert(row->organiser).second && with_signs.contains(row->organiser))
          ++out.n_sign_organisers_first;
      }
  }

  void urgent(const std::vector<std::string>& flagged, Score& out) const {
    const std::set<std::string_view> ids(flagged.begin(), flagged.end());
    std::set<std::string_view> planted;
    for (const TruthRow& row : truth_) {
      if (row.kind == "sealed") continue;
      out.n_decoys += row.decoy ? 1 : 0;
      out.n_decoys_flagged += row.decoy && ids.contains(row.id) ? 1 : 0;
      if (row.urgent.empty()) continue;
      planted.insert(row.id);
      if (!ids.contains(row.id)) out.urgent_missed.push_back(row.id);
    }
    std::sort(out.urgent_missed.begin(), out.urgent_missed.end());
    out.n_urgent = planted.size();
    out.n_urgent_found = planted.size() - out.urgent_missed.size();
    for (const std::string_view id : ids) out.n_false_alarms += !planted.contains(id) ? 1 : 0;
  }

 private:
  const std::vector<TruthRow>& truth_;
  std::unordered_map<std::string_view, const TruthRow*> adverts_;
  std::vector<std::vector<const TruthRow*>> members_;
};

}  // namespace

Result<std::vector<TruthRow>> read_truth(std::string_view csv) {
  OVILLO_TRY(const auto rows, rows_of(csv, kTruthHeader));
  std::vector<TruthRow> out;
  out.reserve(rows.size());
  for (const auto& cells : rows)
    out.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6] == "yes"});
  return out;
}

Result<std::vector<TruthNetwork>> read_truth_networks(std::string_view csv) {
  OVILLO_TRY(const auto rows, rows_of(csv, kNetworkHeader));
  std::vector<TruthNetwork> out;
  for (const auto& cells : rows)
    out.push_back(
        {cells[0], cells[1], cells[6].empty() ? std::vector<std::string>{} : split(cells[6], ' ')});
  return out;
}

Score score(const std::vector<TruthRow>& truth, const std::vector<FoundNetwork>& networks,
            const std::vector<std::string>& urgent,
            const std::vector<TruthNetwork>& truth_networks) {
  const Scorer scorer(truth, networks);
  Score out;
  scorer.people(out);
  scorer.urgent(urgent, out);
  scorer.organised(out);
  scorer.wholeness(out);
  scorer.ranking(truth_networks, out);
  return out;
}

std::string format_score(const Score& score) {
  // Per 1,000 with one decimal, rounded up: one person never reads as none.
  const std::uint64_t tenths =
      score.n_independents == 0
          ? 0
          : (score.n_wrongly_linked * 10000 + score.n_independents - 1) / score.n_independents;
  std::string out = "Measured on invented data; says nothing about trafficking.\n";
  out += fmt::format("  people wrongly linked: {} of {} independents ({}.{} per 1,000)\n",
                     score.n_wrongly_linked, score.n_independents, tenths / 10, tenths % 10);
  out += fmt::format(
      "  planted urgent texts: {} of {} found, {} missed; {} false alarms ({} of {} decoys)\n",
      score.n_urgent_found, score.n_urgent, score.urgent_missed.size(), score.n_false_alarms,
      score.n_decoys_flagged, score.n_decoys);
  out += fmt::format("  organised adverts: precision {}\n",
                     per_cent(score.n_right, score.n_found_organised));
  out += fmt::format("                     recall    {}\n",
                     per_cent(score.n_right, score.n_organised));
  out += fmt::format("  organisers found whole: {} of {}; joined with another: {}\n",
                     score.n_organisers_whole, score.n_organisers, score.n_organisers_welded);
  if (score.n_sign_organisers > 0)
    out += fmt::format("  planted signs of exploitation: {} of {} organisers ranked first\n",
                       score.n_sign_organisers_first, score.n_sign_organisers);
  return out;
}

}  // namespace ovillo::synth
