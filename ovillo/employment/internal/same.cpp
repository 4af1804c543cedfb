#include "ovillo/employment/internal/same.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "ovillo/employment/answers.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::employment {

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : text::folded(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '.' || c == '\'') continue;  // "B.V." is one word
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out.back() += c;
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

std::string words_key(std::string_view text) { return joined(words_of(text)); }

std::string name_key(std::string_view name) {
  auto words = words_of(name);
  std::sort(words.begin(), words.end());
  return joined(words);
}

std::string company_key(std::string_view name) {
  constexpr std::array<std::string_view, 20> kLegalForms = {
      "bv",  "bvba", "nv",  "vof",  "sa", "sas", "sarl", "srl", "sprl", "sl",
      "slu", "lda",  "ltd", "gmbh", "ug", "kg",  "ag",   "llc", "plc",  "limited"};
  auto words = words_of(name);
  while (words.size() > 1 &&
         std::find(kLegalForms.begin(), kLegalForms.end(), words.back()) != kLegalForms.end())
    words.pop_back();
  return joined(words);
}

People::People(const Tables& tables) {
  for (const auto& row : tables.declarations) note(row.worker);
  for (const auto& row : tables.payroll) note(row.worker);
  for (const auto& row : tables.attendance) note(row.worker);
}

void People::note(const Mention& who) {
  if (who.id.empty() || name_key(who.name).empty()) return;
  ids_of_name_[name_key(who.name)].insert(words_key(who.id));
  auto& name = name_of_id_[words_key(who.id)];
  if (name.empty() || who.name < name) name = who.name;
}

std::string People::key(const Mention& who) const {
  if (!who.id.empty()) return "id " + words_key(who.id);
  const auto ids = ids_of_name_.find(name_key(who.name));
  if (ids != ids_of_name_.end() && ids->second.size() == 1) return "id " + *ids->second.begin();
  return "name " + name_key(who.name);
}

std::string People::name(const Mention& who) const {
  if (!who.name.empty()) return who.name;
  const auto known = name_of_id_.find(words_key(who.id));
  return known == name_of_id_.end() ? who.id : known->second;
}

}  // namespace ovillo::employment
