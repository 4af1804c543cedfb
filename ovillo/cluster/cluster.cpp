#include "ovillo/cluster/cluster.hpp"

#include <algorithm>

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/internal/folded_steps.hpp"

namespace ovillo::cluster {

namespace {

// Rows of each component with two members or more, in order of first row.
struct Groups {
  std::vector<std::uint32_t> row;
  std::vector<std::size_t> begin{0};
};

Groups group_rows(const std::vector<std::uint32_t>& label) {
  std::vector<std::uint32_t> size(label.size(), 0);
  for (const std::uint32_t l : label) ++size[l];
  std::vector<std::size_t> at(label.size(), 0);
  Groups out;
  std::size_t n = 0;
  for (std::size_t l = 0; l < label.size(); ++l) {
    if (size[l] < 2) continue;
    at[l] = n;
    n += size[l];
    out.begin.push_back(n);
  }
  out.row.resize(n);
  for (std::uint32_t i = 0; i < label.size(); ++i)
    if (size[label[i]] >= 2) out.row[at[label[i]]++] = i;
  return out;
}

}  // namespace

std::vector<std::string_view> views_of(const StringColumn& texts) {
  std::vector<std::string_view> out(texts.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = texts[i];
  return out;
}

Decision cluster(const StringColumn& texts, const Background& background) {
  if (texts.size() > kMostInOneGo) {
    std::optional<Counts> counts;
    return decide(views_of(texts), background, counts);
  }
  const Folded folded(views_of(texts));
  const Groups groups = group_rows(candidate_components(sketch(folded, texts.size(), background)));
  const std::size_t n_groups = groups.begin.size() - 1;
  std::vector<Decision> decided(n_groups);
  parallel_for(n_groups, 1, [&](std::size_t begin, std::size_t end) {
    std::vector<std::string_view> members;
    for (std::size_t g = begin; g < end; ++g) {
      members.clear();
      const auto rows = std::span<const std::uint32_t>(groups.row)
                            .subspan(groups.begin[g], groups.begin[g + 1] - groups.begin[g]);
      for (const std::uint32_t r : rows) members.push_back(texts[r]);
      decided[g] = decide(folded, rows, members, background);
    }
  });

  // Clusters are numbered anew by their first row in the corpus.
  std::vector<std::int64_t> of_row(texts.size(), -1);
  for (std::size_t g = 0; g < n_groups; ++g)
    for (std::size_t k = groups.begin[g]; k < groups.begin[g + 1]; ++k)
      if (const std::int32_t c = decided[g].cluster[k - groups.begin[g]]; c >= 0)
        of_row[groups.row[k]] = (static_cast<std::int64_t>(g) << 32) | c;
  Decision out;
  out.cluster.assign(texts.size(), -1);
  out.reasons.resize(texts.size());
  for (std::size_t g = 0; g < n_groups; ++g) {
    const auto row = [&](std::size_t k) { return groups.row[groups.begin[g] + k]; };
    for (std::size_t k = 0; k < decided[g].reasons.size(); ++k) {
      Reason reason = decided[g].reasons[k];
      if (reason.with >= 0)
        reason.with = static_cast<std::int32_t>(row(static_cast<std::size_t>(reason.with)));
      out.reasons[row(k)] = reason;
    }
    out.stock.insert(out.stock.end(), decided[g].stock.begin(), decided[g].stock.end());
  }
  std::stable_sort(out.stock.begin(), out.stock.end(),
                   [](const StockText& a, const StockText& b) { return a.n_texts > b.n_texts; });
  out.stock.resize(std::min(out.stock.size(), kMostStock));
  std::vector<std::vector<std::int32_t>> number(n_groups);
  for (std::size_t g = 0; g < n_groups; ++g) number[g].assign(decided[g].templates.size(), -1);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (of_row[i] < 0) continue;
    const auto g = static_cast<std::size_t>(of_row[i] >> 32);
    const auto c = static_cast<std::size_t>(of_row[i] & 0xffffffff);
    std::int32_t& n = number[g][c];
    if (n < 0) {
      n = static_cast<std::int32_t>(out.templates.size());
      out.templates.push_back(std::move(decided[g].templates[c]));
    }
    out.cluster[i] = n;
  }
  return out;
}

}  // namespace ovillo::cluster
