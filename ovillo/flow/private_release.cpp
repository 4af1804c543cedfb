#include "ovillo/flow/private_release.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <sstream>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/privacy_ledger.hpp"
#include "ovillo/release/coded_records.hpp"
#include "ovillo/release/synthetic_records.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using release::CodedRecords;
using release::PrivateMarginals;

constexpr std::string_view kTotal = "Total";
constexpr std::string_view kWithheld = "withheld";

class RecordsReader {
 public:
  explicit RecordsReader(const PrivateReleaseOrder& order) : order_(order), records_({}) {}

  Result<CodedRecords> read(std::ostream& warn) {
    OVILLO_CHECK(read_plain(order_.file, warn, [&](const RecordBatch& batch) -> Result<void> {
      if (at_.empty()) {
        if (auto matched = match(batch); !matched) return matched;
      }
      return take(batch);
    }));
    for (const Pool& pool : order_.pools)
      OVILLO_CHECK(records_.pool(pool.column, pool.values, pool.name));
    return std::move(records_);
  }

 private:
  Result<void> match(const RecordBatch& batch) {
    OVILLO_TRY(id_, column_at(batch, order_.id));
    std::vector<std::string> names = order_.by;
    if (names.empty())
      for (const auto& column : batch.columns)
        if (column.name != order_.id) names.push_back(column.name);
    for (const std::string& name : names) {
      OVILLO_TRY(const std::uint16_t column, column_at(batch, name));
      at_.push_back(column);
    }
    records_ = CodedRecords(std::move(names));
    return {};
  }

  Result<void> take(const RecordBatch& batch) {
    std::vector<std::string_view> values(at_.size());
    for (std::size_t row = 0; row < batch.size(); ++row) {
      if (id_ != kNoColumn && !seen_.insert(std::string(cell(batch, row, id_))).second)
        return Error(ErrorCode::release_bad_table, "a person has two rows; each must count once",
                     Locus{batch.file_name, batch.member, batch.row[row], {}, batch.byte[row]});
      for (std::size_t c = 0; c < at_.size(); ++c)
        values[c] = without_blanks(cell(batch, row, at_[c]));
      if (auto added = records_.add(values); !added) return added;
    }
    return {};
  }

  const PrivateReleaseOrder& order_;
  CodedRecords records_;
  std::vector<std::uint16_t> at_;
  std::uint16_t id_ = kNoColumn;
  std::unordered_set<std::string> seen_;
};

void tell_erased(const CodedRecords& records, const release::PrivacySetting& setting,
                 std::ostream& warn) {
  const std::vector<release::Erased> erased = release::would_erase(records, setting);
  for (const release::Erased& one : erased) {
    const CodedRecords::Column& column = records.columns()[one.column];
    warn << fmt::format("erased: {} = {} ({} people) is left out with a chance of {:.0f} %",
                        column.name, column.values[one.value], one.people, 100 * one.chance);
    if (!one.pool.empty()) {
      warn << "; it stays together with";
      for (std::size_t i = 0; i < one.pool.size(); ++i)
        warn << (i == 0 ? " " : ", ") << column.values[one.pool[i]];
      warn << fmt::format(" ({} people: --pool)", one.pooled_people);
    }
    if (one.shorter > 0) warn << fmt::format("; it stays with --length {}", one.shorter);
    warn << fmt::format("; or with the people of {:.1f} times as many years\n",
                        one.times_the_years);
  }
  if (!erased.empty())
    warn << "A group that no table shows is not seen by those who decide. These lines come from "
            "the true counts: do not publish them.\n";
}

void write_combination(const PrivateMarginals& marginals,
                       const std::vector<release::TupleTree::Attribute>& attributes,
                       std::string_view count, std::ostream& out) {
  std::size_t next = 0;
  for (std::size_t c = 0; c < marginals.columns.size(); ++c) {
    const bool is_here =
        next < attributes.size() && marginals.attributes[attributes[next]].column == c;
    out << csv_cell(is_here ? std::string_view(marginals.attributes[attributes[next]].value)
                            : kTotal)
        << ',';
    next += is_here;
  }
  out << count << '\n';
}

void write_withheld_pairs(const PrivateMarginals& marginals, std::ostream& out) {
  const release::TupleTree& tree = marginals.tree;
  if (tree.levels().size() < 2) return;
  for (std::size_t a = 0; a < tree.n_attributes(); ++a)
    for (std::size_t b = tree.after(static_cast<std::uint16_t>(a)); b < tree.n_attributes(); ++b) {
      const std::vector<release::TupleTree::Attribute> pair{static_cast<std::uint16_t>(a),
                                                            static_cast<std::uint16_t>(b)};
      if (tree.find(pair) == release::TupleTree::kNone)
        write_combination(marginals, pair, kWithheld, out);
    }
}

void write_marginals(const PrivateMarginals& marginals, std::ostream& out) {
  for (const std::string& name : marginals.columns) out << csv_cell(name) << ',';
  out << "count\n";
  write_combination(marginals, {}, std::to_string(marginals.n_records), out);
  const auto levels = marginals.tree.levels();
  for (std::size_t k = 0; k < levels.size(); ++k)
    for (std::uint32_t node = 0; node < levels[k].last.size(); ++node)
      write_combination(marginals, marginals.tree.attributes(k + 1, node),
                        std::to_string(levels[k].people[node]), out);
  write_withheld_pairs(marginals, out);
}

