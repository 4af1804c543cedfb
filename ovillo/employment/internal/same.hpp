// When two rows mean the same person or company.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ovillo/employment/tables.hpp"

namespace ovillo::employment {

/// Words in plain letters, one space between.
std::string words_key(std::string_view text);
/// The same whatever the order of the words: "SILVA, Ana" is "Ana Silva".
std::string name_key(std::string_view name);

/// People of all tables: an id stands for its person; a name stands for the one id that it comes
/// with anywhere, for itself where it comes with none, and for nobody else where with several.
class People {
 public:
  explicit People(const Tables& tables);
  [[nodiscard]] std::string key(const Mention& who) const;
  /// As written; the id where no name is stated.
  [[nodiscard]] std::string name(const Mention& who) const;

 private:
  void note(const Mention& who);
  std::map<std::string, std::set<std::string>> ids_of_name_;
  std::map<std::string, std::string> name_of_id_;
};

}  // namespace ovillo::employment
