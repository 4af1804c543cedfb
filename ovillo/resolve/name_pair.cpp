#include "ovillo/resolve/name_pair.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "ovillo/resolve/internal/name_tokens.hpp"
#include "ovillo/resolve/internal/word_alignment.hpp"
#include "ovillo/resolve/internal/word_distance.hpp"

namespace ovillo::resolve {

namespace {

using internal::AlignedWords;
using internal::Alignment;
using internal::NameWord;
using Words = std::vector<NameWord>;

// Quarter bits against, when only one name has the word.
constexpr std::int32_t kMissingFromPerson = -6;
constexpr std::int32_t kMissingPatronymic = -2;
constexpr std::int32_t kMissingOwnWord = -40;
constexpr std::int32_t kMissingCommonWord = -40;
constexpr std::int32_t kMissingPlace = -16;
constexpr std::int32_t kMissingNumber = -24;
constexpr std::int32_t kContradicts = -48;
// What a company's name must be worth at least.
constexpr std::int32_t kCompanyAsked = 12;

class Comparison {
 public:
  Comparison(const Words& a, const Words& b, NameKind kind, const NameVocabulary& vocabulary)
      : a_(a), b_(b), kind_(kind), alignment_(internal::align(a, b, kind, vocabulary)) {}

  NameMatch run() {
    for (const AlignedWords& pair : alignment_.pairs) add_pair(pair);
    if (kind_ == NameKind::person) exchange_of_child_and_parent();
    forms_apart();
    leftovers();
    NameMatch out;
    for (const NameReason& reason : reasons_) out.quarter_bits += reason.quarter_bits;
    out.same = n_contradictions_ == 0 &&
               (kind_ == NameKind::person ? person_agrees() : company_agrees(out.quarter_bits));
    out.reasons = std::move(reasons_);
    return out;
  }

 private:
  static std::string text_of(const Words& words, std::size_t begin, std::size_t end) {
    std::string out;
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin) out += ' ';
      out += words[i].text;
    }
    return out;
  }

  void add_pair(const AlignedWords& pair) {
    reasons_.push_back({text_of(a_, pair.a, pair.a_end), text_of(b_, pair.b, pair.b_end),
                        pair.relation, pair.quarter_bits});
    const bool own_a = std::any_of(a_.begin() + static_cast<std::ptrdiff_t>(pair.a),
                                   a_.begin() + static_cast<std::ptrdiff_t>(pair.a_end),
                                   [](const NameWord& w) { return !w.is_light; });
    const bool own_b = std::any_of(b_.begin() + static_cast<std::ptrdiff_t>(pair.b),
                                   b_.begin() + static_cast<std::ptrdiff_t>(pair.b_end),
                                   [](const NameWord& w) { return !w.is_light; });
    if (!own_a || !own_b) return;
    if (pair.relation == NameRelation::initial)
      ++n_initials_;
    else if (pair.relation == NameRelation::joined || pair.relation == NameRelation::initials)
      n_agree_ += static_cast<int>(std::max(pair.a_end - pair.a, pair.b_end - pair.b));
    else if (kind_ != NameKind::person || a_[pair.a].text.size() > 1)
      ++n_agree_;
    else
      ++n_initials_;
  }

  // "Salman bin Muhammad" is not "Muhammad bin Salman".
  void exchange_of_child_and_parent() {
    const auto is_parent = [](const Words& words, std::size_t i) {
      return i > 1 && words[i - 1].is(NameWordClass::child_of);
    };
    const auto is_child = [](const Words& words, std::size_t i) {
      return i + 2 < words.size() && words[i + 1].is(NameWordClass::child_of);
    };
    for (const AlignedWords& x : alignment_.pairs)
      for (const AlignedWords& y : alignment_.pairs)
        if (is_child(a_, x.a) && y.a == x.a + 2 && is_parent(b_, x.b) && x.b == y.b + 2 &&
            is_child(b_, y.b)) {
          contradict(text_of(a_, x.a, y.a + 1), text_of(b_, y.b, x.b + 1));
          return;
        }
  }

  // Legal forms of which none goes with one of the other name.
  void forms_apart() {
    if (kind_ == NameKind::person) return;
    const auto kinds = [](const Words& words) {
      std::uint32_t bits = 0;
      for (const NameWord& word : words)
        if (word.is_light && word.is(NameWordClass::form) && word.entry->form != FormKind::any)
          bits |= 1U << static_cast<unsigned>(word.entry->form);
      return bits;
    };
    const std::uint32_t x = kinds(a_);
    const std::uint32_t y = kinds(b_);
    if (x == 0 || y == 0 || (x & y) != 0) return;
    const auto first = [](const Words& words) {
      return std::find_if(words.begin(), words.end(),
                          [](const NameWord& w) {
                            return w.is_light && w.is(NameWordClass::form) &&
                                   w.entry->form != FormKind::any;
                          })
          ->text;
    };
    contradict(first(a_), first(b_));
  }

  void contradict(std::string a, std::string b) {
    reasons_.push_back({std::move(a), std::move(b), NameRelation::contradicts, kContradicts});
    ++n_contradictions_;
  }

  struct Left {
    std::vector<std::size_t> own;
    std::vector<std::size_t> repeated;  // said twice, and once in the other name
  };

