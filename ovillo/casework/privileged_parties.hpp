// Whose conversations are sealed: lawyers, doctors, reception centres.
//
// Who they are is a list that people keep (docs/formats/privileged.md): the shipped one and that of
// the workspace. Sealing errs to the side of secrecy: what is sealed in error can be read again by
// order, what was read cannot be unread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"

namespace ovillo::casework {

class PrivilegedParties {
 public:
  /// @param data  folder of the shipped list. @param workspace  folder that may hold another.
  /// @error base.cannot_read, base.bad_data_file: a list that cannot be read is not an empty one.
  static Result<PrivilegedParties> open(const std::filesystem::path& data,
                                        const std::filesystem::path& workspace);

  [[nodiscard]] bool empty() const { return n_parties_ == 0; }

  /// Whether record i is a message or call, and one of its sides is on the list.
  /// A number is the same where, without the marks and zeros before it, one ends in the other from
  /// eight digits on: "07700 900123" and "+44 7700 900123". An address is the same without case, or
  /// of a domain on the list; a name without case, accents and repeated blanks.
  [[nodiscard]] bool is_side(const RecordBatch& batch, std::size_t i) const;

  /// The conversation that record i says it belongs to, told apart by member. Empty: it says none.
  [[nodiscard]] std::string conversation(const RecordBatch& batch, std::size_t i) const;

 private:
  using Words = std::set<std::string, std::less<>>;
  Result<void> read(const std::filesystem::path& path);
  [[nodiscard]] bool has(std::string_view value) const;
  [[nodiscard]] bool has_phone(std::string_view value) const;
  [[nodiscard]] bool has_email(std::string_view value) const;

  std::size_t n_parties_ = 0;
  Words digits_;  ///< numbers read from their end, so that those of one end lie together
  Words emails_, domains_, names_;
  std::vector<std::string> conversation_columns_;
};

/// Which records of one file belong to conversations with them. note() sees every batch of the
/// file, then is_sealed() is asked: the first message of a conversation may come long before the
/// one that tells whose it is.
class SealedConversations {
 public:
  /// @param parties  outlives it.
  explicit SealedConversations(const PrivilegedParties& parties) : parties_(parties) {}

  void note(const RecordBatch& batch);
  /// Whether record i is a message or call with one of them, of a conversation that one of them
  /// takes part in, or came attached to such a mail.
  [[nodiscard]] bool is_sealed(const RecordBatch& batch, std::size_t i) const;

 private:
  const PrivilegedParties& parties_;
  std::set<std::string, std::less<>> conversations_;
  std::set<std::string, std::less<>> mails_;  ///< their Message-ID
};

}  // namespace ovillo::casework
