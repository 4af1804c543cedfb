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
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/cluster/background.hpp"

namespace ovillo::cluster {

/// Raised when sketches change; sketches of another version are redone.
inline constexpr std::uint32_t kSketchVersion = 2;

/// Sketches of n texts, `kBands` band hashes each; 0 in every band: too short to compare.
struct SketchBatch {
  static constexpr std::size_t kBands = 20;
  std::vector<std::uint64_t> band;  ///< n * kBands
  [[nodiscard]] std::size_t size() const { return band.size() / kBands; }
};

/// @param texts  UTF-8; ill-formed bytes are folded away.
/// @cost  O(bytes), about 4 us per advert; 160 bytes per text.
SketchBatch sketch(const StringColumn& texts, const Background& background);

/// Connected components of "shares a band". @return label[n]: smallest row of the component.
std::vector<std::uint32_t> candidate_components(const SketchBatch& sketches);

/// A text with holes: fixed words and slots, as aligned from the members.
struct Template {
  std::string text;  ///< slots as ⟨phone⟩, ⟨place⟩, ⟨…⟩
  std::uint32_t n_slots = 0;
  std::uint32_t n_fixed_words = 0;
};

/// Why a text is in its cluster: the member it was joined with.
struct Reason {
  std::int32_t with = -1;    ///< that text; -1: the first of its cluster, or alone
  bool is_copy = false;      ///< the same text but for what folding takes away
  std::int32_t bits16 = 0;   ///< sixteenths of a bit that taking the two for one hand's saves
  std::int32_t asked16 = 0;  ///< and how many were asked: what chance and stock phrases yield
};

/// A run of words that many texts hold, so that sharing it says little.
struct StockText {
  std::string text;           ///< as one of them has it, digits as "#"
  std::uint64_t n_texts = 0;  ///< how many hold it, counted in the sample and scaled up
};

struct Decision {
  std::vector<std::int32_t> cluster;  ///< per text: index into templates, or -1: alone
  std::vector<Template> templates;
  std::vector<Reason> reasons;   ///< per text
  std::vector<StockText> stock;  ///< the commonest first, at most kMostStock
};
inline constexpr std::size_t kMostStock = 50;

/// Which texts of one component are by one hand. Independent of the order of `texts` (clusters are
/// numbered by their first member in the order given).
///
/// Two texts are of one hand when explaining one as an edit of the other beats explaining both as
/// independent draws from what everybody writes, by more bits than the number of texts would give
/// by chance. What everybody writes is read from the component itself, where texts that resemble
/// each other count as one voice, and from the Background.
/// @cost  near-linear: comparisons per text are capped; about 30 us and 1 kB per text in a
///        component of 100,000.
/// @source  docs/formats/cluster.md.
/// @misses  texts of one hand that share less than about half of their phrases; texts of fewer
///          than four words, even when equal; what follows the first 4,096 words.
Decision decide(std::span<const std::string_view> texts, const Background& background);

/// Above so many texts nearly all are one component, and what everybody writes is counted once: see
/// Counts.
inline constexpr std::size_t kMostInOneGo = 20'000;

struct CountsBody;

/// What everybody writes, counted once in a sample of a large corpus and kept: phrases of up to
/// three words by how many voices hold them, the commonest pairs of words, the commonest runs.
/// With it the answer for a text depends on the texts it is bonded with and on these counts: one
/// text more moves no count. Phrases are hashes; of `stock` the words are held, digits masked.
/// Copies share what they hold; safe to read from several threads.
class Counts {
 public:
  explicit Counts(std::shared_ptr<const CountsBody> body) : body_(std::move(body)) {}
  [[nodiscard]] std::string serialise() const;
  /// @error cluster.bad_background.
  static Result<Counts> parse(std::string_view bytes);
  [[nodiscard]] const std::vector<StockText>& stock() const;
  [[nodiscard]] const CountsBody& body() const { return *body_; }

 private:
  std::shared_ptr<const CountsBody> body_;
};

/// Counts what everybody writes in a sample of these texts.
Counts count(std::span<const std::string_view> texts, const Background& background);

/// The texts that each is compared with when hands are decided by these counts, copies of them and
/// those that look for it included: what an answer about few of many texts rests on beside them.
/// @return  per text, ascending; symmetric.
std::vector<std::vector<std::uint32_t>> compared_with(std::span<const std::string_view> texts,
                                                      const Counts& counts);

/// The same for texts that need not share a band, by counts made earlier.
/// @param counts  empty: they are made from these texts, and given back.
Decision decide(std::span<const std::string_view> texts, const Background& background,
                std::optional<Counts>& counts);

/// All three steps over a whole corpus; above kMostInOneGo texts, with counts of these texts, the
/// last alone. @return  per text: cluster number from 0 in order of first member, or -1: alone.
Decision cluster(const StringColumn& texts, const Background& background);

}  // namespace ovillo::cluster
