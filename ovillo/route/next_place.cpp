#include "ovillo/route/next_place.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace ovillo::route {

namespace {

using Town = std::uint32_t;
using Walk = std::vector<Town>;

struct Towns {
  std::vector<std::string> name;  ///< ascending
  std::vector<std::optional<Position>> position;
};

Towns towns_of(std::span<const Stay> stays) {
  std::map<std::string, std::optional<Position>> towns;
  for (const Stay& stay : stays) {
    auto& position = towns[stay.place];
    if (!position) position = stay.position;
  }
  Towns out;
  for (const auto& [name, position] : towns) {
    out.name.push_back(name);
    out.position.push_back(position);
  }
  return out;
}

Walk walk_of(std::span<const Stay> stays, const Towns& towns) {
  Walk out;
  for (const Stay& stay : stays) {
    const auto at = std::lower_bound(towns.name.begin(), towns.name.end(), stay.place);
    const auto town = static_cast<Town>(at - towns.name.begin());
    if (out.empty() || out.back() != town) out.push_back(town);
  }
  return out;
}

class Model {
 public:
  Model(const Towns& towns, const std::vector<Walk>& walks)
      : towns_(towns), visits_(towns.name.size()) {
    for (const Walk& walk : walks) {
      for (std::size_t i = 0; i < walk.size(); ++i) {
        ++visits_[walk[i]];
        if (i >= 1) ++after_one_[walk[i - 1]][walk[i]];
        if (i >= 2) ++after_two_[{walk[i - 2], walk[i - 1]}][walk[i]];
      }
    }
  }

  enum class Use : std::uint8_t { everything, distance_only };
  /// The three likeliest towns after a walk. Chances are rounded to 2^-40 before they are compared,
  /// so that the order does not hang on the last bit.
  [[nodiscard]] std::vector<Town> after(const Walk& walk, Use use) const {
    std::vector<double> chance = custom(walk.back());
    if (use == Use::everything) {
      mix(chance, after_one_, walk.back());
      if (walk.size() >= 2) mix(chance, after_two_, std::pair{walk[walk.size() - 2], walk.back()});
    }
    std::vector<std::pair<std::int64_t, Town>> order;
    for (Town t = 0; t < chance.size(); ++t)
      if (t != walk.back())
        order.emplace_back(-static_cast<std::int64_t>(std::round(std::ldexp(chance[t], 40))), t);
    std::sort(order.begin(), order.end());
    std::vector<Town> out;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i)
      out.push_back(order[i].second);
    return out;
  }

 private:
  using Counts = std::map<Town, std::uint64_t>;

  /// Often visited and near: (visits + 1) / (1 + km / 100); 300 km where a position is not known.
  [[nodiscard]] std::vector<double> custom(Town from) const {
    constexpr double kUnknownKm = 300;
    std::vector<double> out(visits_.size());
    double sum = 0;
    for (Town t = 0; t < out.size(); ++t) {
      if (t == from) continue;
      const bool known = towns_.position[from] && towns_.position[t];
      const double km =
          known ? distance_km(*towns_.position[from], *towns_.position[t]) : kUnknownKm;
      out[t] = static_cast<double>(visits_[t] + 1) / (1 + km / 100);
      sum += out[t];
    }
    for (double& chance : out) chance = sum > 0 ? chance / sum : 0;
    return out;
  }
  /// What was seen n times weighs n / (n + 1) against what is behind it.
  template <class Key>
  static void mix(std::vector<double>& chance, const std::map<Key, Counts>& seen, const Key& key) {
    const auto at = seen.find(key);
    if (at == seen.end()) return;
    std::uint64_t n = 0;
    for (const auto& [town, count] : at->second) n += count;
    for (double& one : chance) one /= static_cast<double>(n + 1);
    for (const auto& [town, count] : at->second)
      chance[town] += static_cast<double>(count) / static_cast<double>(n + 1);
  }

  const Towns& towns_;
  std::vector<std::uint64_t> visits_;
  std::map<Town, Counts> after_one_;
  std::map<std::pair<Town, Town>, Counts> after_two_;
};

bool holds(const std::vector<Town>& towns, Town town) {
  return std::find(towns.begin(), towns.end(), town) != towns.end();
}

}  // namespace

NextPlaces next_places(const GrantedStays& stays, const NextPlacePermit& /*permit*/) {
  const Towns towns = towns_of(stays.all());
  std::vector<Walk> walks;
  std::vector<Walk> without_last;
  std::vector<std::string> who;
  for (const auto of_entity : stays.by_entity()) {
    walks.push_back(walk_of(of_entity, towns));
    who.push_back(of_entity.front().entity);
    without_last.push_back(walks.back());
    if (walks.back().size() >= 3) without_last.back().pop_back();
  }
  NextPlaces out;
  const Model model(towns, walks);
  const Model tested(towns, without_last);
  for (std::size_t i = 0; i < walks.size(); ++i) {
    if (walks[i].size() >= 3) {
      ++out.n_tested;
      out.n_hits += holds(tested.after(without_last[i], Model::Use::everything), walks[i].back());
      out.n_hits_by_distance +=
          holds(tested.after(without_last[i], Model::Use::distance_only), walks[i].back());
    }
    if (walks[i].size() < 2) continue;
    InferredNextPlace inferred{who[i], towns.name[walks[i].back()], {}};
    for (const Town town : model.after(walks[i], Model::Use::everything))
      inferred.places.push_back(towns.name[town]);
    out.inferred.push_back(std::move(inferred));
  }
  return out;
}

}  // namespace ovillo::route
