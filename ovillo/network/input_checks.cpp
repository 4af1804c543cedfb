#include "ovillo/network/input_checks.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "ovillo/network/internal/same_shape.hpp"

namespace ovillo::network {

namespace {

using internal::LabelledGraph;
using internal::Sameness;

constexpr std::array<std::string_view, 7> kDoubts = {
    "copy",          "same_links",     "same_shape", "both_directions",
    "one_direction", "shared_by_many", "placeholder"};

constexpr std::uint64_t kFewLinks = 10;  // below, chance explains much
constexpr std::uint64_t kMaxTrials = 200'000;

using Link = std::pair<std::string_view, std::string_view>;

/// One list, ready to be compared.
struct Layer {
  std::vector<std::tuple<std::string_view, std::string_view, std::string_view>> rows;  ///< as read
  std::map<Link, std::vector<std::string_view>> directed;  ///< a to b: its weights
  std::map<Link, std::vector<std::string_view>> pairs;     ///< smaller name first: its weights
  std::map<std::string_view, std::set<std::string_view>> around;
};

Layer layer_of(const EdgeList& list) {
  Layer out;
  for (std::size_t r = 0; r < list.a.size(); ++r) {
    const std::string_view a = list.a[r];
    const std::string_view b = list.b[r];
    const std::string_view weight = list.weight.empty() ? std::string_view{} : list.weight[r];
    if (a.empty() || b.empty()) continue;
    out.rows.emplace_back(a, b, weight);
    if (a == b) continue;
    out.directed[{a, b}].push_back(weight);
    out.pairs[std::minmax(a, b)].push_back(weight);
    out.around[a].insert(b);
    out.around[b].insert(a);
  }
  for (auto* links : {&out.directed, &out.pairs})
    for (auto& [link, weights] : *links) std::sort(weights.begin(), weights.end());
  return out;
}

using LabelNumbers = std::map<std::vector<std::string_view>, std::uint32_t>;

/// @param labels  shared by the graphs that are compared; null: links without label.
LabelledGraph graph_of(const Layer& layer, LabelNumbers* labels) {
  std::map<std::string_view, std::uint32_t> number;
  for (const auto& [name, around] : layer.around)
    number.emplace(name, static_cast<std::uint32_t>(number.size()));
  LabelledGraph out;
  out.around.resize(number.size());
  for (const auto& [link, weights] : layer.pairs) {
    const std::uint32_t label =
        labels == nullptr
            ? 0
            : labels->emplace(weights, static_cast<std::uint32_t>(labels->size())).first->second;
    const std::uint32_t a = number.at(link.first);
    const std::uint32_t b = number.at(link.second);
    out.around[a].push_back({b, label});
    out.around[b].push_back({a, label});
  }
  for (auto& around : out.around)
    std::sort(around.begin(), around.end(),
              [](const auto& x, const auto& y) { return x.node < y.node; });
  return out;
}

bool weights_vary(const Layer& layer) {
  std::set<std::vector<std::string_view>> different;
  for (const auto& [link, weights] : layer.pairs) different.insert(weights);
  return different.size() >= 3;
}

/// Small and symmetric graphs are alike by chance: a shape counts where it has closed walks and
/// nodes of many kinds, or weights that fit too.
bool shape_is_telling(const Layer& layer, bool with_weights, std::uint32_t n_colours) {
  const std::size_t n = layer.around.size();
  if (layer.pairs.size() < kFewLinks || n_colours < 4) return false;
  return with_weights || (n >= 8 && layer.pairs.size() >= n + 2);
}

std::optional<DoubtFound> alike(const Layer& layer, const Layer& other) {
  DoubtFound out;
  out.n = layer.pairs.size();
  if (layer.pairs.size() < kFewLinks) return std::nullopt;
  if (layer.rows == other.rows) {
    out.doubt = InputDoubt::copy;
    return out;
  }
  if (layer.pairs == other.pairs) {
    out.doubt = InputDoubt::same_links;
    return out;
  }
  if (layer.pairs.size() != other.pairs.size() || layer.around.size() != other.around.size())
    return std::nullopt;
  out.doubt = InputDoubt::same_shape;
  for (const bool with_weights : {true, false}) {
    if (with_weights && !weights_vary(layer)) continue;
    LabelNumbers labels;
    LabelNumbers* used = with_weights ? &labels : nullptr;
    const auto answer =
        internal::same_shape(graph_of(layer, used), graph_of(other, used), kMaxTrials);
    if (answer.sameness == Sameness::different ||
        !shape_is_telling(layer, with_weights, answer.n_colours))
      continue;
    out.weights_too = with_weights;
    out.proven = answer.sameness == Sameness::same;
    return out;
  }
  return std::nullopt;
}

/// Numbers by value, else by bytes.
bool goes_up(const Link& link) {
  const auto number = [](std::string_view text) -> std::optional<std::uint64_t> {
    std::uint64_t out = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
  };
  const auto a = number(link.first);
  const auto b = number(link.second);
  return a && b ? *a < *b : link.first < link.second;
}

std::vector<DoubtFound> lost_directions(const Layer& layer) {
  std::vector<DoubtFound> out;
  if (layer.pairs.size() < kFewLinks) return out;
  const auto add = [&](InputDoubt doubt) {
    DoubtFound found;
    found.doubt = doubt;
    found.n = layer.pairs.size();
    out.push_back(found);
  };
  const bool both = std::all_of(layer.directed.begin(), layer.directed.end(), [&](const auto& one) {
    const auto back = layer.directed.find({one.first.second, one.first.first});
    return back != layer.directed.end() && back->second == one.second;
  });
  if (both) add(InputDoubt::both_directions);
  const auto up =
      static_cast<std::size_t>(std::count_if(layer.directed.begin(), layer.directed.end(),
                                             [](const auto& one) { return goes_up(one.first); }));
  if (up == layer.directed.size() || up == 0) add(InputDoubt::one_direction);
  return out;
}

bool is_placeholder(std::string_view name) {
  static const std::set<std::string_view> kWords = {
      "unknown",  "unkown",  "n/a",      "na",        "none",        "null",         "nil",
      "nan",      "-",       "--",       "?",         "??",          "???",          "x",
      "xx",       "xxx",     "onbekend", "inconnu",   "test",        "anonymous",    "anoniem",
      "anonyme",  "anonimo", "anónimo",  "unbekannt", "desconocido", "desconhecido", "private",
      "withheld", "blocked", "undefined"};
  std::string lower;
  for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (kWords.contains(lower)) return true;
  // 0000000, 999-999: one digit over and over.
  std::string digits;
  for (const char c : name) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != ' ' && c != '-' && c != '+' && c != '.' && c != '/') {
      return false;
    }
  }
  return digits.size() >= 5 && digits.find_first_not_of(digits[0]) == std::string::npos;
}

