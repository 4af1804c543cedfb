// cluster: texts of one hand.
//
// Three steps. `sketch` (per row) folds a text and keeps a few hashes. `candidate_components`
// (keyed) joins rows that share a band of the sketch. `decide` (per component) looks at the texts
// of one finished component and says which were written by one hand, with the template they share.
// Only `decide` decides; the first two may join too much, never too little. The answer for a
// component depends on its texts and the Background alone, so order, chunks and thread count do
// not matter, and removing texts gives the answer of a corpus that never had them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::cluster {

/// Raised when sketches change; sketches of another version are redone.
inline constexpr std::uint32_t kSketchVersion = 1;

/// How common phrases are, per language: what everybody writes says nothing about the hand. Counts
/// only; shipped in data/background, changed by `ovillo train` alone.
class Background {
 public:
  /// @error base.bad_data_file.
  static Result<Background> open(const std::filesystem::path& data);
  /// Counts the phrases of `texts` on top of these (train).
  void add(std::span<const std::string_view> texts);
  [[nodiscard]] std::string serialise() const;
  static Result<Background> parse(std::string_view bytes);
  /// log2 of how many texts in a million hold the phrase with this hash, at least 0.
  [[nodiscard]] std::uint32_t log2_per_million(std::uint64_t phrase) const;

 private:
  std::vector<std::uint64_t> phrase_;  // ascending
  std::vector<std::uint8_t> log2_per_million_;
  std::vector<std::uint32_t> count_;
  std::uint64_t n_texts_ = 0;
};

/// Sketches of n texts, `kBands` band hashes each; 0 in every band: too short to compare.
struct SketchBatch {
  static constexpr std::size_t kBands = 24;
  std::vector<std::uint64_t> band;  ///< n * kBands
  [[nodiscard]] std::size_t size() const { return band.size() / kBands; }
};

/// @param texts  UTF-8; ill-formed bytes are folded away.
SketchBatch sketch(const StringColumn& texts, const Background& background);

/// Connected components of "shares a band". @return label[n]: smallest row of the component.
std::vector<std::uint32_t> candidate_components(const SketchBatch& sketches);

/// A text with holes: fixed words and slots, as aligned from the members.
struct Template {
  std::string text;  ///< slots as ⟨phone⟩, ⟨place⟩, ⟨…⟩
  std::uint32_t n_slots = 0;
  std::uint32_t n_fixed_words = 0;
};

struct Decision {
  std::vector<std::int32_t> cluster;  ///< per text: index into templates, or -1: alone
  std::vector<Template> templates;
};

/// Which texts of one component are by one hand. Independent of the order of `texts` (clusters are
/// numbered by their first member in the order given).
Decision decide(std::span<const std::string_view> texts, const Background& background);

/// All three steps over a whole corpus. @return per text: cluster number from 0 in order of first
/// member, or -1: alone.
Decision cluster(const StringColumn& texts, const Background& background);

}  // namespace ovillo::cluster
