#include "ovillo/flow/cluster_file.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/cluster/cluster.hpp"
#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

struct Texts {
  StringColumn text;
  std::vector<std::string> id;
  std::vector<std::string> time;  // as written; empty when no column was named
};

Result<Texts> read_texts(const ClusterFile& asked, std::ostream& warn) {
  Texts out;
  OVILLO_CHECK(read_plain(asked.path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto text, column_at(batch, asked.text));
    OVILLO_TRY(const auto id, column_at(batch, asked.id));
    OVILLO_TRY(const auto time, column_at(batch, asked.time));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      out.text.push_back(cell(batch, row, text));
      out.id.push_back(id == kNoColumn ? fmt::format("{}", batch.row[row])
                                       : std::string(cell(batch, row, id)));
      if (time != kNoColumn) out.time.emplace_back(cell(batch, row, time));
    }
    return {};
  }));
  return out;
}

// Rows of each cluster, by time as written where there is one.
std::vector<std::vector<std::size_t>> members_of(const cluster::Decision& decision,
                                                 const Texts& texts) {
  std::vector<std::vector<std::size_t>> out(decision.templates.size());
  for (std::size_t row = 0; row < decision.cluster.size(); ++row)
    if (decision.cluster[row] >= 0)
      out[static_cast<std::size_t>(decision.cluster[row])].push_back(row);
  if (!texts.time.empty())
    for (auto& rows : out)
      std::stable_sort(rows.begin(), rows.end(),
                       [&](std::size_t a, std::size_t b) { return texts.time[a] < texts.time[b]; });
  return out;
}

double bits(std::int32_t sixteenths) { return static_cast<double>(sixteenths) / 16; }

void write_csv(const cluster::Decision& decision, const Texts& texts, std::ostream& out) {
  out << "id,cluster\n";
  for (std::size_t i = 0; i < texts.id.size(); ++i)
    out << csv_cell(texts.id[i]) << ','
        << (decision.cluster[i] < 0 ? "" : fmt::format("{}", decision.cluster[i])) << '\n';
}

nlohmann::ordered_json member_json(const cluster::Decision& decision, const Texts& texts,
                                   std::size_t row) {
  const cluster::Reason& reason = decision.reasons[row];
  nlohmann::ordered_json out{{"id", texts.id[row]}};
  if (!texts.time.empty()) out["time"] = texts.time[row];
  if (reason.with >= 0) {
    out["joined_with"] = texts.id[static_cast<std::size_t>(reason.with)];
    out["is_copy"] = reason.is_copy;
    out["bits"] = bits(reason.bits16);
    out["bits_asked"] = bits(reason.asked16);
  }
  return out;
}

// Cluster by cluster, so that a million rows are never one tree in memory.
void write_json(const cluster::Decision& decision, const Texts& texts, std::ostream& out) {
  const auto members = members_of(decision, texts);
  out << "{\"n_texts\":" << texts.id.size() << ",\"clusters\":[";
  for (std::size_t c = 0; c < members.size(); ++c) {
    const cluster::Template& one = decision.templates[c];
    nlohmann::ordered_json json{{"cluster", c},
                                {"template", one.text},
                                {"n_slots", one.n_slots},
                                {"n_fixed_words", one.n_fixed_words}};
    for (const std::size_t row : members[c])
      json["members"].push_back(member_json(decision, texts, row));
    out << (c == 0 ? "\n" : ",\n")
        << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  out << "\n],\"stock\":[";
  for (std::size_t s = 0; s < decision.stock.size(); ++s)
    out << (s == 0 ? "\n" : ",\n")
        << nlohmann::ordered_json{{"text", decision.stock[s].text},
                                  {"n_texts", decision.stock[s].n_texts}}
               .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  out << "\n]}\n";
}

void write_text(const cluster::Decision& decision, const Texts& texts, std::ostream& out) {
  const auto members = members_of(decision, texts);
  for (std::size_t c = 0; c < members.size(); ++c) {
    out << fmt::format("cluster {}: {} texts\n  {}\n", c, members[c].size(),
                       decision.templates[c].text);
    for (const std::size_t row : members[c]) {
      const cluster::Reason& reason = decision.reasons[row];
      out << "    " << texts.id[row];
      if (!texts.time.empty()) out << "  " << texts.time[row];
      if (reason.is_copy) {
        out << fmt::format("  the same as {}", texts.id[static_cast<std::size_t>(reason.with)]);
      } else if (reason.with >= 0) {
        out << fmt::format("  with {}: {:.0f} bits, {:.0f} asked",
                           texts.id[static_cast<std::size_t>(reason.with)], bits(reason.bits16),
                           bits(reason.asked16));
      }
      out << '\n';
    }
  }
  if (!decision.stock.empty()) out << "written by many, so that sharing it says little:\n";
  for (const cluster::StockText& stock : decision.stock)
    out << fmt::format("  {:>8}  {}\n", stock.n_texts, stock.text);
}

}  // namespace

Result<void> cluster_file(const ClusterFile& asked, const std::filesystem::path& data,
                          std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto background, cluster::Background::open(data));
  OVILLO_TRY(const Texts texts, read_texts(asked, warn));
  const cluster::Decision decision = cluster::cluster(texts.text, background);
  switch (asked.format) {
    case ClusterFormat::csv:
      write_csv(decision, texts, out);
      break;
    case ClusterFormat::json:
      write_json(decision, texts, out);
      break;
    case ClusterFormat::text:
      write_text(decision, texts, out);
      break;
  }
  return {};
}

}  // namespace ovillo::flow
