// All phrases of a set of indicators, matched in one pass over a text.
//
// DESCRIPTION
//   PhraseMatcherBuilder takes phrases (phrase.hpp), each for a topic (a number of the caller's);
//   PhraseMatcher::match() returns where they occur. A phrase holds only if no negation stands
//   before it ("sin deuda", "no debt") unless it has one of its own, and if it does not lie wholly
//   inside an `unless` phrase of the same topic ("killing" in "killing it").
//
// IMPLEMENTATION
//   A byte trie gives a folded word its class: words that stand in the same steps of all phrases
//   are one class; most words of a text fall out of the trie after two or three letters. The
//   phrases are one automaton over classes, made deterministic (Rabin and Scott, 1959) at build
//   time: a state is the set of phrase positions reached together, an edge is found by one look
//   into a hash table. Gaps: an edge leads to one state per number of words passed over. A text
//   keeps its open states, each with the word it was reached at, as long as their widest gap.
//
// COST
//   Linear in the text: each word tries at most kMaxOpen open states. Safe to share between
//   threads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/assess/internal/phrase.hpp"
#include "ovillo/assess/internal/words.hpp"
#include "ovillo/record/find.hpp"

namespace ovillo::assess {

struct PhraseMatch {
  std::uint32_t topic = 0;
  Span span;  ///< bytes of the text
  bool operator==(const PhraseMatch&) const = default;
};

/// Named lists of words and short phrases: "minor_age", "negation".
using WordLists = std::map<std::string, std::vector<std::string>, std::less<>>;

class PhraseMatcher {
 public:
  PhraseMatcher() = default;

  /// Adds to `out` what holds in the text of these words, by topic and then position; of several
  /// overlapping ones of a topic the longest, then the first.
  void match(const Words& words, std::vector<PhraseMatch>& out) const;

 private:
  friend class PhraseMatcherBuilder;
  static constexpr std::size_t kMaxOpen = 256;

  struct WordNode {
    std::uint64_t edges = 0;   // bit per folded symbol
    std::uint32_t first = 0;   // child of the lowest bit; the others follow
    std::uint16_t exact = 0;   // class of a word that ends here
    std::uint16_t prefix = 0;  // class of a word that falls out of the trie here
  };
  struct State {
    std::uint64_t classes = 0;  // bit (class mod 64) of each class that leaves here
    std::uint32_t outputs = 0;  // slice of output_sets_
    std::uint32_t max_gap = 0;
  };
  struct Output {
    std::uint32_t topic;
    std::uint8_t negation_window;  // words before it in which a negation undoes it; 0: ignored
    bool own_negation;             // the phrase holds a negation itself
    bool unless;
    auto operator<=>(const Output&) const = default;
  };
  struct Edge {
    std::uint64_t key = 0;           // state and class; 0: free
    std::uint32_t first_target = 0;  // targets_[first_target + words passed over]
    std::uint32_t n_targets = 0;
  };
  struct Run;

  [[nodiscard]] std::uint32_t next_state(std::uint32_t state, std::uint16_t word_class,
                                         std::uint32_t passed) const;
  [[nodiscard]] std::uint16_t class_of(const Words& words, const Word& word) const;
  [[nodiscard]] std::uint16_t class_of_drawn_out(const Words& words, const Word& word) const;

  std::vector<WordNode> word_nodes_;
  std::vector<std::uint32_t> start_;  // state after a first word of each class; 0: none
  std::vector<char> is_negation_;     // per class
  std::uint16_t number_class_ = 0;
  std::vector<State> states_;
  std::vector<Output> outputs_;
  std::vector<std::uint32_t> output_sets_;  // slices: count, then indices into outputs_
  std::vector<Edge> edges_;                 // open addressing, a power of two
  std::vector<std::uint32_t> targets_;
};

class PhraseMatcherBuilder {
 public:
  /// @param lists  lists that phrases may name; "negation" is the one the guard uses.
  /// @error base.bad_data_file.
  static Result<PhraseMatcherBuilder> create(const WordLists& lists);

  enum class Use : std::uint8_t { holds, unless };

  /// @param negation_window  words before the phrase in which a negation undoes it; 0: none.
  /// @error base.bad_data_file: not a phrase, or a list that is not there.
  Result<void> add(std::string_view phrase, std::uint32_t topic, Use use,
                   std::uint8_t negation_window);

  [[nodiscard]] PhraseMatcher build() const;

 private:
  using Atoms = std::vector<PhraseAtom>;
  struct List {
    Atoms atoms;                         // its single words
    std::vector<PhraseSteps> sequences;  // its entries of several words
  };
  struct Step {
    std::uint32_t atoms = 0;  // number of the set of atoms
    std::uint8_t gap = 0;
  };
  struct Sequence {
    std::vector<Step> steps;
    std::uint32_t output = 0;
  };
  struct Classes;
  struct Automaton;

  Result<void> add_list(const std::string& name, const std::vector<std::string>& entries);
  Result<std::vector<PhraseSteps>> with_lists(std::string_view phrase,
                                              const PhraseSteps& steps) const;
  void add_sequence(const PhraseSteps& steps, std::uint32_t topic, Use use,
                    std::uint8_t negation_window);

  std::map<std::string, List, std::less<>> lists_;
  std::map<Atoms, std::uint32_t> sets_;  // the sets of atoms that steps ask for, numbered
  std::map<PhraseMatcher::Output, std::uint32_t> outputs_;
  std::vector<Sequence> sequences_;
};

}  // namespace ovillo::assess
