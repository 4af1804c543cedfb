#include "ovillo/release/synthetic_records.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace ovillo::release {

namespace {

using Attribute = TupleTree::Attribute;

constexpr std::uint64_t kExchanges = 12'000'000;
constexpr std::uint64_t kMostPasses = 30;

/// Counts of one and two attributes, published and made so far.
class Pairs {
 public:
  explicit Pairs(const TupleTree& tree)
      : n_(tree.n_attributes()), wanted_(n_ * n_), made_(n_ * n_) {
    for (std::size_t a = 0; a < n_; ++a) {
      wanted_[a * n_ + a] = tree.levels()[0].people[a];
      if (tree.levels().size() == 1) continue;
      for (std::size_t b = tree.after(static_cast<Attribute>(a)); b < n_; ++b) {
        const std::array<Attribute, 2> pair{static_cast<Attribute>(a), static_cast<Attribute>(b)};
        wanted_[a * n_ + b] = wanted_[b * n_ + a] = tree.people(pair);
      }
    }
  }

  [[nodiscard]] std::int64_t wanted(std::size_t a, std::size_t b) const {
    return wanted_[a * n_ + b];
  }
  void add(std::size_t a, std::size_t b, std::int64_t by) {
    made_[a * n_ + b] += by;
    if (a != b) made_[b * n_ + a] += by;
  }

  /// By how much the distance from the published counts changes when one more record (or one
  /// fewer) has both. @param by  1 or -1.
  [[nodiscard]] std::int64_t change(std::size_t a, std::size_t b, std::int64_t by) const {
    const std::int64_t apart = made_[a * n_ + b] - wanted_[a * n_ + b];
    return std::abs(apart + by) - std::abs(apart);
  }

 private:
  std::size_t n_;
  std::vector<std::int64_t> wanted_;
  std::vector<std::int64_t> made_;
};

class Making {
 public:
  Making(const PrivateMarginals& marginals, RandomBits& bits)
      : marginals_(marginals), tree_(marginals.tree), bits_(bits), pairs_(marginals.tree) {
    out_.n_columns = marginals.columns.size();
    out_.attributes.assign(out_.n_columns * static_cast<std::size_t>(marginals.n_records),
                           SyntheticRecords::kNotStated);
    of_column_.resize(out_.n_columns);
    for (std::size_t a = 0; a < tree_.n_attributes(); ++a)
      of_column_[tree_.column_of(static_cast<Attribute>(a))].push_back(static_cast<Attribute>(a));
  }

  SyntheticRecords make() {
    for (std::size_t c = 0; c < out_.n_columns; ++c) {
      if (of_column_[c].empty()) continue;
      choose_context(c);
      for (std::size_t i = 0; i < out_.size(); ++i) draw(i, c);
    }
    const std::uint64_t n_passes = std::clamp<std::uint64_t>(
        kExchanges / std::max<std::size_t>(1, out_.attributes.size()), 2, kMostPasses);
    for (std::uint64_t pass = 0; pass < n_passes; ++pass)
      for (std::size_t c = 0; c < out_.n_columns; ++c)
        if (!of_column_[c].empty())
          for (std::size_t i = 0; i < out_.size(); ++i) exchange(i, c);
    return std::move(out_);
  }

 private:
  std::uint32_t& at(std::size_t record, std::size_t column) {
    return out_.attributes[record * out_.n_columns + column];
  }

  /// The earlier columns that tell most about this one: by how far its pairs are from what they
  /// would be by chance.
  void choose_context(std::size_t column) {
    context_.clear();
    if (tree_.levels().size() == 1) return;
    const double n = std::max(1.0, static_cast<double>(marginals_.n_records));
    std::vector<std::pair<double, std::size_t>> ties;
    for (std::size_t c = 0; c < column; ++c) {
      double tie = 0;
      for (const Attribute a : of_column_[c])
        for (const Attribute b : of_column_[column])
          tie += std::abs(static_cast<double>(pairs_.wanted(a, b)) -
                          static_cast<double>(pairs_.wanted(a, a)) *
                              static_cast<double>(pairs_.wanted(b, b)) / n);
      ties.emplace_back(-tie, c);
    }
    std::sort(ties.begin(), ties.end());
    for (std::size_t i = 0; i < std::min(ties.size(), tree_.levels().size() - 1); ++i)
      context_.push_back(ties[i].second);
  }

