// assess: what a network shows, as an Assessment; and which texts are urgent.
//
// Indicators are data (data/indicators/*.toml): id, side, family, sentence, rule, source, evidence,
// known bias, reviewed_by, objections. Rules are of a few closed kinds (phrases in text per
// language, counts over finds and links); code holds the kinds, data holds the indicators.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/assessment.hpp"
#include "ovillo/record/entity.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::assess {

/// Which phrases the texts of one record hold. Depends on the texts alone, so a record is read
/// once, whatever networks it turns out to be in.
struct Reading {
  struct Seen {
    std::uint32_t topic = 0;  ///< the Assessor's number
    std::uint16_t column = 0;
    bool urgent = false;
    Span span;
  };
  std::vector<Seen> seen;
};

/// One record of a network, as assess sees it.
struct RecordFacts {
  std::uint32_t index = 0;  ///< in the view
  RecordKind kind = RecordKind::advert;
  std::optional<std::int64_t> time_utc_s;
  std::int32_t local_offset_s = 0;
  struct Text {
    std::uint16_t column = 0;
    std::string_view value;
  };
  std::vector<Text> texts;  ///< text and title fields
  std::span<const FindKind> find_kind;
  std::span<const Role> find_role;
  std::span<const WrittenAs> find_written_as;
  std::span<const std::uint16_t> find_column;
  std::span<const Span> find_span;
  std::vector<std::string_view> find_canonical;
  std::int32_t cluster = -1;         ///< number of its template inside this network, or -1
  const Reading* reading = nullptr;  ///< what read() gave for it; null: it is read when needed
};

class Assessor {
 public:
  /// Loads data/indicators and data/employers (accredited employers, when a list is held).
  /// @error base.bad_data_file, with file and key.
  static Result<Assessor> open(const std::filesystem::path& data);
  Assessor(Assessor&&) noexcept;
  Assessor& operator=(Assessor&&) noexcept;
  ~Assessor();

  /// The same Assessor with more accredited employers on its list. Indicators are shared, not
  /// copied. @param canonical  canonical forms of payers' finds: accounts, IBANs, cards, e-mails.
  [[nodiscard]] Assessor with_employers(std::span<const std::string> canonical) const;

  /// @cost  linear in the texts, about 4 us per 600 bytes.
  [[nodiscard]] Reading read(const RecordFacts& record) const;

  /// What the records show. Signs of side `urgent` are among them, counted in no family.
  /// @param records  members of one network, ascending by index.
  /// @cost  linear in the texts, n log n in the finds.
  [[nodiscard]] Assessment assess(std::span<const RecordFacts> records) const;

  /// Urgent findings in one record, by indicator; empty: read, none seen.
  /// @cost    linear in the texts; measured in assess_test.cpp.
  /// @misses  wording that data/indicators/urgent.toml does not know, and other languages.
  [[nodiscard]] std::vector<UrgentText> urgent(const RecordFacts& record) const;

  /// Whether some indicator looks for urgency in the words of records of this kind.
  [[nodiscard]] bool looks_for_urgency_in(RecordKind kind) const;
  /// Whether there are wordings of urgency in a language; a text in another is not read for them,
  /// and that none is found in it says nothing. Ages are read in any. @param language  ISO 639-1.
  [[nodiscard]] bool reads_urgency_in(std::string_view language) const;

  /// Description of one indicator, for reports: name, source, known bias, reviewed_by, objections.
  struct IndicatorInfo {
    std::string id, name, side, family, source, evidence, known_bias, reviewed_by, objections;
  };
  [[nodiscard]] const std::vector<IndicatorInfo>& indicators() const;

 private:
  struct Impl;
  explicit Assessor(std::unique_ptr<Impl> impl);
  [[nodiscard]] std::vector<Sign> urgent_signs(std::span<const RecordFacts> records) const;
  std::unique_ptr<Impl> impl_;
};

/// Whether the network shows more than one person's hand: an organisation sign of a family other
/// than "wording", "recruitment" and "money", which describe texts and deposits of anybody.
bool shows_more_than_one_hand(const Assessment& assessment);

/// True when `a` ranks before `b`: more families for minus against, then newer newest record.
bool ranks_before(const Assessment& a, const Assessment& b);

}  // namespace ovillo::assess
