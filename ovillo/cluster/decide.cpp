#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/counts_body.hpp"
#include "ovillo/cluster/internal/folded_steps.hpp"
#include "ovillo/cluster/internal/hands.hpp"
#include "ovillo/cluster/internal/in_order.hpp"
#include "ovillo/cluster/internal/join_hands.hpp"
#include "ovillo/cluster/internal/neighbours.hpp"
#include "ovillo/cluster/internal/one_hand.hpp"
#include "ovillo/cluster/internal/reasons.hpp"
#include "ovillo/cluster/internal/stock_texts.hpp"
#include "ovillo/cluster/internal/surprise.hpp"
#include "ovillo/cluster/internal/template_text.hpp"

namespace ovillo::cluster {

namespace {

std::vector<std::uint32_t> long_enough(const Component& texts) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t t = 0; t < texts.size(); ++t)
    if (texts.words(t).size() >= kFewestWords) out.push_back(t);
  return out;
}

// What is known of each text of the component from its neighbours.
struct Standing {
  std::vector<std::uint32_t> likeness;  // agreement with its neighbours, summed
  std::vector<bool> compared;           // its bits are needed
};

// How many others resemble text i closely and in the same order, judged by the nearest.
std::uint32_t n_of_one_voice(const Component& texts, const Neighbours& near,
                             std::span<const std::uint32_t> among, std::size_t i) {
  constexpr std::uint32_t kLookedAt = 3;
  const std::uint32_t n_alike = near.n_alike(i);
  const std::uint32_t n = std::min(n_alike, kLookedAt);
  std::uint32_t n_in_order = 0;
  for (std::uint32_t k = 0; k < n; ++k)
    n_in_order +=
        in_same_order(texts.words(among[i]), texts.words(among[near.of(i)[k].text()])) ? 1 : 0;
  return n == 0 ? 0 : n_alike * n_in_order / n;
}

// How many others resemble each text closely; 0 for texts that are not counted.
std::vector<std::uint32_t> alike(const Component& texts, const Neighbours& near,
                                 std::span<const std::uint32_t> among, std::uint32_t n_counted) {
  std::vector<std::uint32_t> out(texts.size(), 0);
  parallel_for(among.size(), 512, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && among[i] < n_counted; ++i)
      out[among[i]] = n_of_one_voice(texts, near, among, i);
  });
  return out;
}

Standing stand(const Component& texts, const Neighbours& near,
               std::span<const std::uint32_t> among) {
  Standing out{std::vector<std::uint32_t>(texts.size(), 0), std::vector<bool>(texts.size(), false)};
  for (std::size_t i = 0; i < among.size(); ++i) {
    const std::uint32_t t = among[i];
    for (const Neighbour& x : near.of(i)) {
      out.likeness[t] += x.agree();
      out.compared[t] = out.compared[among[x.text()]] = true;
    }
    if (texts.copies(t) > 1) out.compared[t] = true;
  }
  return out;
}

// One template per hand, written around the member most like its neighbours.
std::vector<Template> templates_of(const Component& texts, const Surprise& surprise,
                                   const Standing& standing, const Hands& hands,
                                   std::span<const std::uint32_t> roots,
                                   const Background& background) {
  std::vector<Template> out(roots.size());
  parallel_for(roots.size(), 64, [&](std::size_t begin, std::size_t end) {
    OneHand one_hand(texts, surprise);
    for (std::size_t c = begin; c < end; ++c) {
      const std::vector<std::uint32_t> alone{roots[c]};
      const auto& members = hands.members(roots[c]).empty() ? alone : hands.members(roots[c]);
      const std::uint32_t centre =
          *std::max_element(members.begin(), members.end(), [&](std::uint32_t x, std::uint32_t y) {
            return standing.likeness[x] < standing.likeness[y];
          });
      out[c] = write_template(texts, members, centre, one_hand, background);
    }
  });
  return out;
}

// @param n_raw  texts of the component as they came in.
// @param near  with signatures.
Decision decide_from(const Component& texts, const Neighbours& near,
                     std::span<const std::uint32_t> among, const Standing& standing,
                     const Surprise& surprise, std::size_t n_raw, const Background& background) {
  Hands hands(texts, surprise);
  join_nearest(texts, surprise, near.lists(), among, std::vector<bool>(among.size(), true), hands);
  const auto signature_of = [&](std::uint32_t text) -> const Signature& {
    const auto at = std::lower_bound(among.begin(), among.end(), text);
    return near.signatures()[static_cast<std::size_t>(at - among.begin())];
  };
  join_parts(texts, surprise, among, signature_of, hands);

  Decision out;
  out.cluster.assign(n_raw, -1);
  constexpr std::int32_t kUnseen = -2;
  std::vector<std::int32_t> number(texts.size(), kUnseen);  // by root
  std::vector<std::uint32_t> roots;                         // of clusters, in their order
  for (std::size_t r = 0; r < n_raw; ++r) {
    const std::uint32_t root = hands.group(texts.text_of_raw()[r]);
    if (number[root] == kUnseen) {
      // Copies of a text are of one hand when that much could not be everybody's phrase.
      const bool one =
          hands.members(root).size() > 1 || (texts.copies(root) > 1 && standing.compared[root] &&
                                             surprise.own(root) >= asked(surprise, root, root));
      number[root] = one ? static_cast<std::int32_t>(roots.size()) : -1;
      if (one) roots.push_back(root);
    }
    out.cluster[r] = number[root];
  }
  out.templates = templates_of(texts, surprise, standing, hands, roots, background);
  out.reasons = reasons_of(texts.text_of_raw(), texts.size(), surprise, hands.joins(), out.cluster);
  return out;
}

