#include "ovillo/cluster/internal/text_table.hpp"

#include <algorithm>
#include <bit>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/internal/counts_body.hpp"

namespace ovillo::cluster {

bool TextTable::before(std::uint32_t s, std::uint32_t t) const {
  if (texts_[s].hash != texts_[t].hash) return texts_[s].hash < texts_[t].hash;
  return std::lexicographical_compare(texts_[s].words.begin(), texts_[s].words.end(),
                                      texts_[t].words.begin(), texts_[t].words.end());
}

void TextTable::rows_of(std::uint32_t t, std::vector<std::uint32_t>& rows) const {
  for (std::uint32_t row = texts_[t].last_row; row != kNone; row = row_before_[row])
    rows.push_back(row);
}

std::vector<std::uint32_t> TextTable::add(std::unique_ptr<Folded> folded, const Component& batch,
                                          std::span<const std::string_view> raw) {
  const auto first_row = static_cast<std::uint32_t>(row_before_.size());
  const std::uint32_t n_before = size();
  row_before_.resize(row_before_.size() + raw.size(), kNone);
  std::vector<std::uint32_t> more;
  std::vector<std::uint32_t> number(batch.size(), kNone);
  for (std::uint32_t b = 0; b < batch.size(); ++b) {
    const auto words = batch.words(b);
    if (words.size() < kFewestWords) continue;
    Text text{words,        Component::hash_of(words), batch.copies(b), kNone,
              batch.raw(b), batch.last_raw(b)};
    const std::uint32_t held = find(text);
    if (held == kNone) {
      number[b] = size();
      texts_.push_back(text);
      enter(number[b]);
      continue;
    }
    Text& known = texts_[number[b] = held];
    known.copies += text.copies;
    known.raw = std::min(known.raw, text.raw);
    known.last_raw = std::max(known.last_raw, text.last_raw);
    if (held < n_before) more.push_back(held);
  }
  for (std::uint32_t r = 0; r < raw.size(); ++r) {
    const std::uint32_t t = number[batch.text_of_raw()[r]];
    if (t == kNone) continue;
    row_before_[first_row + r] = texts_[t].last_row;
    texts_[t].last_row = first_row + r;
  }
  weighed_.resize(texts_.size());
  folded_.push_back(std::move(folded));
  return more;
}

std::uint32_t TextTable::find(const Text& text) const {
  if (slot_.empty()) return kNone;
  const std::size_t mask = slot_.size() - 1;
  for (std::size_t at = mix64(text.hash) & mask; slot_[at] != kNone; at = (at + 1) & mask) {
    const Text& held = texts_[slot_[at]];
    if (held.hash == text.hash &&
        std::equal(held.words.begin(), held.words.end(), text.words.begin(), text.words.end()))
      return slot_[at];
  }
  return kNone;
}

void TextTable::enter(std::uint32_t t) {
  if (2 * texts_.size() > slot_.size()) {
    grow();
    return;
  }
  const std::size_t mask = slot_.size() - 1;
  std::size_t at = mix64(texts_[t].hash) & mask;
  while (slot_[at] != kNone) at = (at + 1) & mask;
  slot_[at] = t;
}

void TextTable::grow() {
  slot_.assign(std::bit_ceil(4 * texts_.size() + 16), kNone);
  const std::size_t mask = slot_.size() - 1;
  for (std::uint32_t t = 0; t < size(); ++t) {
    std::size_t at = mix64(texts_[t].hash) & mask;
    while (slot_[at] != kNone) at = (at + 1) & mask;
    slot_[at] = t;
  }
}

void TextTable::weigh(std::span<const std::uint32_t> texts, const Weigher& weigher) {
  constexpr std::size_t kGrain = 256;
  std::vector<std::uint32_t> todo;
  for (const std::uint32_t t : texts)
    if (weighed_[t].opening == nullptr) todo.push_back(t);
  const std::size_t first = bytes_.size();
  bytes_.resize(first + (todo.size() + kGrain - 1) / kGrain);
  parallel_for(todo.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    std::size_t n = 0;
    for (std::size_t i = begin; i < end; ++i) n += 2 * texts_[todo[i]].words.size();
    std::vector<std::uint8_t>& bytes = bytes_[first + begin / kGrain];
    bytes.resize(n);
    std::uint8_t* at = bytes.data();
    for (std::size_t i = begin; i < end; ++i) {
      const auto words = texts_[todo[i]].words;
      weighed_[todo[i]] = weigher.weigh(words, kVoice, at, at + words.size());
      at += 2 * words.size();
    }
  });
}

Component TextTable::component(std::span<const std::uint32_t> texts) const {
  std::vector<Component::Text> picked;
  picked.reserve(texts.size());
  for (const std::uint32_t t : texts)
    picked.push_back({texts_[t].words, texts_[t].copies, texts_[t].raw, texts_[t].last_raw});
  return Component(picked);
}

std::vector<Weighed> TextTable::weighed(std::span<const std::uint32_t> texts) const {
  std::vector<Weighed> out;
  out.reserve(texts.size());
  for (const std::uint32_t t : texts) out.push_back(weighed_[t]);
  return out;
}

void TextTable::sort(std::vector<std::uint32_t>& texts) const {
  struct Placed {
    std::uint64_t hash;
    std::uint32_t text;
  };
  std::vector<Placed> placed;
  placed.reserve(texts.size());
  for (const std::uint32_t t : texts) placed.push_back({texts_[t].hash, t});
  parallel_sort(placed, [this](const Placed& x, const Placed& y) {
    if (x.hash != y.hash) return x.hash < y.hash;
    return x.text != y.text && before(x.text, y.text);
  });
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = placed[i].text;
}

}  // namespace ovillo::cluster
