#include "ovillo/resolve/internal/word_alignment.hpp"

#include <algorithm>
#include <tuple>

#include "ovillo/resolve/internal/word_distance.hpp"
#include "ovillo/resolve/internal/word_pairing.hpp"

namespace ovillo::resolve::internal {

namespace {

using Words = std::vector<NameWord>;

constexpr std::size_t kMostJoined = 4;  // words that are written as one
constexpr std::int32_t kJoinedPerMille = 850;
constexpr std::int32_t kInitialsPerMille = 700;

class Aligner {
 public:
  Aligner(const Words& a, const Words& b, NameKind kind, const NameVocabulary& vocabulary)
      : a_(a), b_(b), kind_(kind), vocabulary_(vocabulary) {
    out_.taken_a.resize(a.size());
    out_.taken_b.resize(b.size());
  }

  Alignment run() {
    pair_equal();
    if (any_left(out_.taken_a, a_) || any_left(out_.taken_b, b_)) {
      pair_like();
      join(b_, out_.taken_b, a_, out_.taken_a, Side::b);
      join(a_, out_.taken_a, b_, out_.taken_b, Side::a);
      abbreviate(b_, out_.taken_b, a_, out_.taken_a, Side::b);
      abbreviate(a_, out_.taken_a, b_, out_.taken_b, Side::a);
    }
    std::sort(out_.pairs.begin(), out_.pairs.end(),
              [](const auto& x, const auto& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
    return std::move(out_);
  }

 private:
  enum class Side : std::uint8_t { a, b };  // the name that has the one word

  static bool any_left(const std::vector<bool>& taken, const Words& words) {
    for (std::size_t i = 0; i < words.size(); ++i)
      if (!taken[i]) return true;
    return false;
  }

  void take(std::size_t i, std::size_t j, WordLikeness like) {
    out_.taken_a[i] = out_.taken_b[j] = true;
    // Of two spellings the rarer says less than it would: the lesser weight counts.
    const std::int32_t full = like.relation == NameRelation::initial
                                  ? std::max(a_[i].quarter_bits, b_[j].quarter_bits)
                                  : std::min(a_[i].quarter_bits, b_[j].quarter_bits);
    out_.pairs.push_back({i, i + 1, j, j + 1, like.relation, full * like.per_mille / 1000});
  }

  void pair_equal() {
    for (std::size_t i = 0; i < a_.size(); ++i)
      for (std::size_t j = 0; j < b_.size(); ++j)
        if (!out_.taken_b[j] && a_[i].text == b_[j].text && a_[i].script == b_[j].script &&
            a_[i].raw == b_[j].raw) {
          take(i, j, {});
          break;
        }
  }

  void pair_like() {
    struct Candidate {
      std::int32_t worth;
      std::size_t i;
      std::size_t j;
      WordLikeness like;
    };
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < a_.size(); ++i)
      for (std::size_t j = 0; j < b_.size(); ++j)
        if (!out_.taken_a[i] && !out_.taken_b[j])
          if (const auto like = likeness(a_[i], b_[j], kind_, vocabulary_))
            candidates.push_back({like->per_mille, i, j, *like});
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& x, const Candidate& y) {
      return std::tie(y.worth, x.i, x.j) < std::tie(x.worth, y.i, y.j);
    });
    for (const Candidate& one : candidates)
      if (!out_.taken_a[one.i] && !out_.taken_b[one.j]) take(one.i, one.j, one.like);
  }

  // A word of `ones` that the other name writes as several in a row.
  void join(const Words& ones, std::vector<bool>& taken_one, const Words& many,
            std::vector<bool>& taken_many, Side side) {
    constexpr std::size_t kShortest = 4;
    std::string glued;
    for (std::size_t j = 0; j < ones.size(); ++j) {
      if (taken_one[j] || ones[j].is_light || ones[j].text.size() < kShortest) continue;
      bool found = false;
      for (std::size_t i = 0; i < many.size() && !found; ++i) {
        glued.clear();
        bool any_own = false;
        for (std::size_t k = i; k < many.size() && k < i + kMostJoined && !found; ++k) {
          if (taken_many[k]) break;
          glued += many[k].text;
          any_own |= !many[k].is_light;
          if (k > i && any_own && is_joined(ones[j].text, glued)) {
            const std::int32_t bits = joined_bits(ones[j], many, i, k + 1);
            for (std::size_t t = i; t <= k; ++t) taken_many[t] = true;
            taken_one[j] = found = true;
            push(side, j, j + 1, i, k + 1, NameRelation::joined, bits);
          }
        }
      }
    }
  }

  [[nodiscard]] bool is_joined(const std::string& one, const std::string& glued) const {
    const std::int32_t most =
        std::min(kOneLetter + kOneLetter / 2, most_apart(one.size(), glued.size(), kind_));
    if (one.size() > glued.size() + 2 || glued.size() > one.size() + 2) return false;
    return word_distance(one, glued, most) <= most ||
           word_distance(one_spelling(one), one_spelling(glued), kOneLetter / 2) <= kOneLetter / 2;
  }

  // Two words written as one still say two words.
  static std::int32_t joined_bits(const NameWord& one, const Words& many, std::size_t begin,
                                  std::size_t end) {
    std::int32_t sum = 0;
    for (std::size_t k = begin; k < end; ++k) sum += many[k].quarter_bits;
    return std::max(sum, one.quarter_bits) * kJoinedPerMille / 1000;
  }

  // A word of `ones` made of the first letters of words in a row.
  void abbreviate(const Words& ones, std::vector<bool>& taken_one, const Words& many,
                  std::vector<bool>& taken_many, Side side) {
    const std::size_t least = kind_ == NameKind::person ? 2 : 3;
    for (std::size_t j = 0; j < ones.size(); ++j) {
      const std::string& letters = ones[j].text;
      if (taken_one[j] || ones[j].is_light || letters.size() < least || letters.size() > 6)
        continue;
      for (std::size_t i = 0; i < many.size(); ++i) {
        std::size_t k = i;
        std::size_t n = 0;
        while (k < many.size() && n < letters.size() && !taken_many[k]) {
          if (!many[k].is_light) {
            if (many[k].text[0] != letters[n] || many[k].text.size() < 2) break;
            ++n;
          }
          ++k;
        }
        if (n < letters.size()) continue;
        for (std::size_t t = i; t < k; ++t) taken_many[t] = true;
        taken_one[j] = true;
        push(side, j, j + 1, i, k, NameRelation::initials,
             ones[j].quarter_bits * kInitialsPerMille / 1000);
        break;
      }
    }
  }

  void push(Side side, std::size_t one, std::size_t one_end, std::size_t many, std::size_t many_end,
            NameRelation relation, std::int32_t bits) {
    if (side == Side::a)
      out_.pairs.push_back({one, one_end, many, many_end, relation, bits});
    else
      out_.pairs.push_back({many, many_end, one, one_end, relation, bits});
  }

  const Words& a_;
  const Words& b_;
  NameKind kind_;
  const NameVocabulary& vocabulary_;
  Alignment out_;
};

}  // namespace

Alignment align(const std::vector<NameWord>& a, const std::vector<NameWord>& b, NameKind kind,
                const NameVocabulary& vocabulary) {
  return Aligner(a, b, kind, vocabulary).run();
}

}  // namespace ovillo::resolve::internal