Result<void> write_records(const PrivateMarginals& marginals, const release::NoiseKey& key,
                           const std::string& path) {
  constexpr std::uint64_t kSyntheticStream = 64;
  release::RandomBits bits(key, kSyntheticStream);
  const release::SyntheticRecords made = release::synthetic_records(marginals, bits);
  std::ostringstream out;
  for (std::size_t c = 0; c < marginals.columns.size(); ++c)
    out << (c == 0 ? "" : ",") << csv_cell(marginals.columns[c]);
  out << '\n';
  for (std::size_t i = 0; i < made.size(); ++i)
    for (std::size_t c = 0; c < made.n_columns; ++c) {
      const std::uint32_t attribute = made.attributes[i * made.n_columns + c];
      if (attribute != release::SyntheticRecords::kNotStated)
        out << csv_cell(marginals.attributes[attribute - 1].value);
      out << (c + 1 == made.n_columns ? '\n' : ',');
    }
  return write_file(path, out.str());
}

Json about(const PrivateReleaseOrder& order, const PrivateMarginals& marginals,
           const PrivacyLedger& ledger) {
  Json lengths = Json::array();
  for (std::size_t k = 0; k < marginals.plan.size(); ++k) {
    const release::LengthPlan& one = marginals.plan[k];
    lengths.push_back({{"length", k + 1},
                       {"combinations_of_a_whole_record", one.most},
                       {"noise_sd", std::sqrt(one.variance)},
                       {"withheld_below", one.threshold},
                       {"published", one.n_released}});
  }
  return {{"data", ledger.budget().of},
          {"at", format_utc(order.now_utc_s)},
          {"epsilon", order.setting.epsilon},
          {"delta", order.setting.delta},
          {"rho", marginals.rho},
          {"neighbours", "one record more or fewer"},
          {"records", marginals.n_records},
          {"records_noise_sd", std::sqrt(marginals.n_records_variance)},
          {"lengths", std::move(lengths)},
          {"fabricated_share_at_most", order.setting.fabricated},
          {"releases", ledger.spent().size()},
          {"epsilon_of_all_releases", ledger.epsilon_spent()},
          {"budget", {{"epsilon", ledger.budget().epsilon}, {"delta", ledger.budget().delta}}},
          {"reading",
           "What is not published is withheld, not zero. A count is the true one and noise of the "
           "deviation given; a cell that is not stated is not known, not no."}};
}

}  // namespace

Result<void> write_private(const PrivateReleaseOrder& order, std::ostream& out,
                           std::ostream& warn) {
  OVILLO_TRY(const CodedRecords records, RecordsReader(order).read(warn));
  if (records.size() == 0)
    return Error(ErrorCode::release_bad_table, "it has no records",
                 Locus{order.file, {}, {}, {}, {}});
  OVILLO_CHECK(release::check_setting(records, order.setting));
  tell_erased(records, order.setting, warn);
  if (order.preview) return {};
  if (order.ledger.empty())
    return Error(ErrorCode::base_bad_argument,
                 "--ledger FILE is needed; release budget FILE --epsilon E --delta D makes one");
  OVILLO_TRY(PrivacyLedger ledger, PrivacyLedger::open(order.ledger));
  Sha256 hash;
  OVILLO_TRY(const std::string bytes, read_file(order.file));
  hash.update(bytes);
  const release::NoiseKey key = release::fresh_noise_key();
  OVILLO_TRY(const PrivateMarginals marginals,
             release::private_marginals(records, order.setting, key));
  OVILLO_CHECK(
      ledger.spend({order.now_utc_s,
                    fmt::format("marginals of {} columns to length {}", marginals.columns.size(),
                                order.setting.length),
                    hash.hex(), order.setting.epsilon, order.setting.delta, marginals.rho}));
  write_marginals(marginals, out);
  if (!order.records.empty()) OVILLO_CHECK(write_records(marginals, key, order.records));
  if (!order.about.empty())
    OVILLO_CHECK(write_file(order.about, about(order, marginals, ledger).dump(2) + "\n"));
  warn << fmt::format(
      "{} records, epsilon {}, delta {}; of all releases: epsilon {:.3g} of {:.3g}\n",
      marginals.n_records, order.setting.epsilon, order.setting.delta, ledger.epsilon_spent(),
      ledger.budget().epsilon);
  return {};
}

Result<void> write_budget(const BudgetOrder& order, std::ostream& out) {
  if (order.epsilon > 0)
    OVILLO_CHECK(
        PrivacyLedger::create(order.path, {order.of, order.epsilon, order.delta}, order.now_utc_s));
  OVILLO_TRY(const PrivacyLedger ledger, PrivacyLedger::open(order.path));
  out << "what,epsilon,delta,rho,data_sha256\n";
  for (const PrivacySpent& one : ledger.spent())
    out << fmt::format("{},{},{},{},{}\n", csv_cell(one.what), one.epsilon, one.delta, one.rho,
                       one.data_sha256);
  out << fmt::format("all releases,{:.6g},{},,\nbudget,{},{},,\n", ledger.epsilon_spent(),
                     ledger.budget().delta, ledger.budget().epsilon, ledger.budget().delta);
  return {};
}

}  // namespace ovillo::flow