// What everybody writes is read from the component itself.
Decision decide_component(const Component& texts, std::size_t n_raw, const Background& background) {
  const std::vector<std::uint32_t> among = long_enough(texts);
  const CommonPairs common(texts);
  const Neighbours near(texts, common, among, Neighbours::Keep::signatures_too);
  const Standing standing = stand(texts, near, among);
  const auto n_alike = alike(texts, near, among, texts.size());
  const Voices voices(texts, n_alike);
  const Weigher weigher(voices, background, beyond_sample(texts));
  const Surprise surprise(texts, n_alike, standing.compared, weigher);
  Decision out = decide_from(texts, near, among, standing, surprise, n_raw, background);
  out.stock = stock_texts(texts, surprise, standing.compared);
  return out;
}

}  // namespace

std::shared_ptr<const CountsBody> count(const Component& texts, std::optional<CommonPairs> common,
                                        const Neighbours& near,
                                        std::span<const std::uint32_t> among,
                                        const Background& background) {
  const auto n_alike = alike(texts, near, among, texts.n_sampled());
  auto out = std::make_shared<CountsBody>(
      CountsBody{std::move(*common), Voices(texts, n_alike), beyond_sample(texts), {}});
  std::vector<bool> counted(texts.size(), false);
  for (const std::uint32_t t : among) counted[t] = t < texts.n_sampled();
  const Surprise surprise(texts, counted, out->weigher(background));
  out->stock = stock_texts(texts, surprise, counted);
  return out;
}

Counts count(std::span<const std::string_view> raw, const Background& background) {
  std::vector<std::uint32_t> rows(raw.size());
  std::iota(rows.begin(), rows.end(), 0);
  const Folded folded(raw);
  const Component texts(folded, rows, raw);
  const std::vector<std::uint32_t> among = long_enough(texts);
  std::optional<CommonPairs> common(texts);
  const Neighbours near(texts, *common, among);
  return Counts(count(texts, std::move(common), near, among, background));
}

std::vector<std::vector<std::uint32_t>> compared_with(std::span<const std::string_view> raw,
                                                      const Counts& counts) {
  std::vector<std::uint32_t> rows(raw.size());
  std::iota(rows.begin(), rows.end(), 0);
  const Folded folded(raw);
  const Component texts(folded, rows, raw);
  const std::vector<std::uint32_t> among = long_enough(texts);
  const Neighbours near(texts, counts.body().common, among);
  std::vector<std::vector<std::uint32_t>> others(texts.size());
  for (std::size_t i = 0; i < among.size(); ++i)
    for (const Neighbour& one : near.of(i)) {
      others[among[i]].push_back(among[one.text()]);
      others[among[one.text()]].push_back(among[i]);
    }
  std::vector<std::vector<std::uint32_t>> copies(texts.size());
  for (std::uint32_t r = 0; r < raw.size(); ++r) copies[texts.text_of_raw()[r]].push_back(r);
  std::vector<std::vector<std::uint32_t>> out(raw.size());
  for (std::uint32_t r = 0; r < raw.size(); ++r) {
    const std::uint32_t text = texts.text_of_raw()[r];
    out[r] = copies[text];
    for (const std::uint32_t other : others[text])
      out[r].insert(out[r].end(), copies[other].begin(), copies[other].end());
    std::sort(out[r].begin(), out[r].end());
    out[r].erase(std::unique(out[r].begin(), out[r].end()), out[r].end());
    out[r].erase(std::find(out[r].begin(), out[r].end(), r));
  }
  return out;
}

Decision decide(std::span<const std::string_view> raw, const Background& background,
                std::optional<Counts>& counts) {
  std::vector<std::uint32_t> rows(raw.size());
  std::iota(rows.begin(), rows.end(), 0);
  return decide(Folded(raw), rows, raw, background, counts);
}

Decision decide(const Folded& folded, std::span<const std::uint32_t> rows,
                std::span<const std::string_view> raw, const Background& background,
                std::optional<Counts>& counts) {
  const Component texts(folded, rows, raw);
  const std::vector<std::uint32_t> among = long_enough(texts);
  std::optional<CommonPairs> own;
  if (!counts) own.emplace(texts);
  const Neighbours near(texts, own ? *own : counts->body().common, among,
                        Neighbours::Keep::signatures_too);
  if (!counts) counts = Counts(count(texts, std::move(own), near, among, background));
  const CountsBody& body = counts->body();
  const Standing standing = stand(texts, near, among);
  const Surprise surprise(texts, standing.compared, body.weigher(background));
  Decision out = decide_from(texts, near, among, standing, surprise, raw.size(), background);
  out.stock = body.stock;
  return out;
}

Decision decide(const Folded& folded, std::span<const std::uint32_t> rows,
                std::span<const std::string_view> raw, const Background& background) {
  return decide_component(Component(folded, rows, raw), raw.size(), background);
}

Decision decide(std::span<const std::string_view> raw, const Background& background) {
  std::vector<std::uint32_t> rows(raw.size());
  std::iota(rows.begin(), rows.end(), 0);
  return decide(Folded(raw), rows, raw, background);
}

}  // namespace ovillo::cluster
