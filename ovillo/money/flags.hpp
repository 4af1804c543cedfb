// Red flags: what a bank's rows show that documents of the field tell an analyst to look at.
//
// Flags are data (data/money_flags): name, definition, parameters, source, the innocent
// explanation, what it cannot see. Code holds a closed set of rules. A hit is a description of
// rows, never a score; which flags could not be looked for, for want of a column or a table, is
// told beside them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/money/transfers.hpp"

namespace ovillo::money {

/// Who holds an account, as a bank or an analyst says. Empty: not stated.
struct Holder {
  std::uint64_t row = 0;  ///< 1-based row of its file
  std::string account, name;
  std::string kind;  ///< "business", "person", ... in words
  std::string sector;
  std::string phone, email, address, device;
  std::string opens, closes;  ///< "HH:MM", local
};

/// A contact that stands in an advert, and the account that paid for the advert.
struct AdvertContact {
  std::uint64_t row = 0;
  std::string contact;  ///< phone, e-mail, handle or account
  std::string paid_by;
};

struct FlagInput {
  const Transfers& transfers;
  std::vector<Holder> holders;
  std::vector<AdvertContact> adverts;
  std::set<std::string, std::less<>> lawful_payers;  ///< accounts never told for paying adverts
};

enum class FlagTable : std::uint8_t { transfers, holders, adverts };
std::span<const std::string_view> names(FlagTable);

/// A row that a hit rests on.
struct FlagRow {
  FlagTable table = FlagTable::transfers;
  std::uint32_t index = 0;  ///< position in Transfers, holders or adverts
  auto operator<=>(const FlagRow&) const = default;
};

struct FlagHit {
  std::size_t flag = 0;  ///< into FlagBook::flags()
  std::string account;
  std::vector<FlagRow> row;  ///< ascending, each once: exactly those it rests on
  std::string why;           ///< the flag's sentence with this hit's numbers
};

struct NotLookedFor {
  std::size_t flag = 0;
  std::string why;  ///< which column or table is not there
};

struct FlagReport {
  std::vector<FlagHit> hit;  ///< in order of the flags, then of accounts
  std::vector<NotLookedFor> not_looked_for;
};

struct Flag {
  std::string id, name, definition, why, source, basis, innocent, cannot_see, reviewed_by;
  std::string rule;
  std::int64_t number = 0;  ///< family of red flags it belongs to
  std::map<std::string, std::int64_t, std::less<>> parameters;
};

/// A side of a transfer that its file leaves empty; such a row is taken for flags, since cash has
/// one account only. It is never an account of its own.
inline constexpr std::string_view kNotStated = "(not stated)";

class FlagBook {
 public:
  /// From data/money_flags. @error base.cannot_read, base.bad_data_file with file and flag: an
  /// unknown rule, a parameter that its rule does not have or lacks.
  static Result<FlagBook> open(const std::filesystem::path& data);
  FlagBook(FlagBook&&) noexcept;
  FlagBook& operator=(FlagBook&&) noexcept;
  ~FlagBook();

  [[nodiscard]] const std::vector<Flag>& flags() const;

  /// @return  hits of all flags; the same for any order of the rows of each table.
  /// @cost    O(n log n) time in the rows, about 60 bytes a transfer.
  /// @misses  what each flag says under cannot_see; wording that data/money_flags/words.toml does
  ///          not know.
  [[nodiscard]] FlagReport find(const FlagInput& input) const;

 private:
  struct Impl;
  explicit FlagBook(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::money
