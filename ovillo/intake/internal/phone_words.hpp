// What the models of a phone extraction are, as the data folder says.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

struct PhoneWords {
  std::set<std::string, std::less<>> secret;  ///< models that are held, not read
  std::set<std::string, std::less<>> around;  ///< models that hold rows
  std::map<std::string, RecordKind, std::less<>> rows;
  std::map<std::string, Field, std::less<>> fields;
  std::map<std::string, std::map<std::string, Field, std::less<>>, std::less<>> fields_of;

  /// @error base.cannot_read, base.bad_data_file.
  static Result<PhoneWords> open();
  [[nodiscard]] Field field(std::string_view model, std::string_view path) const;
};

/// A number that an identifier of an application names ("447700900123@s.whatsapp.net"), with its
/// "+", or a number as it stands; empty: it names none.
std::string phone_of_identifier(std::string_view identifier);

/// "00:01:12" in seconds, as digits; other text as it is.
std::string seconds_of(std::string_view clock);

}  // namespace ovillo::intake
