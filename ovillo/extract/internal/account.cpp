#include "ovillo/extract/internal/account.hpp"

#include <algorithm>

#include "ovillo/extract/internal/checksum.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::size_t kShortestCard = 13;
constexpr std::size_t kLongestCard = 19;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// True when token i follows i - 1 with nothing, one space, or one dot or dash between.
bool follows_closely(const Scan& scan, std::size_t i) {
  return !scan.tokens[i].new_line && scan.tokens[i].begin <= scan.tokens[i - 1].end + 2;
}

// Token i does not go on from letters or digits right before it.
bool starts_chain(const Scan& scan, std::size_t i) {
  return i == 0 || !scan.glued(i) || scan.is_kind(i - 1, TokenKind::symbol);
}

// Tokens that make `length` letters and digits from token i on; 0 when none do exactly.
std::size_t collect(const Scan& scan, std::size_t i, std::size_t length, std::string& out) {
  out.clear();
  std::size_t end = i;
  while (end < scan.size() && out.size() < length) {
    if (end > i && !follows_closely(scan, end)) return 0;
    const bool joins = scan.is_symbol(end, '.') || scan.is_symbol(end, '-');
    if (scan.is_kind(end, TokenKind::symbol) && !joins) return 0;
    if (!joins)
      for (const char c : scan.at(end)) out.push_back(upper(c));
    ++end;
  }
  return out.size() == length ? end : 0;
}

void find_iban(Scan& scan, const Vocabulary& vocabulary, std::size_t i) {
  if (scan.length(i) != 2 || !scan.is_kind(i + 1, TokenKind::number)) return;
  if (!starts_chain(scan, i)) return;
  const std::string country{upper(scan.at(i)[0]), upper(scan.at(i)[1])};
  const std::size_t length = vocabulary.iban_length(country);
  if (length == 0 || scan.length(i + 1) < 2 || !follows_closely(scan, i + 1)) return;
  // "is 0470 ...", "al 0470 ...": small letters apart from the digits are words.
  const std::string_view letters = scan.raw_of(scan.token_span(i, i + 1));
  if (letters[0] >= 'a' && letters[0] <= 'z' && !scan.glued(i + 1)) return;
  std::string iban;
  const std::size_t end = collect(scan, i, length, iban);
  if (end == 0 || (scan.glued(end) && !scan.is_kind(end, TokenKind::symbol))) return;
  const auto n_digits =
      std::count_if(iban.begin(), iban.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (static_cast<std::size_t>(n_digits) * 2 < length) return;
  scan.take(i, end);
  if (!iban_holds(iban)) return;
  const Span span = scan.token_span(i, end);
  const bool plain = span.end - span.begin == length;
  scan.add(FindKind::iban, span, plain ? WrittenAs::plain : WrittenAs::separated, 1000,
           std::move(iban));
}

std::string masked(std::string_view digits) {
  return std::string(digits.substr(0, 6)) + std::string(digits.size() - 10, '*') +
         std::string(digits.substr(digits.size() - 4));
}

bool card_prefix(std::string_view digits) { return digits[0] >= '3' && digits[0] <= '6'; }

// Cards are one run of digits, or groups of four (and Amex 4-6-5) with one space or dash between.
void find_card(Scan& scan, std::size_t i) {
  if (scan.length(i) < 4 || scan.length(i) > kLongestCard) return;
  std::string digits;
  std::size_t end = i;
  for (std::size_t j = i; j < scan.size() && digits.size() < kLongestCard; ++j) {
    if (j > i && !follows_closely(scan, j)) break;
    if (scan.is_symbol(j, '-') && j > i) continue;
    if (!scan.is_kind(j, TokenKind::number)) break;
    digits += scan.at(j);
    end = j + 1;
  }
  const bool grouped = end > i + 1;
  const bool shape =
      !grouped || (scan.length(i) == 4 && (digits.size() == 15 || digits.size() == 16));
  if (digits.size() < kShortestCard || digits.size() > kLongestCard || !shape) return;
  if (!card_prefix(digits) || !luhn_holds(digits)) return;
  if (i > 0 && (scan.glued(i) || scan.is_symbol(i - 1, '+'))) return;
  scan.take(i, end);
  scan.add(FindKind::card, scan.token_span(i, end),
           grouped ? WrittenAs::separated : WrittenAs::plain, 950, masked(digits));
}

void find_wallet(Scan& scan, std::size_t i, std::size_t end) {
  const Span span = scan.token_span(i, end);
  const std::size_t length = span.end - span.begin;
  if (length < 26 || length > 74) return;
  auto canonical = wallet_canonical(scan.raw_of(span));
  if (!canonical) return;
  scan.take(i, end);
  scan.add(FindKind::wallet, span, WrittenAs::plain, 1000, std::move(*canonical));
}

std::string without_separators(std::string_view raw) {
  std::string out;
  for (const char c : raw) {
    if (is_alphanumeric(c)) {
      out.push_back(upper(c));
    } else if (c != ' ' && c != '-' && c != '.') {
      return {};
    }
  }
  return out;
}

}  // namespace

void find_accounts(Scan& scan, const Vocabulary& vocabulary) {
  for (std::size_t i = scan.marks.next(0, Mark::account); i < scan.size();
       i = scan.marks.next(i + 1, Mark::account)) {
    if (scan.taken[i] != Taken::free || scan.is_kind(i, TokenKind::symbol)) continue;
    if (starts_chain(scan, i)) {
      const std::size_t end = scan.chain_end(i);
      if (scan.tokens[end - 1].end - scan.tokens[i].begin >= 26) {
        find_wallet(scan, i, end);
        if (scan.taken[i] != Taken::free) continue;
      }
    }
    if (scan.is_kind(i, TokenKind::word)) {
      find_iban(scan, vocabulary, i);
    } else {
      find_card(scan, i);
    }
  }
}

std::optional<std::string> wallet_canonical(std::string_view raw) {
  if (raw.size() == 42 && raw.starts_with("0x")) {
    const std::string_view hex = raw.substr(2);
    const bool all_hex = std::all_of(hex.begin(), hex.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (!all_hex || !eip55_holds(hex)) return std::nullopt;
    std::string canonical = "eth:0x";
    for (const char c : hex)
      canonical.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
    return canonical;
  }
  if (raw.starts_with("bc1") || raw.starts_with("BC1")) {
    if (!bech32_holds(raw)) return std::nullopt;
    std::string canonical = "btc:";
    for (const char c : raw)
      canonical.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return canonical;
  }
  if (raw.size() < 26 || raw.size() > 35) return std::nullopt;
  const char first = raw.front();
  if (first != '1' && first != '3' && first != 'T') return std::nullopt;
  const int version = base58check_version(raw);
  if (version == 0x41) return "tron:" + std::string(raw);
  if (version == 0 || version == 5) return "btc:" + std::string(raw);
  return std::nullopt;
}

std::optional<std::string> iban_canonical(std::string_view raw, const Vocabulary& vocabulary) {
  std::string iban = without_separators(raw);
  if (iban.size() < 15 || vocabulary.iban_length(iban.substr(0, 2)) != iban.size())
    return std::nullopt;
  if (!iban_holds(iban)) return std::nullopt;
  return iban;
}

std::optional<std::string> card_canonical(std::string_view raw) {
  const std::string digits = without_separators(raw);
  const bool all_digits =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!all_digits || digits.size() < kShortestCard || digits.size() > kLongestCard) return {};
  if (!card_prefix(digits) || !luhn_holds(digits)) return std::nullopt;
  return masked(digits);
}

}  // namespace ovillo::extract
