#include "ovillo/synth/phrase.hpp"

#include <algorithm>
#include <optional>

namespace ovillo::synth {
namespace {

constexpr std::array<std::string_view, kSlots> kSlotNames{
    "name", "age", "place", "place2", "street", "phone",    "price",    "price2", "from",
    "to",   "n",   "firm",  "email",  "salary", "platform", "helpline", "month"};

std::optional<Slot> slot_of(std::string_view name) {
  const auto* at = std::find(kSlotNames.begin(), kSlotNames.end(), name);
  if (at == kSlotNames.end()) return std::nullopt;
  return static_cast<Slot>(at - kSlotNames.begin());
}

std::vector<std::string> split_options(std::string_view inner) {
  std::vector<std::string> out;
  for (std::size_t begin = 0;;) {
    const std::size_t bar = inner.find('|', begin);
    out.emplace_back(inner.substr(begin, bar - begin));
    if (bar == std::string_view::npos) return out;
    begin = bar + 1;
  }
}

}  // namespace

Result<Phrase> Phrase::parse(std::string_view text, const WordLists& lists) {
  const auto bad = [&] {
    return Error(ErrorCode::base_bad_data_file, "phrase: " + std::string(text));
  };
  Phrase out;
  std::size_t pos = 0;
  while (pos < text.size()) {
    const std::size_t next = text.find_first_of("{<$", pos);
    if (next != pos) {
      out.parts_.push_back({{std::string(text.substr(pos, next - pos))}, Slot::name, false});
      if (next == std::string_view::npos) break;
      pos = next;
    }
    if (text[pos] == '$') {
      std::size_t end = pos + 1;
      while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
      const std::string_view name = text.substr(pos + 1, end - pos - 1);
      const auto list = std::find_if(lists.begin(), lists.end(),
                                     [&](const auto& entry) { return entry.first == name; });
      if (list == lists.end() || list->second.empty()) return bad();
      out.parts_.push_back({list->second, Slot::name, true});
      pos = end;
      continue;
    }
    const char close = text[pos] == '{' ? '}' : '>';
    const std::size_t end = text.find(close, pos);
    if (end == std::string_view::npos) return bad();
    const std::string_view inner = text.substr(pos + 1, end - pos - 1);
    if (close == '}') {
      out.parts_.push_back({split_options(inner), Slot::name, false});
    } else {
      const auto slot = slot_of(inner);
      if (!slot) return bad();
      out.parts_.push_back({{}, *slot, false});
    }
    pos = end + 1;
  }
  return out;
}

void Phrase::append(std::string& out, Rng& hand, unsigned common_per_mille,
                    const SlotValues& slots) const {
  const std::string* last_word = nullptr;
  for (const Part& part : parts_) {
    if (part.options.empty()) {
      out += slots[part.slot];
    } else if (part.word_list && part.options.size() > 1) {
      // Two words from one list in a row must differ.
      const std::string* word = &hand.pick(part.options);
      if (last_word != nullptr && *word == *last_word)
        word = word == &part.options.back() ? &part.options.front() : word + 1;
      out += *word;
      last_word = word;
    } else if (part.options.size() == 1 || hand.chance_per_mille(common_per_mille)) {
      out += part.options.front();
    } else {
      out += hand.pick(part.options);
    }
  }
}

bool Phrase::has(Slot slot) const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [&](const Part& part) { return part.options.empty() && part.slot == slot; });
}

}  // namespace ovillo::synth
