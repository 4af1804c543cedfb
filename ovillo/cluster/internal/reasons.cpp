#include "ovillo/cluster/internal/reasons.hpp"

#include <cstdint>

namespace ovillo::cluster {

namespace {

constexpr std::int32_t kNone = -1;

// The joins that touch each text, as indices into hands.joins(): begin[t] .. begin[t + 1].
struct JoinsOfText {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> join;
};

JoinsOfText joins_by_text(std::size_t n_texts, const std::vector<Pair>& joins) {
  JoinsOfText out;
  out.begin.assign(n_texts + 1, 0);
  for (const Pair& p : joins) {
    ++out.begin[p.a + 1];
    ++out.begin[p.b + 1];
  }
  for (std::size_t t = 0; t < n_texts; ++t) out.begin[t + 1] += out.begin[t];
  out.join.resize(2 * joins.size());
  std::vector<std::uint32_t> at(out.begin.begin(), out.begin.end() - 1);
  for (std::uint32_t j = 0; j < joins.size(); ++j) {
    out.join[at[joins[j].a]++] = j;
    out.join[at[joins[j].b]++] = j;
  }
  return out;
}

}  // namespace

std::vector<Reason> reasons_of(std::span<const std::uint32_t> text_of_raw, std::size_t n_texts,
                               const Surprise& surprise, const std::vector<Pair>& joins,
                               const std::vector<std::int32_t>& cluster) {
  std::vector<std::int32_t> first_raw(n_texts, kNone);
  for (std::size_t r = cluster.size(); r-- > 0;)
    first_raw[text_of_raw[r]] = static_cast<std::int32_t>(r);
  const JoinsOfText by_text = joins_by_text(n_texts, joins);

  std::vector<Reason> out(cluster.size());
  std::vector<bool> reached(n_texts, false);
  std::vector<std::uint32_t> queue;
  for (std::size_t r = 0; r < cluster.size(); ++r) {
    if (cluster[r] < 0) continue;
    const std::uint32_t text = text_of_raw[r];
    if (first_raw[text] != static_cast<std::int32_t>(r)) {
      out[r] = {first_raw[text], true, surprise.own(text), asked(surprise, text, text)};
      continue;
    }
    if (reached[text]) continue;
    reached[text] = true;
    queue.assign(1, text);
    for (std::size_t q = 0; q < queue.size(); ++q) {
      const std::uint32_t from = queue[q];
      for (std::uint32_t k = by_text.begin[from]; k < by_text.begin[from + 1]; ++k) {
        const Pair& join = joins[by_text.join[k]];
        const std::uint32_t to = join.a == from ? join.b : join.a;
        if (reached[to]) continue;
        reached[to] = true;
        queue.push_back(to);
        const Bits16 least = asked(surprise, join.a, join.b);
        out[static_cast<std::size_t>(first_raw[to])] = {first_raw[from], false, least + join.margin,
                                                        least};
      }
    }
  }
  return out;
}

}  // namespace ovillo::cluster
