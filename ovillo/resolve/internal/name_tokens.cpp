#include "ovillo/resolve/internal/name_tokens.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "ovillo/base/utf8.hpp"

namespace ovillo::resolve::internal {

namespace {

// Quarter bits that the agreement of a word says, by what it is: roughly -log2 of how many names
// have it.
constexpr std::int32_t kOwnWord = 40;
constexpr std::int32_t kGivenName = 26;
constexpr std::int32_t kPatronymic = 20;
constexpr std::int32_t kServant = 8;
constexpr std::int32_t kSaysLittle = 2;
constexpr std::int32_t kCommonWord = 10;
constexpr std::int32_t kPlace = 16;
constexpr std::int32_t kNumber = 16;
constexpr std::int32_t kInitial = 8;

struct Piece {
  std::string_view bytes;
  bool after_dot = false;  // a dot or slash and nothing else stands before it
};

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'`' || c == U'\u2019' || c == U'\u2018' || c == U'\u02BC' ||
         c == U'\u02BB' || c == U'\u02BF' || c == U'\u02BE' || c == U'\u00B4' || c == U'\u2032';
}

bool is_part(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return c != U'\uFFFD' && text::is_word_part(c);
}

// Runs of letters and digits, with apostrophes inside them.
void cut(std::string_view name, std::vector<Piece>& out) {
  std::size_t begin = name.size();
  std::size_t end = 0;  // of the last piece
  const auto close = [&](std::size_t at) {
    if (begin >= at) return;
    const bool dot = !out.empty() && begin - end == 1 && (name[end] == '.' || name[end] == '/');
    out.push_back({name.substr(begin, at - begin), dot});
    end = at;
    begin = name.size();
  };
  for (std::size_t i = 0; i < name.size();) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const CodePoint c = byte < 0x80 ? CodePoint{byte, 1} : decode_utf8(name, i);
    if (is_part(c.value)) {
      begin = std::min(begin, i);
    } else if (!(is_apostrophe(c.value) && begin < i)) {
      if (begin < i) close(i);
      if (out.size() == kMostWords - 1) {
        if (i + c.length < name.size()) out.push_back({name.substr(i + c.length), false});
        return;
      }
    }
    i += c.length;
  }
  if (begin < name.size()) close(name.size());
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool has_letter(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
}

// Digits that stand for the letter they look like: "Sm1th".
void read_digits_as_letters(std::string& word) {
  constexpr std::string_view kLetters = "oizeasgtbg";
  if (!has_digit(word) || !has_letter(word)) return;
  for (char& c : word)
    if (c >= '0' && c <= '9') c = kLetters[static_cast<std::size_t>(c - '0')];
}

NameWord word_of(std::string_view bytes) {
  NameWord word;
  text::LatinWord latin = text::to_latin(bytes);
  word.text = std::move(latin.text);
  word.script = latin.script;
  if (latin.script != text::Script::latin) word.raw = bytes;
  return word;
}

void weigh(NameWord& word, NameKind kind, const NameVocabulary& vocabulary) {
  using enum NameWordClass;
  if (word.entry == nullptr) word.entry = vocabulary.find(word.text);
  word.quarter_bits = kOwnWord;
  if (kind == NameKind::person) {
    if (word.is(honorific) || word.is(particle) || word.is(child_of)) {
      word.quarter_bits = kSaysLittle;
      word.is_light = true;
    } else if (word.is(servant)) {
      word.quarter_bits = kServant;
      word.is_light = true;
    } else if (word.text.size() == 1) {
      word.quarter_bits = kInitial;
    } else if (word.is(given)) {
      word.quarter_bits = kGivenName;
    } else {
      for (const std::string& ending : vocabulary.patronymic_endings())
        if (word.text.size() > ending.size() + 2 && word.text.ends_with(ending)) {
          word.is_patronymic = true;
          word.quarter_bits = kPatronymic;
          break;
        }
    }
    return;
  }
  if (word.is(number) || has_digit(word.text)) {
    word.is_number = true;
    word.quarter_bits = kNumber;
  } else if (word.is(form) || word.is(empty) || word.is(light)) {
    word.quarter_bits = word.is(empty) ? 0 : kSaysLittle;
    word.is_light = true;
  } else if (word.is(common)) {
    word.quarter_bits = kCommonWord;
  } else if (word.is(place)) {
    word.quarter_bits = kPlace;
  }
}

// "abd al-Aziz", "Abdel Aziz", "Abdulaziz": two words, the first "abdul".
void read_servants(std::vector<NameWord>& words, const NameVocabulary& vocabulary) {
  std::vector<NameWord> out;
  out.reserve(words.size() + 2);
  for (std::size_t i = 0; i < words.size(); ++i) {
    NameWord& word = words[i];
    const NameWordEntry* entry = vocabulary.find(word.text);
    if (entry != nullptr && entry->is(NameWordClass::servant)) {
      word.text = "abdul";
      const bool article =
          i + 2 < words.size() &&
          (words[i + 1].text == "al" || words[i + 1].text == "el" || words[i + 1].text == "ul");
      out.push_back(std::move(word));
      if (article) ++i;
      continue;
    }
    constexpr std::size_t kServantLetters = 5;
    if (entry == nullptr && word.text.size() >= 8 && word.text.starts_with("abd") &&
        out.size() + words.size() - i < kMostWords) {
      const NameWordEntry* head = vocabulary.find(word.text.substr(0, kServantLetters));
      if (head != nullptr && head->is(NameWordClass::servant)) {
        NameWord first;
        first.text = "abdul";
        out.push_back(std::move(first));
        word.text.erase(0, kServantLetters);
      }
    }
    out.push_back(std::move(word));
  }
  words = std::move(out);
}

// A long legal form with a slip of the pen, and how many words it takes.
std::pair<const NameWordEntry*, std::size_t> misspelt_form(const std::vector<NameWord>& words,
                                                           std::size_t i,
                                                           const NameVocabulary& vocabulary) {
  constexpr std::size_t kShortest = 11;  // letters
  std::string glued;
  for (std::size_t n = 1; n <= NameVocabulary::kLongestPhrase && i + n <= words.size(); ++n) {
    glued += words[i + n - 1].text;
    if (glued.size() > kLongestCompared) break;
    if (glued.size() < kShortest) continue;
    if (const NameWordEntry* form = vocabulary.misspelt_form(glued)) return {form, n};
  }
  return {nullptr, 1};
}

// Phrases of the vocabulary become one word: "joint stock company".
void read_phrases(std::vector<NameWord>& words, const NameVocabulary& vocabulary) {
  std::vector<NameWord> out;
  out.reserve(words.size());
  std::string phrase;
  for (std::size_t i = 0; i < words.size();) {
    words[i].entry = vocabulary.find(words[i].text);
    std::size_t taken = 1;
    const NameWordEntry* found = nullptr;
    if (words[i].entry != nullptr && words[i].entry->begins_phrase) {
      phrase = words[i].text;
      for (std::size_t n = 2; n <= NameVocabulary::kLongestPhrase && i + n <= words.size(); ++n) {
        phrase += ' ';
        phrase += words[i + n - 1].text;
        if (const NameWordEntry* longer = vocabulary.find(phrase);
            longer != nullptr && longer->classes != 0) {
          found = longer;
          taken = n;
        }
      }
    }
    if (found == nullptr) std::tie(found, taken) = misspelt_form(words, i, vocabulary);
    if (found != nullptr) {
      for (std::size_t k = 1; k < taken; ++k) words[i].text += ' ' + words[i + k].text;
      words[i].entry = found;
    }
    out.push_back(std::move(words[i]));
    i += taken;
  }
  words = std::move(out);
}

// Numbers in words become digits; a ten and a unit are one number.
void read_numbers(std::vector<NameWord>& words) {
  std::vector<NameWord> out;
  out.reserve(words.size());
  std::uint32_t last = 0;  // the number the last word is; 0: none, or no ten
  for (NameWord& word : words) {
    std::uint32_t value = 0;
    if (word.is(NameWordClass::number)) value = word.entry->number;
    if (word.text.size() == 1 && has_digit(word.text))
      value = static_cast<std::uint32_t>(word.text[0] - '0');
    if (value > 0 && value < 10 && last >= 20 && last < 100 && last % 10 == 0) {
      out.back().text = std::to_string(last + value);
      last = 0;
      continue;
    }
    last = word.is(NameWordClass::number) ? value : 0;
    if (word.is(NameWordClass::number)) word.text = std::to_string(word.entry->number);
    out.push_back(std::move(word));
  }
  words = std::move(out);
}

}  // namespace

