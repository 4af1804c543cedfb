// extract: Record -> Find.
//
// Reads every field of every record. Fields of their own (a phone column, a payer, an IBAN) become
// finds written as `field`; free text (Field::text, Field::title) is searched. Pure: the vocabulary
// is loaded once into an Extractor, then the same batch always gives the same finds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/find.hpp"

namespace ovillo::extract {

/// Raised when a change of rules or vocabulary changes finds; finds of another version are redone.
inline constexpr std::uint32_t kRulesVersion = 2;

/// What is looked for. `identifiers`: phones, e-mails, handles, links, accounts, cards, wallets.
enum class Scope : std::uint8_t { everything, identifiers };

class Extractor {
 public:
  /// Loads country plans, gazetteer, services and words from `data` (the data folder).
  /// @error base.bad_data_file, base.cannot_read.
  static Result<Extractor> open(const std::filesystem::path& data);
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

  /// Finds in one text.
  /// @param text    UTF-8.
  /// @param region  ISO 3166-1 alpha-2 assumed for numbers without country code; may be empty.
  /// @return        finds with role `mentioned`, column 0; spans are byte offsets into `text`,
  ///                ascending by begin; finds of one kind do not overlap. Empty: found none.
  /// @cost          linear in the text.
  /// @param scope   identifiers alone are the same as among everything, but that places and the
  ///                guessed language do not help to tell the country of a number which neither its
  ///                code nor the region tells.
  [[nodiscard]] std::vector<Find> find(std::string_view text, std::string_view region,
                                       Scope scope = Scope::everything) const;

  /// Finds in all records of a batch: finds.records has batch.size() rows.
  /// A row's Field::region overrides batch.region. Safe to call from several threads.
  [[nodiscard]] FindBatch find(const RecordBatch& batch) const;

 private:
  struct Impl;
  explicit Extractor(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::extract
