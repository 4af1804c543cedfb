// CaseFile: what one user may see, opened for one purpose: the corpus and the answer of a view.
//
// Everything a door shows of records, networks and links comes through here, so a door cannot show
// what the view does not admit. Corpus and answer are loaded once, on first use.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/sensitive.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/component.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/hand_index.hpp"
#include "ovillo/flow/vocabulary.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// One record as cited: everything a court needs to find it again, and the raw words meant.
struct Citation {
  std::uint32_t record = 0;  ///< index of the view
  RecordId id;
  RecordKind kind = RecordKind::advert;
  std::string source;
  std::string file;
  std::string file_sha256;
  std::string member;
  std::uint64_t row = 0;
  std::uint64_t byte = 0;
  std::string time;    ///< as format_time; empty: not stated
  std::string column;  ///< where the raw words stand
  std::string raw;     ///< the raw words; empty: the record as a whole
  std::string page;    ///< of a document that has pages, from 1
  std::string box;     ///< of the line where the words begin, in points: "72.0 113.4 169.4 124.5"
};

class CaseFile {
 public:
  CaseFile(const storage::Workspace& workspace, View view, const Vocabulary& vocabulary,
           Disclosure disclosure);

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const storage::Workspace& workspace() const { return workspace_; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

  /// @error flow.run_first, storage.*.
  Result<const Answer*> answer();
  /// The records the answer is about, and no others: what came in since waits for the next run.
  /// @error flow.run_first, storage.*.
  Result<const Corpus*> corpus();
  /// Records that came in since the answer was worked out. @cost reads block places only.
  Result<std::uint64_t> n_waiting();
  /// What came in since as single records, such as judgements: without finds.
  /// @error flow.run_first, storage.*. @cost reads and opens as many blocks.
  Result<Corpus> waiting_by_hand();

  /// A network by id or key, or the beginning of one (at least 6 digits, if only one fits).
  /// @error flow.no_such_network.
  Result<NetworkAt> find_network(std::string_view id_or_key);

  /// Component a record lies in; empty: joined to nothing.
  Result<std::optional<std::size_t>> component_of(std::uint32_t record);

  /// The component's input and inside, worked out again from its records.
  struct Inside {
    ComponentInput input;
    ComponentBody body;
  };
  Result<Inside> inside(std::size_t component);

  /// Records that hold this identifier, in ascending order. The value may be written as people
  /// write it ("07700 900 123" with the region of any source): it is read as in a text.
  struct Identifier {
    FindKind kind = FindKind::phone;
    std::string canonical;
    std::vector<std::uint32_t> records;
  };
  /// @error flow.no_such_thing.
  Result<Identifier> find_identifier(std::string_view written);

  /// Cites a record of any corpus, such as waiting_by_hand().
  static Citation cite_of(const Corpus& corpus, std::uint32_t record, std::uint16_t column = 0,
                          Span span = {});
  /// Cites a record, with the words of `span` in `column` when the span is not empty.
  Result<Citation> cite(std::uint32_t record, std::uint16_t column = 0, Span span = {});
  /// Cites a record by its whole text.
  Result<Citation> cite_text(std::uint32_t record);

 private:
  const storage::Workspace& workspace_;
  View view_;
  const Vocabulary& vocabulary_;
  Disclosure disclosure_;
  std::optional<Answer> answer_;
  std::optional<HandIndex> hands_;  ///< of answer_
  std::optional<Corpus> corpus_;
  std::vector<std::uint32_t> component_of_;  ///< per record; npos: none
  std::vector<Source> sources_;
};

}  // namespace ovillo::flow