std::vector<NameWord> name_words(std::string_view name, NameKind kind,
                                 const NameVocabulary& vocabulary) {
  std::vector<Piece> pieces;
  pieces.reserve(8);
  cut(name, pieces);
  std::vector<NameWord> words;
  words.reserve(pieces.size() + 1);
  bool last_is_letter = false;
  for (const Piece& piece : pieces) {
    std::string_view bytes = piece.bytes;
    const bool is_company = kind != NameKind::person;
    // "Bank's" is the bank.
    if (is_company && bytes.size() > 3 && (bytes.back() == 's' || bytes.back() == 'S')) {
      if (bytes[bytes.size() - 2] == '\'')
        bytes.remove_suffix(2);
      else if (bytes.size() > 5 && bytes.substr(bytes.size() - 4, 3) == "\u2019")
        bytes.remove_suffix(4);
    }
    NameWord word = word_of(bytes);
    if (word.text.empty()) continue;
    const bool is_letter = word.text.size() == 1 && !has_digit(word.text);
    // "A.B.C." is one word, "J.-C." two.
    if (is_company && is_letter && last_is_letter && piece.after_dot) {
      words.back().text += word.text;
      continue;
    }
    last_is_letter = is_letter;
    words.push_back(std::move(word));
  }
  if (kind == NameKind::person) {
    for (NameWord& word : words) read_digits_as_letters(word.text);
    read_servants(words, vocabulary);
  } else {
    read_phrases(words, vocabulary);
    read_numbers(words);
  }
  for (NameWord& word : words) weigh(word, kind, vocabulary);
  // "Ana Prado SL": a form at the end of a person's name.
  constexpr std::size_t kWordsBeforeForm = 2;
  if (kind == NameKind::person && words.size() > kWordsBeforeForm &&
      words.back().is(NameWordClass::form) && !words.back().is(NameWordClass::given)) {
    words.back().is_light = true;
    words.back().quarter_bits = kSaysLittle;
  }
  // A name of nothing but light words is told by them.
  if (std::all_of(words.begin(), words.end(), [](const NameWord& w) { return w.is_light; }))
    for (NameWord& word : words) word.is_light = false;
  return words;
}

}  // namespace ovillo::resolve::internal