  // Positions of the words that stand against nothing; light ones are told at once.
  Left left(const Words& words, const std::vector<bool>& taken, bool is_a) {
    Left out;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (taken[i]) continue;
      if (words[i].is_light) {
        one_sided(words[i], is_a, NameRelation::left_out, 0);
        continue;
      }
      const auto n = std::count_if(words.begin(), words.end(),
                                   [&](const NameWord& w) { return w.text == words[i].text; });
      (n > 1 ? out.repeated : out.own).push_back(i);
    }
    return out;
  }

  void one_sided(const NameWord& word, bool is_a, NameRelation relation, std::int32_t bits) {
    reasons_.push_back({is_a ? word.text : "", is_a ? "" : word.text, relation, bits});
  }

  std::int32_t missing_bits(const NameWord& word) const {
    if (kind_ == NameKind::person)
      return word.is_patronymic ? kMissingPatronymic : kMissingFromPerson;
    if (word.is_number) return kMissingNumber;
    if (word.is(NameWordClass::common)) return kMissingCommonWord;
    if (word.is(NameWordClass::place)) return kMissingPlace;
    return kMissingOwnWord;
  }

  void leftovers() {
    Left in_a = left(a_, alignment_.taken_a, true);
    Left in_b = left(b_, alignment_.taken_b, false);
    repetitions(a_, in_a, in_b, true);
    repetitions(b_, in_b, in_a, false);
    if (in_a.own.size() == 1 && in_b.own.size() == 1 && is_slip(a_[in_a.own[0]], b_[in_b.own[0]])) {
      reasons_.push_back({a_[in_a.own[0]].text, b_[in_b.own[0]].text, NameRelation::spelling, 0});
      return;
    }
    const std::size_t both = std::min(in_a.own.size(), in_b.own.size());
    for (std::size_t k = 0; k < both; ++k) contradict(a_[in_a.own[k]].text, b_[in_b.own[k]].text);
    for (std::size_t k = both; k < in_a.own.size(); ++k)
      one_sided(a_[in_a.own[k]], true, NameRelation::missing, missing_bits(a_[in_a.own[k]]));
    for (std::size_t k = both; k < in_b.own.size(); ++k)
      one_sided(b_[in_b.own[k]], false, NameRelation::missing, missing_bits(b_[in_b.own[k]]));
    n_missing_ = static_cast<int>(std::max(in_a.own.size(), in_b.own.size()));
  }

  // Where many words agree, the one that is left may be misspelt further than words alone may.
  [[nodiscard]] bool is_slip(const NameWord& a, const NameWord& b) const {
    constexpr int kMany = 4;
    constexpr std::int32_t kFurther = internal::kOneLetter * 7 / 4;
    constexpr std::size_t kShortest = 4;
    return n_agree_ >= kMany && kind_ == NameKind::person &&
           !(a.is(NameWordClass::given) && b.is(NameWordClass::given)) &&
           std::min(a.text.size(), b.text.size()) >= kShortest &&
           internal::word_distance(a.text, b.text, kFurther) <= kFurther;
  }

  // A word said twice is nothing new, unless the other name has another word in its place.
  void repetitions(const Words& words, Left& left, const Left& other, bool is_a) {
    for (const std::size_t i : left.repeated) {
      if (other.own.size() > left.own.size())
        left.own.push_back(i);
      else
        one_sided(words[i], is_a, NameRelation::repeated, 0);
    }
    left.repeated.clear();
  }

  // "President Adeyemi": a title and the last name.
  [[nodiscard]] bool is_title_and_surname() const {
    const auto fits = [&](const Words& few, const Words& many, bool few_is_a) {
      if (few.size() < 2 || !few.front().is(NameWordClass::honorific) || !few.front().is_light)
        return false;
      return std::any_of(alignment_.pairs.begin(), alignment_.pairs.end(),
                         [&](const AlignedWords& pair) {
                           return (few_is_a ? pair.a_end : pair.b_end) == few.size() &&
                                  (few_is_a ? pair.b_end : pair.a_end) == many.size();
                         });
    };
    return fits(a_, b_, true) || fits(b_, a_, false);
  }

  // Two words agree and no more are missing than agree; or all there are.
  [[nodiscard]] bool person_agrees() const {
    if (n_agree_ >= 2) return n_missing_ <= n_agree_ + n_initials_;
    if (n_agree_ == 1) return n_missing_ == 0 || is_title_and_surname();
    // Initials alone name somebody only to those who write them alike.
    const auto is_letter = [](const NameWord& w) { return w.text.size() == 1; };
    return n_missing_ == 0 && n_initials_ >= 1 && std::all_of(a_.begin(), a_.end(), is_letter) &&
           std::all_of(b_.begin(), b_.end(), is_letter);
  }

  [[nodiscard]] bool company_agrees(std::int32_t quarter_bits) const {
    return n_agree_ > 0 && (n_missing_ == 0 || quarter_bits >= kCompanyAsked);
  }

  const Words& a_;
  const Words& b_;
  NameKind kind_;
  Alignment alignment_;
  std::vector<NameReason> reasons_;
  int n_agree_ = 0;     // words that say something and agree
  int n_initials_ = 0;  // initials that agree
  int n_missing_ = 0;
  int n_contradictions_ = 0;
};

}  // namespace

NameMatch compare_names(std::string_view a, std::string_view b, NameKind kind,
                        const NameVocabulary& vocabulary) {
  // Always in one order, so that the answer is the same for (b, a).
  const bool swapped = b < a;
  if (swapped) std::swap(a, b);
  const Words words_a = internal::name_words(a, kind, vocabulary);
  const Words words_b = internal::name_words(b, kind, vocabulary);
  if (words_a.empty() || words_b.empty()) return {};
  NameMatch out = Comparison(words_a, words_b, kind, vocabulary).run();
  if (swapped)
    for (NameReason& reason : out.reasons) std::swap(reason.a, reason.b);
  return out;
}

}  // namespace ovillo::resolve
