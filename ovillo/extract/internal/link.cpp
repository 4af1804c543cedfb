#include "ovillo/extract/internal/link.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ovillo::extract {

namespace {

using text::TokenKind;

// Words every token is compared with, by their hashes.
constexpr std::uint64_t kHttp = text::token_hash("http");
constexpr std::uint64_t kHttps = text::token_hash("https");
constexpr std::uint64_t kWww = text::token_hash("www");
constexpr std::uint64_t kTel = text::token_hash("tel");
constexpr std::uint64_t kCallto = text::token_hash("callto");

bool is_word(const Scan& scan, std::size_t i, std::uint64_t hash) {
  return scan.tokens[i].hash == hash;
}

constexpr std::size_t kLongestLocalPart = 40;  // tokens
constexpr std::size_t kLongestDomain = 16;     // tokens
constexpr std::size_t kLongestLink = 400;      // tokens

// Top-level domains read without a scheme: the common ones. Others need "http" or "www.".
constexpr std::array<std::string_view, 44> kTopLevel = {
    "com",  "net", "org",    "info", "biz",  "eu",   "es",  "pt", "be", "nl",  "fr",
    "de",   "uk",  "ie",     "it",   "lu",   "ch",   "at",  "br", "ro", "bg",  "pl",
    "hu",   "ru",  "ua",     "us",   "ca",   "co",   "io",  "me", "tv", "xxx", "app",
    "link", "cat", "online", "site", "club", "shop", "vip", "ly", "ee", "cc",  "example"};

bool known_top_level(std::string_view label) {
  return std::find(kTopLevel.begin(), kTopLevel.end(), label) != kTopLevel.end();
}

bool is_name_symbol(const Scan& scan, std::size_t i) {
  return scan.is_symbol(i, '.') || scan.is_symbol(i, '_') || scan.is_symbol(i, '-') ||
         scan.is_symbol(i, '+') || scan.is_symbol(i, '%');
}

bool is_ascii_text(const Scan& scan, std::size_t i) {
  if (i >= scan.size() || scan.is_kind(i, TokenKind::symbol)) return false;
  const std::string_view token = scan.at(i);
  return std::all_of(token.begin(), token.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A sign or word with optional brackets around it: "(at)", "[punto]", " arroba ", "@".
// @return one past its last token, or i when there is none; `spelled` when it is not the sign.
std::size_t joint_end(const Scan& scan, std::size_t i, char sign, WordClass word, bool& spelled) {
  const bool open = scan.is_symbol(i, '(') || scan.is_symbol(i, '[') || scan.is_symbol(i, '{') ||
                    scan.is_symbol(i, '<');
  const std::size_t inner = open ? i + 1 : i;
  const bool is_sign = scan.is_symbol(inner, sign);
  if (!is_sign && !scan.is(inner, word)) return i;
  std::size_t end = inner + 1;
  if (open) {
    const bool close = scan.is_symbol(end, ')') || scan.is_symbol(end, ']') ||
                       scan.is_symbol(end, '}') || scan.is_symbol(end, '>');
    if (!close) return i;
    ++end;
  }
  spelled = spelled || !is_sign || open;
  return end;
}

struct Domain {
  std::size_t end = 0;  // one past its last token
  std::string name;
  std::string top;
  bool spelled = false;
};

// Labels and dots from token i on: "example.org", "example punto org".
std::optional<Domain> read_domain(const Scan& scan, std::size_t i) {
  Domain domain;
  std::string label;
  std::size_t n_labels = 0;
  std::size_t j = i;
  const std::size_t limit = std::min(scan.size(), i + kLongestDomain);
  while (j < limit) {
    // One label: touching words, numbers and dashes.
    label.clear();
    const std::size_t label_begin = j;
    while (j < limit && (j == label_begin || scan.glued(j)) &&
           (is_ascii_text(scan, j) || (scan.is_symbol(j, '-') && j > label_begin))) {
      label += scan.at(j);
      ++j;
    }
    if (label.empty()) break;
    domain.name += domain.name.empty() ? label : "." + label;
    domain.top = label;
    domain.end = j;
    ++n_labels;
    bool spelled = false;
    const std::size_t after = joint_end(scan, j, '.', WordClass::dot, spelled);
    if (after == j || after >= scan.size()) break;
    // A full stop before a space ends a sentence, unless the dot was spelled.
    if (!spelled && (!scan.glued(j) || !scan.glued(after))) break;
    if (!is_ascii_text(scan, after)) break;
    domain.spelled = domain.spelled || spelled;
    j = after;
  }
  const bool letters = std::all_of(domain.top.begin(), domain.top.end(),
                                   [](char c) { return c >= 'a' && c <= 'z'; });
  if (n_labels < 2 || domain.top.size() < 2 || !letters) return std::nullopt;
  return domain;
}

// First token of the local part that ends before token `at`.
std::size_t local_begin(const Scan& scan, std::size_t at) {
  if (at == 0 || !is_ascii_text(scan, at - 1)) return at;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < kLongestLocalPart && scan.glued(begin) &&
         (is_ascii_text(scan, begin - 1) || is_name_symbol(scan, begin - 1)))
    --begin;
  while (begin < at && scan.is_kind(begin, TokenKind::symbol)) ++begin;
  return begin;
}

bool find_email(Scan& scan, std::size_t i) {
  bool spelled = false;
  const std::size_t after = joint_end(scan, i, '@', WordClass::at, spelled);
  if (after == i || after >= scan.size()) return false;
  if (!spelled && !scan.glued(i) && !scan.glued(after)) spelled = true;  // "name @ example.org"
  const std::size_t begin = local_begin(scan, i);
  if (begin == i) return false;
  const auto domain = read_domain(scan, after);
  if (!domain) return false;
  // Without the sign the end must be a known one: "meet me at home. come" is no address.
  if (spelled && !known_top_level(domain->top)) return false;
  // "look at example.org": the bare English word needs a spelled dot.
  if (scan.at(i) == "at" && !domain->spelled) return false;
  const Span span = scan.token_span(begin, domain->end);
  const std::string local(scan.folded.text.substr(
      scan.tokens[begin].begin, scan.tokens[i - 1].end - scan.tokens[begin].begin));
  scan.add(FindKind::email, span,
           spelled || domain->spelled ? WrittenAs::spelled : WrittenAs::plain, spelled ? 850 : 1000,
           local + "@" + domain->name);
  scan.take(begin, domain->end);
  return true;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == '?' || c == '&' || c == '/' || c == '#') break;
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

struct Link {
  std::string host;
  std::string path;  // with its query, without the slash before; case kept
};

Link cut_link(std::string_view raw) {
  const std::size_t scheme = raw.find("://");
  if (scheme < raw.find_first_of("./")) raw.remove_prefix(scheme + 3);
  const std::size_t slash = std::min(raw.find_first_of("/?#"), raw.size());
  Link link{lower_ascii(raw.substr(0, slash)), {}};
  if (link.host.starts_with("www.")) link.host.erase(0, 4);
  if (slash < raw.size()) link.path = raw.substr(raw[slash] == '/' ? slash + 1 : slash);
  return link;
}

// The number of a wa.me or api.whatsapp.com link.
std::optional<std::string> link_phone(const Link& link, const PhonePlans& plans) {
  std::string_view rest = link.path;
  const std::size_t query = rest.find("phone=");
  if (query != std::string_view::npos) rest.remove_prefix(query + 6);
  if (rest.starts_with("%2B")) rest.remove_prefix(3);
  std::string digits = digits_of(rest);
  if (digits.starts_with("00")) digits.erase(0, 2);
  const auto number = plans.international(digits);
  if (!number) return std::nullopt;
  return number->e164;
}

std::optional<std::string> link_handle(const Link& link, const Service& service) {
  std::string_view rest = link.path;
  while (true) {
    std::string part = lower_ascii(rest.substr(0, rest.find_first_of("/?#&")));
    if (part.starts_with("@")) part.erase(0, 1);
    const bool skipped =
        std::find(service.skip.begin(), service.skip.end(), part) != service.skip.end();
    const std::size_t slash = rest.find('/');
    if (!skipped) {
      if (part.size() < 2 || part.front() == '+') return std::nullopt;
      return service.name + ":" + part;
    }
    // "snapchat.com/add/name": what is skipped may stand before the name.
    if (slash == std::string_view::npos || service.name != "snapchat") return std::nullopt;
    rest.remove_prefix(slash + 1);
  }
}

LinkValue value_of(const Link& link, const Vocabulary& vocabulary, const PhonePlans& plans) {
  if (const Service* service = vocabulary.service_of_host(link.host)) {
    if (service->phone) {
      if (auto phone = link_phone(link, plans)) return {FindKind::phone, std::move(*phone)};
    } else if (auto handle = link_handle(link, *service)) {
      return {FindKind::handle, std::move(*handle)};
    }
  }
  std::string canonical = link.host;
  if (!link.path.empty()) canonical += (link.path.front() == '?' ? "" : "/") + link.path;
  while (!canonical.empty() && canonical.back() == '/') canonical.pop_back();
  return {FindKind::url, std::move(canonical)};
}

// One past the last token of the link that starts at i: no white space, closing signs left out.
std::size_t link_end(const Scan& scan, std::size_t i) {
  std::size_t end = i + 1;
  const std::size_t limit = std::min(scan.size(), i + kLongestLink);
  while (end < limit && scan.glued(end)) ++end;
  const std::string_view closers = ".,;:!?)]}>'\"*";
  while (end > i + 1 && scan.is_kind(end - 1, TokenKind::symbol) &&
         (scan.length(end - 1) > 1 || closers.find(scan.at(end - 1)[0]) != std::string_view::npos))
    --end;
  return end;
}

void add_link(Scan& scan, std::size_t begin, std::size_t end, const Vocabulary& vocabulary,
              const PhonePlans& plans) {
  Span span = scan.token_span(begin, end);
  LinkValue value = value_of(cut_link(scan.raw_of(span)), vocabulary, plans);
  if (value.kind == FindKind::phone) {
    // The span is the number inside the link.
    const std::string_view raw = scan.raw_of(span);
    const std::size_t from = raw.find("phone=");
    const std::size_t first = raw.find_first_of("0123456789+", from == raw.npos ? 0 : from);
    const std::size_t last = std::min(raw.find_first_not_of("0123456789+-", first), raw.size());
    span = {span.begin + static_cast<std::uint32_t>(first),
            span.begin + static_cast<std::uint32_t>(last)};
  }
  if (value.canonical.empty()) return;
  const bool plain_url = value.kind == FindKind::url;
  scan.add(value.kind, span, plain_url ? WrittenAs::plain : WrittenAs::link, 1000,
           std::move(value.canonical));
  scan.take(begin, end);
}

bool starts_scheme(const Scan& scan, std::size_t i) {
  return (is_word(scan, i, kHttp) || is_word(scan, i, kHttps)) && scan.is_symbol(i + 1, ':') &&
         scan.is_symbol(i + 2, '/') && scan.is_symbol(i + 3, '/') && scan.glued(i + 3) &&
         scan.glued(i + 4);
}

bool find_url(Scan& scan, std::size_t i, const Vocabulary& vocabulary, const PhonePlans& plans) {
  if (starts_scheme(scan, i)) {
    add_link(scan, i, link_end(scan, i), vocabulary, plans);
    return true;
  }
  if (scan.glued(i) && !scan.is_symbol(i - 1, '(') && !scan.is_symbol(i - 1, ':')) return false;
  // A name, a touching dot, a touching label: cheap tests before the domain is read.
  std::size_t dot = scan.chain_end(i);
  while (scan.is_symbol(dot, '-') && scan.glued(dot) && scan.glued(dot + 1) && dot < i + 8)
    dot = scan.chain_end(dot + 1);
  if (!scan.is_symbol(dot, '.') || !scan.glued(dot) || !scan.glued(dot + 1)) return false;
  const auto domain = read_domain(scan, i);
  if (!domain || domain->spelled) return false;
  const bool www = is_word(scan, i, kWww);
  const bool path = scan.is_symbol(domain->end, '/') && scan.glued(domain->end);
  if (!www && !known_top_level(domain->top)) return false;
  const bool has_digits_only = scan.is_kind(i, TokenKind::number) && scan.chain_end(i) == i + 1;
  if (has_digits_only && !path) return false;
  // "hola.me llamo": a missing space after a full stop is commoner than a bare ".me" host.
  if (!www && !path && domain->top.size() == 2 && domain->end < scan.size() &&
      vocabulary.service_of_host(domain->name) == nullptr && domain->name.size() < 8)
    return false;
  const std::size_t end = path ? link_end(scan, i) : domain->end;
  add_link(scan, i, end, vocabulary, plans);
  return true;
}

// "tel:+44..." and "callto:": only the mark is taken, the decoder reads the number.
bool is_tel_link(const Scan& scan, std::size_t i) {
  return (is_word(scan, i, kTel) || is_word(scan, i, kCallto)) && scan.is_symbol(i + 1, ':') &&
         scan.glued(i + 1) && scan.glued(i + 2);
}

struct Name {
  std::size_t end = 0;
  std::string text;
  bool marked = false;  // holds a digit, dot or underscore: no plain word
};

Name read_name(const Scan& scan, std::size_t i) {
  Name name;
  std::size_t j = i;
  while (j < scan.size() && j < i + 24 && (j == i || scan.glued(j))) {
    const bool joint = scan.is_symbol(j, '_') || (scan.is_symbol(j, '.') && j > i);
    if (!joint && !is_ascii_text(scan, j)) break;
    name.text += scan.at(j);
    name.marked = name.marked || joint || scan.is_kind(j, TokenKind::number);
    ++j;
  }
  while (j > i && scan.is_symbol(j - 1, '.')) {
    --j;
    name.text.pop_back();
  }
  name.end = j;
  const bool letters =
      std::any_of(name.text.begin(), name.text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (name.text.size() < 3 || name.text.size() > 32 || !letters) name.end = i;
  return name;
}

// "telegram: @maria_x", "ig maria.x", "insta = maria".
bool find_service_handle(Scan& scan, std::size_t i, const Vocabulary& vocabulary) {
  std::size_t j = i + 1;
  bool strong = false;
  while (j < scan.size() && j < i + 4) {
    if (scan.is_symbol(j, '@')) {
      strong = true;
    } else if (scan.is_symbol(j, ':') || scan.is_symbol(j, '=')) {
      strong = strong || scan.length(i) > 2;
    } else if (!scan.is_symbol(j, '-') && !scan.is_symbol(j, '>')) {
      break;
    }
    ++j;
  }
  if (j >= scan.size() || scan.taken[j] != Taken::free || scan.tokens[j].new_line) return false;
  const Name name = read_name(scan, j);
  if (name.end == j || (!strong && !name.marked)) return false;
  if (!strong && scan.is_kind(j, TokenKind::number)) return false;
  scan.add(FindKind::handle, scan.token_span(j, name.end), WrittenAs::plain, strong ? 950 : 700,
           vocabulary.service(scan.words[i]->service).name + ":" + name.text);
  scan.take(i + 1, name.end);
  return true;
}

bool find_bare_handle(Scan& scan, std::size_t i) {
  if (!scan.is_symbol(i, '@') || !scan.glued(i + 1)) return false;
  if (scan.glued(i) && !scan.is_kind(i - 1, TokenKind::symbol)) return false;
  const Name name = read_name(scan, i + 1);
  if (name.end == i + 1) return false;
  scan.add(FindKind::handle, scan.token_span(i + 1, name.end), WrittenAs::plain, 700,
           "unknown:" + name.text);
  scan.take(i, name.end);
  return true;
}

}  // namespace

void find_links(Scan& scan, const Vocabulary& vocabulary, const PhonePlans& plans) {
  for (std::size_t i = scan.marks.next(0, Mark::link); i < scan.size();
       i = scan.marks.next(i + 1, Mark::link)) {
    if (scan.taken[i] != Taken::free) continue;
    const bool sign = scan.is_kind(i, TokenKind::symbol);
    if (sign && !scan.is_symbol(i, '@') && !scan.is_symbol(i, '(') && !scan.is_symbol(i, '[') &&
        !scan.is_symbol(i, '{') && !scan.is_symbol(i, '<'))
      continue;
    if (sign || scan.is(i, WordClass::at)) {
      if (find_email(scan, i) || (sign && find_bare_handle(scan, i))) continue;
    }
    if (sign || is_tel_link(scan, i)) continue;
    if (find_url(scan, i, vocabulary, plans)) continue;
    if (scan.is(i, WordClass::service)) find_service_handle(scan, i, vocabulary);
  }
}

LinkValue link_value(std::string_view raw, const Vocabulary& vocabulary, const PhonePlans& plans) {
  return value_of(cut_link(raw), vocabulary, plans);
}

}  // namespace ovillo::extract