std::vector<DoubtFound> shared_values(const Layer& layer) {
  constexpr std::uint64_t kMany = 30;
  constexpr std::uint64_t kTimesTheNext = 5;
  constexpr std::uint64_t kTiesSeveral = 3;
  std::vector<DoubtFound> out;
  std::vector<std::uint64_t> degrees;
  for (const auto& [name, around] : layer.around) degrees.push_back(around.size());
  std::sort(degrees.rbegin(), degrees.rend());
  for (const auto& [name, around] : layer.around) {
    DoubtFound found;
    found.node = name;
    found.n = around.size();
    const std::uint64_t next = degrees.size() > 1 ? degrees[1] : 0;
    // A star is one question asked about one value; beside it there must be a network.
    const bool stands_out = found.n >= kMany && next >= 2 && found.n >= kTimesTheNext * next &&
                            found.n * 5 >= layer.around.size();
    if (is_placeholder(name) && found.n >= kTiesSeveral) {
      found.doubt = InputDoubt::placeholder;
      out.push_back(found);
    } else if (stands_out) {
      found.doubt = InputDoubt::shared_by_many;
      out.push_back(found);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.doubt < b.doubt; });
  return out;
}

}  // namespace

std::span<const std::string_view> names(InputDoubt) { return kDoubts; }

std::vector<DoubtFound> check_inputs(std::span<const EdgeList> lists,
                                     const InputCheckOptions& options) {
  std::vector<Layer> layers;
  for (const EdgeList& list : lists) layers.push_back(layer_of(list));
  std::vector<DoubtFound> out;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    std::vector<DoubtFound> of_list;
    for (std::size_t j = 0; j < i; ++j) {
      if (auto found = alike(layers[i], layers[j])) {
        found->other = j;
        of_list.push_back(std::move(*found));
      }
    }
    std::stable_sort(of_list.begin(), of_list.end(),
                     [](const auto& a, const auto& b) { return a.doubt < b.doubt; });
    const auto append = [&](std::vector<DoubtFound> more) {
      of_list.insert(of_list.end(), more.begin(), more.end());
    };
    if (options.said_directed) append(lost_directions(layers[i]));
    append(shared_values(layers[i]));
    for (DoubtFound& found : of_list) {
      found.list = i;
      out.push_back(std::move(found));
    }
  }
  return out;
}

}  // namespace ovillo::network
