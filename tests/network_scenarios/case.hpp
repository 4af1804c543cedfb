// An invented case, written record by record, and the networks that Ovillo makes of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/network/networks.hpp"
#include "ovillo/resolve/resolve.hpp"

namespace ovillo {

/// One value of a record. Names in tests stand for canonical forms: "phone 3", "account acme".
struct Value {
  FindKind kind;
  Role role;
  std::string canonical;
};

inline Value phone(std::string name) { return {FindKind::phone, Role::mentioned, std::move(name)}; }
inline Value email(std::string name) { return {FindKind::email, Role::mentioned, std::move(name)}; }
inline Value picture(std::string name) {
  return {FindKind::photo_likeness, Role::subject, std::move(name)};
}
inline Value payer(std::string name) { return {FindKind::account, Role::payer, std::move(name)}; }
inline Value from(std::string name) { return {FindKind::account, Role::from, std::move(name)}; }
inline Value to(std::string name) { return {FindKind::account, Role::to, std::move(name)}; }

class Case {
 public:
  /// @param text  template of the text's cluster; empty: alone.
  Case& add(RecordKind kind, std::vector<Value> values, std::string text = {}, int times = 1) {
    for (int i = 0; i < times; ++i) record_.push_back({kind, values, text, record_.size()});
    return *this;
  }
  Case& advert(std::vector<Value> values, std::string text = {}, int times = 1) {
    return add(RecordKind::advert, std::move(values), std::move(text), times);
  }
  Case& transfer(const std::string& a, const std::string& b, int times = 1) {
    return add(RecordKind::transfer, {from(a), to(b)}, {}, times);
  }

  void shuffle(std::uint64_t seed) {
    Rng rng(seed);
    rng.shuffle(record_);
    for (auto& r : record_) rng.shuffle(r.values);
  }
  /// Leaves only the first n records.
  void truncate(std::size_t n) { record_.resize(n); }

  /// Resolves everything; the tables stay readable.
  Case& run() {
    std::vector<resolve::Row> rows;
    std::deque<std::vector<FindKind>> kinds;
    std::deque<std::vector<Role>> roles;
    std::vector<RecordKind> record_kinds;
    for (const RecordText& r : record_) {
      auto& kind = kinds.emplace_back();
      auto& role = roles.emplace_back();
      resolve::Row row;
      row.id = {7, r.number + 1};
      row.kind = r.kind;
      for (const Value& v : r.values) {
        kind.push_back(v.kind);
        role.push_back(v.role);
        row.find_canonical.push_back(v.canonical);
      }
      row.find_kind = kind;
      row.find_role = role;
      row.template_text = r.text;
      rows.push_back(std::move(row));
      record_kinds.push_back(r.kind);
    }
    entities = resolve::entities(rows, IdKey{});
    links = resolve::links(entities, record_kinds);
    label = network::networks(entities, links);
    return *this;
  }

  [[nodiscard]] std::uint32_t entity(std::string_view name) const {
    for (std::uint32_t e = 0; e < entities.size(); ++e)
      if (entities.canonical[e] == name) return e;
    throw std::out_of_range(std::string(name));
  }
  [[nodiscard]] bool same(std::string_view a, std::string_view b) const {
    return label[entity(a)] == label[entity(b)];
  }
  /// Quarter bits between two; 0: no link.
  [[nodiscard]] std::int32_t weight(std::string_view a, std::string_view b) const {
    const std::uint32_t x = std::min(entity(a), entity(b));
    const std::uint32_t y = std::max(entity(a), entity(b));
    for (std::size_t l = 0; l < links.size(); ++l)
      if (links.a[l] == x && links.b[l] == y) return links.weight_quarter_bits[l];
    return 0;
  }
  /// Names in each network of two or more, sorted, as one line each.
  [[nodiscard]] std::vector<std::string> networks() const {
    std::map<graph::Node, std::vector<std::string>> members;
    for (std::uint32_t e = 0; e < entities.size(); ++e)
      members[label[e]].emplace_back(entities.canonical[e]);
    std::vector<std::string> out;
    for (auto& [l, names] : members) {
      if (names.size() < 2) continue;
      std::sort(names.begin(), names.end());
      out.push_back(fmt::format("{}", fmt::join(names, ", ")));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  EntityTable entities;
  LinkTable links;
  std::vector<graph::Node> label;

 private:
  struct RecordText {
    RecordKind kind;
    std::vector<Value> values;
    std::string text;
    std::uint64_t number;
  };
  std::vector<RecordText> record_;
};

}  // namespace ovillo
