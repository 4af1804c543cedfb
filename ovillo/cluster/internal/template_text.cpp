#include "ovillo/cluster/internal/template_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ovillo/base/utf8.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kAligned = 32;  // members looked at
constexpr std::size_t kPhoneDigits = 7;
constexpr std::size_t kMostEdge = 64;  // bytes kept before the first and after the last word

// What the members say about one word of the centre, or about the place before it.
struct Column {
  std::size_t same = 0;    // members with this very word here
  std::size_t other = 0;   // members with some word here instead
  std::size_t before = 0;  // members with words of their own just before this column
};

enum class Part : std::uint8_t { fixed, slot, gone };

std::string_view slice(std::string_view raw, const Word& w) {
  return raw.substr(w.begin, w.end - w.begin);
}

std::string digits_of(std::string_view raw, const Word& w) {
  std::string out;
  for (const char c : slice(raw, w))
    if (c >= '0' && c <= '9') out += c;
  return out;
}

class Writer {
 public:
  Writer(std::string_view raw, const Background& background) : raw_(raw), background_(background) {
    fold_words(raw, words_);
    columns_.resize(words_.size() + 1);
  }

  void add_member(std::string_view raw, const std::vector<Passage>& passages) {
    fold_words(raw, member_words_);
    ++n_members_;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    for (const Passage& p : passages) {
      add_gap(a, p.a, b, p.b);
      for (std::uint32_t k = 0; k < p.n; ++k) add_word(p.a + k, raw, member_words_[p.b + k]);
      a = p.a + p.n;
      b = p.b + p.n;
    }
    add_gap(a, static_cast<std::uint32_t>(words_.size()), b,
            static_cast<std::uint32_t>(member_words_.size()));
  }

  Template write() {
    Template out;
    if (words_.empty()) return out;
    const std::size_t lead = std::min<std::size_t>(words_.front().begin, kMostEdge);
    std::string text(raw_.substr(words_.front().begin - lead, lead));
    bool gap_written = true;
    for (std::size_t w = 0; w < words_.size();) {
      if (part(w) == Part::fixed) {
        if (mostly(columns_[w].before)) {
          put_slot(out, text, "…");
          text += ' ';
        }
        text += slice(raw_, words_[w]);
        ++out.n_fixed_words;
        ++w;
      } else {
        const std::size_t end = end_of_slot(w);
        bool gone = true;
        for (std::size_t k = w; k < end; ++k) gone = gone && part(k) == Part::gone;
        gap_written = !gone;
        if (!gone) put_slot(out, text, slot_name(w, end));
        w = end;
      }
      if (w < words_.size() && gap_written)
        text += raw_.substr(words_[w - 1].end, words_[w].begin - words_[w - 1].end);
      gap_written = true;
    }
    text += raw_.substr(words_.back().end, kMostEdge);
    out.text = replace_invalid_utf8(cut_to_characters(std::move(text)));
    return out;
  }

 private:
  // At least seven in ten of all members, the centre among them.
  [[nodiscard]] bool mostly(std::size_t n) const { return 10 * n >= 7 * (n_members_ + 1); }

  void add_word(std::size_t w, std::string_view raw, const Word& word) {
    const bool same =
        words_[w].hash != kNumber || digits_of(raw_, words_[w]) == digits_of(raw, word);
    ++(same ? columns_[w].same : columns_[w].other);
  }
  void add_gap(std::uint32_t a, std::uint32_t a_end, std::uint32_t b, std::uint32_t b_end) {
    if (b == b_end) return;
    if (a == a_end) ++columns_[a].before;
    for (; a < a_end; ++a) ++columns_[a].other;
  }
  [[nodiscard]] Part part(std::size_t w) const {
    if (mostly(columns_[w].same + 1)) return Part::fixed;
    // Where most members have nothing at all, the word is the centre's own addition.
    return 2 * (columns_[w].same + columns_[w].other) >= n_members_ ? Part::slot : Part::gone;
  }
  // A number is a slot of its own; other words run together.
  [[nodiscard]] std::size_t end_of_slot(std::size_t w) const {
    if (words_[w].hash == kNumber) return w + 1;
    std::size_t end = w + 1;
    while (end < words_.size() && words_[end].hash != kNumber && part(end) != Part::fixed) ++end;
    return end;
  }
  [[nodiscard]] std::string_view slot_name(std::size_t w, std::size_t end) const {
    const SlotKind before = w > 0 ? background_.cue_before(words_[w - 1].hash) : SlotKind::other;
    if (words_[w].hash == kNumber) {
      if (words_[w].n_digits >= kPhoneDigits) return "phone";
      const SlotKind after =
          end < words_.size() ? background_.cue_after(words_[end].hash) : SlotKind::other;
      const SlotKind kind = after != SlotKind::other ? after : before;
      if (kind == SlotKind::age) return "age";
      if (kind == SlotKind::price || beside_currency(w)) return "price";
      if (kind == SlotKind::hour) return "hour";
      return "…";
    }
    if (before == SlotKind::place) return "place";
    if (before == SlotKind::name) return "name";
    return "…";
  }
  [[nodiscard]] bool beside_currency(std::size_t w) const {
    const std::size_t from = words_[w].begin >= 4 ? words_[w].begin - 4 : 0;
    const std::string_view around = raw_.substr(from, words_[w].end + 4 - from);
    for (const std::string_view sign : {"€", "$", "£"})
      if (around.find(sign) != std::string_view::npos) return true;
    return false;
  }
  static void put_slot(Template& out, std::string& text, std::string_view name) {
    text += "⟨";
    text += name;
    text += "⟩";
    ++out.n_slots;
  }
  // The edges are cut at bytes; drop what is left of a character there.
  static std::string cut_to_characters(std::string text) {
    std::size_t begin = 0;
    while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
    std::size_t end = text.size();
    std::size_t lead = end;
    while (lead > begin && (static_cast<unsigned char>(text[lead - 1]) & 0xC0) == 0x80) --lead;
    if (lead > begin && lead <= end && static_cast<unsigned char>(text[lead - 1]) >= 0xC0) {
      const CodePoint last = decode_utf8(text, lead - 1);
      if (last.value == 0xFFFD && last.length == 1) end = lead - 1;
    }
    return text.substr(begin, end - begin);
  }

  std::string_view raw_;
  const Background& background_;
  std::vector<Word> words_;
  std::vector<Word> member_words_;
  std::vector<Column> columns_;
  std::size_t n_members_ = 0;
};

}  // namespace

Template write_template(const Component& texts, std::span<const std::uint32_t> members,
                        std::uint32_t centre, OneHand& one_hand, const Background& background) {
  Writer writer(texts.raw(centre), background);
  for (const std::uint32_t t : members.first(std::min(members.size(), kAligned))) {
    if (texts.copies(t) > 1) {  // copies may differ in numbers, which fold to one word
      writer.add_member(texts.last_raw(t), one_hand.align(centre, t));
    }
    if (t == centre) continue;
    writer.add_member(texts.raw(t), one_hand.align(centre, t));
  }
  return writer.write();
}

}  // namespace ovillo::cluster
