#include "ovillo/release/tuple_tree.hpp"

#include <algorithm>

namespace ovillo::release {

TupleTree::TupleTree(std::vector<std::uint16_t> column_of)
    : column_of_(std::move(column_of)), after_(column_of_.size()) {
  std::size_t next = column_of_.size();
  for (std::size_t a = column_of_.size(); a-- > 0;) {
    if (a + 1 < column_of_.size() && column_of_[a + 1] != column_of_[a]) next = a + 1;
    after_[a] = static_cast<Attribute>(next);
  }
}

void TupleTree::begin(std::vector<std::int64_t> people) {
  Level& first = levels_.emplace_back();
  first.parent.assign(people.size(), 0);
  for (std::size_t a = 0; a < people.size(); ++a) first.last.push_back(static_cast<Attribute>(a));
  first.people = std::move(people);
}

std::uint64_t TupleTree::make_rows() {
  Level& level = levels_.back();
  std::uint64_t n = 0;
  level.row.clear();
  for (const Attribute last : level.last) {
    level.row.push_back(n);
    n += column_of_.size() - after_[last];
  }
  level.row.push_back(n);
  return n;
}

void TupleTree::add(std::uint32_t parent, Attribute last, std::int64_t people) {
  Level& above = levels_[levels_.size() - 2];
  Level& level = levels_.back();
  if (above.child.empty()) above.child.assign(above.row.back(), kNone);
  level.parent.push_back(parent);
  level.last.push_back(last);
  level.people.push_back(people);
  above.child[place(above, parent, last)] = static_cast<std::uint32_t>(level.last.size());
}

std::uint32_t TupleTree::find(std::span<const Attribute> attributes) const {
  std::uint32_t found = attributes[0] + 1U;
  for (std::size_t length = 1; length < attributes.size(); ++length) {
    found = child(length, found - 1, attributes[length]);
    if (found == kNone) return kNone;
  }
  return found;
}

std::int64_t TupleTree::people(std::span<const Attribute> attributes) const {
  const std::uint32_t found = find(attributes);
  return found == kNone ? 0 : levels_[attributes.size() - 1].people[found - 1];
}

std::vector<TupleTree::Attribute> TupleTree::attributes(std::size_t length,
                                                        std::uint32_t node) const {
  std::vector<Attribute> out(length);
  for (std::size_t k = length; k-- > 0;) {
    out[k] = levels_[k].last[node];
    node = levels_[k].parent[node];
  }
  return out;
}

bool TupleTree::holds_below(std::span<const Attribute> rest, Attribute with, bool has_with,
                            std::size_t length, std::uint32_t node) const {
  if (length == levels_.size()) return true;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const bool has = has_with || rest[i] == with;
    // Nothing behind this one leads to `with` any more.
    if (!has && rest[i] > with) break;
    const std::uint32_t next = child(length, node, rest[i]);
    if (next == kNone) {
      if (has) return false;
      continue;
    }
    if (!holds_below(rest.subspan(i + 1), with, has, length + 1, next - 1)) return false;
  }
  return true;
}

bool TupleTree::holds_all(std::span<const Attribute> attributes, Attribute with) const {
  for (std::size_t i = 0; i < attributes.size() && attributes[i] <= with; ++i)
    if (!holds_below(attributes.subspan(i + 1), with, attributes[i] == with, 1, attributes[i]))
      return false;
  return true;
}

}  // namespace ovillo::release
