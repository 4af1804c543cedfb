// All phrases of a set of indicators, matched in one pass over a text.
//
// DESCRIPTION
//   PhraseMatcherBuilder takes phrases (phrase.hpp), each for a topic (a number of the caller's);
//   PhraseMatcher::match() returns where they occur. A phrase holds only if no negation stands
//   before it ("sin deuda", "no debt") unless it has one of its own, and if no `unless` phrase of
//   the same topic overlaps it ("killing it").
//
// IMPLEMENTATION
//   A byte trie turns a folded word into its symbols (the word itself, prefixes, lists it is on);
//   most words fall out of the trie after two or three letters. Phrases are expanded to plain
//   sequences of symbols and merged into a second trie, whose edges sit in one hash table keyed by
//   (node, symbol, gap). A text keeps the set of open nodes, each with the word it was reached at,
//   for as long as the widest gap of its edges.
//
// COST
//   Linear in the text: each word tries at most kMaxOpen open nodes. Safe to share between threads.
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

  /// Adds to `out` what holds in `text`, by topic and then position; of several overlapping ones of
  /// a topic the longest, then the first.
  void match(std::string_view text, std::vector<PhraseMatch>& out) const;

 private:
  friend class PhraseMatcherBuilder;
  static constexpr std::size_t kMaxOpen = 256;

  struct WordNode {
    std::uint64_t edges = 0;   // bit per folded symbol
    std::uint32_t first = 0;   // child of the lowest bit; the others follow
    std::uint32_t exact = 0;   // slice of symbol_sets_ for a word that ends here
    std::uint32_t prefix = 0;  // slice for a word that falls out of the trie here
  };
  struct PhraseNode {
    std::uint32_t outputs = 0;  // slice of outputs_
    std::uint8_t gaps = 0;      // bit g: an edge with gap g leaves here
    std::uint8_t max_gap = 0;
  };
  struct Output {
    std::uint32_t topic;
    std::uint8_t negation_window;  // words before it in which a negation undoes it; 0: ignored
    bool own_negation;             // the phrase holds a negation itself
    bool unless;
    bool operator==(const Output&) const = default;
  };
  struct Edge {
    std::uint64_t key = 0;  // 0: free
    std::uint32_t to = 0;
  };
  struct Run;

  [[nodiscard]] std::uint32_t find_edge(std::uint64_t key) const;
  [[nodiscard]] std::uint32_t symbols_of(const Words& words, const Word& word) const;

  std::vector<WordNode> word_nodes_;
  std::vector<std::uint16_t> symbol_sets_;  // slices: count, then symbols
  std::vector<PhraseNode> phrase_nodes_;
  std::vector<Output> outputs_;
  std::vector<std::uint32_t> output_sets_;  // slices: count, then indices into outputs_
  std::vector<Edge> edges_;                 // open addressing, a power of two
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
  using Symbol = std::uint16_t;
  struct Node {
    std::map<std::pair<Symbol, std::uint8_t>, std::uint32_t> edges;
    std::vector<std::uint32_t> outputs;
  };
  struct List {
    Symbol symbol = 0;                   // stands for any of its single words
    std::vector<PhraseSteps> sequences;  // its entries of several words
  };

  Result<void> add_list(const std::string& name, const std::vector<std::string>& entries);
  Result<std::vector<PhraseSteps>> with_lists(std::string_view phrase,
                                              const PhraseSteps& steps) const;
  Symbol symbol_of(const PhraseStep& step);
  std::uint32_t number_of(const PhraseMatcher::Output& output);
  void add_sequence(const PhraseSteps& steps, std::uint32_t output);
  [[nodiscard]] bool is_negation(const PhraseStep& step) const;
  void build_words(PhraseMatcher& out) const;
  void build_phrases(PhraseMatcher& out) const;

  using WordKey = std::pair<PhraseStep::Kind, std::string>;
  std::map<WordKey, Symbol> symbols_;
  std::map<WordKey, std::vector<Symbol>> list_members_;
  std::map<std::string, List, std::less<>> lists_;
  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::vector<PhraseMatcher::Output> outputs_;
  Symbol next_symbol_ = 0;
};

}  // namespace ovillo::assess