  /// Published people with the context's values of this record, and with each value of the column
  /// besides. The context shrinks until it is published.
  void draw(std::size_t record, std::size_t column) {
    std::vector<Attribute> given;
    for (const std::size_t c : context_)
      if (at(record, c) != 0) given.push_back(static_cast<Attribute>(at(record, c) - 1));
    std::sort(given.begin(), given.end());
    while (!given.empty() && tree_.people(given) == 0) given.pop_back();
    std::int64_t all = given.empty() ? marginals_.n_records : tree_.people(given);
    std::vector<std::int64_t> weight;
    std::int64_t stated = 0;
    for (const Attribute value : of_column_[column]) {
      weight.push_back(given.empty() ? without_context(value) : with_context(given, value));
      stated += weight.back();
    }
    if (given.empty() && !context_.empty()) all = people_without_context();
    all = std::max(all, stated);
    // A value that the record may not have is drawn no more; that none is stated always may be.
    while (all > 0) {
      auto drawn = static_cast<std::int64_t>(bits_.below(static_cast<std::uint64_t>(all)));
      std::size_t v = 0;
      while (v < weight.size() && drawn >= weight[v]) drawn -= weight[v++];
      if (v == weight.size()) return;
      if (may_have(record, column, of_column_[column][v]))
        return put(record, column, of_column_[column][v]);
      all -= std::exchange(weight[v], 0);
    }
  }

  std::int64_t with_context(const std::vector<Attribute>& given, Attribute value) {
    scratch_ = given;
    scratch_.push_back(value);
    return tree_.people(scratch_);
  }

  /// People with the value of whom the column that tells most is not stated.
  std::int64_t without_context(Attribute value) {
    std::int64_t people = pairs_.wanted(value, value);
    if (context_.empty()) return people;
    for (const Attribute a : of_column_[context_[0]]) people -= pairs_.wanted(a, value);
    return std::max<std::int64_t>(0, people);
  }

  std::int64_t people_without_context() {
    std::int64_t people = marginals_.n_records;
    for (const Attribute a : of_column_[context_[0]]) people -= pairs_.wanted(a, a);
    return std::max<std::int64_t>(0, people);
  }

  /// Whether the record, with this value in the column, has published combinations only.
  bool may_have(std::size_t record, std::size_t column, Attribute value) {
    if (tree_.levels().size() == 1) return true;
    scratch_.clear();
    for (std::size_t c = 0; c < out_.n_columns; ++c) {
      if (c == column) {
        scratch_.push_back(value);
        continue;
      }
      if (at(record, c) == 0) continue;
      const std::size_t other = at(record, c) - 1;
      if (pairs_.wanted(other, value) == 0) return false;
      scratch_.push_back(static_cast<Attribute>(other));
    }
    return tree_.holds_all(scratch_, value);
  }

  void put(std::size_t record, std::size_t column, Attribute value) {
    at(record, column) = value + 1U;
    count(record, column, 1);
  }

  void count(std::size_t record, std::size_t column, std::int64_t by) {
    const std::size_t value = at(record, column) - 1;
    for (std::size_t c = 0; c < out_.n_columns; ++c)
      if (at(record, c) != 0) pairs_.add(value, at(record, c) - 1, by);
  }

  /// What the change of a value does to the distance. Without pairs only single values count.
  std::int64_t change(std::size_t record, std::size_t column, std::size_t value, std::int64_t by) {
    std::int64_t out = kOneValueCounts * pairs_.change(value, value, by);
    if (tree_.levels().size() == 1) return out;
    for (std::size_t c = 0; c < out_.n_columns; ++c)
      if (c != column && at(record, c) != 0) out += pairs_.change(value, at(record, c) - 1, by);
    return out;
  }

  /// Another value of the column, drawn, or none, where that is nearer.
  void exchange(std::size_t record, std::size_t column) {
    const std::uint32_t now = at(record, column);
    const std::vector<Attribute>& values = of_column_[column];
    const std::uint64_t drawn = bits_.below(values.size() + 1);
    const std::uint32_t then = drawn == values.size() ? 0 : values[drawn] + 1U;
    if (then == now) return;
    std::int64_t difference = 0;
    if (now != 0) difference += change(record, column, now - 1, -1);
    if (then != 0) difference += change(record, column, then - 1, 1);
    if (difference >= 0) return;
    if (then != 0 && !may_have(record, column, static_cast<Attribute>(then - 1))) return;
    if (now != 0) count(record, column, -1);
    at(record, column) = 0;
    if (then != 0) put(record, column, static_cast<Attribute>(then - 1));
  }

  static constexpr std::int64_t kOneValueCounts = 4;

  const PrivateMarginals& marginals_;
  const TupleTree& tree_;
  RandomBits& bits_;
  Pairs pairs_;
  SyntheticRecords out_;
  std::vector<std::vector<Attribute>> of_column_;
  std::vector<std::size_t> context_;
  std::vector<Attribute> scratch_;
};

}  // namespace

SyntheticRecords synthetic_records(const PrivateMarginals& marginals, RandomBits& bits) {
  return Making(marginals, bits).make();
}

}  // namespace ovillo::release
