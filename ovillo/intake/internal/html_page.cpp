#include "ovillo/intake/internal/html_page.hpp"

#include <algorithm>
#include <array>

#include "ovillo/intake/internal/mime.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxContacts = 10000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

// `prefix` is lower case.
bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char a, char b) { return a == lower(b); });
}

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Runs of blanks become one; lines keep apart, none is empty.
std::string tidied(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  for (const char c : text) {
    if (c == '\n') {
      if (!out.empty() && out.back() != '\n') out += '\n';
      blank = false;
    } else if (is_space(c)) {
      blank = true;
    } else {
      if (blank && !out.empty() && out.back() != '\n') out += ' ';
      blank = false;
      out += c;
    }
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::string without_percent(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool coded = text[at] == '%' && at + 2 < text.size();
    const int high = coded ? digit(text[at + 1]) : -1;
    const int low = coded ? digit(text[at + 2]) : -1;
    const int byte = high < 0 || low < 0 ? 0 : 16 * high + low;
    // Only what is readable in ASCII is put back; the rest would have to be checked as UTF-8.
    if (byte >= 0x20 && byte < 0x7f) {
      out += static_cast<char>(byte);
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

bool is_contact(std::string_view href) {
  static constexpr std::array<std::string_view, 6> kSchemes = {
      "tel:", "sms:", "mailto:", "callto:", "whatsapp:", "tg:"};
  static constexpr std::array<std::string_view, 4> kHosts = {"wa.me/", "api.whatsapp.com/", "t.me/",
                                                             "telegram.me/"};
  for (const std::string_view scheme : kSchemes)
    if (begins_with(href, scheme)) return true;
  const std::size_t host = href.find("//");
  if (host == kNone || host > 6) return false;
  for (const std::string_view name : kHosts)
    if (begins_with(href.substr(host + 2), name)) return true;
  return false;
}

struct Tag {
  std::string name;       // lower case; "/a" for an end
  std::string_view href;  // as written
  std::size_t end = 0;    // after its '>'; the end of the text where it has none
};

class PageReader {
 public:
  explicit PageReader(std::string_view html) : html_(html) {}

  HtmlPage read() {
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      text_ += text_of_html(html_.substr(at_, open - at_));
      at_ = open;
      if (at_ < html_.size()) take_markup();
    }
    page_.text = tidied(text_);
    return std::move(page_);
  }

 private:
  void take_markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return skip_to("-->");
    if (rest.starts_with("<!") || rest.starts_with("<?")) return skip_to(">");
    const std::size_t letter = rest.size() > 1 && rest[1] == '/' ? 2 : 1;
    if (rest.size() <= letter || !is_letter(rest[letter])) {
      if (letter == 2) return skip_to(">");
      text_ += '<';
      ++at_;
      return;
    }
    const Tag tag = tag_here();
    at_ = tag.end;
    take(tag);
  }

  void skip_to(std::string_view end) {
    const std::size_t found = html_.find(end, at_);
    at_ = found == kNone ? html_.size() : found + end.size();
  }

  void take(const Tag& tag) {
    static constexpr std::array<std::string_view, 7> kUnseen = {
        "script", "style", "template", "iframe", "noembed", "noframes", "xmp"};
    static constexpr std::array<std::string_view, 19> kInLine = {
        "a",   "abbr", "b",    "bdi", "bdo",    "cite", "code", "em", "font", "i",
        "kbd", "mark", "span", "s",   "strong", "sub",  "sup",  "u",  "wbr"};
    if (tag.name == "title" || tag.name == "textarea") {
      const std::string content = tidied(text_of_html(content_of(tag.name)));
      if (tag.name == "textarea") {
        text_ += '\n' + content + '\n';
      } else if (page_.title.empty()) {
        page_.title = content;
        std::replace(page_.title.begin(), page_.title.end(), '\n', ' ');
      }
    } else if (is_one_of(tag.name, kUnseen)) {
      content_of(tag.name);
      text_ += ' ';
    } else {
      const std::string_view name = std::string_view(tag.name).substr(tag.name.front() == '/');
      if (name == "td" || name == "th") {
        text_ += ' ';
      } else if (!is_one_of(name, kInLine)) {
        text_ += '\n';
      }
      const std::string href = tidied(text_of_html(tag.href));
      if (is_contact(href) && page_.contacts.size() < kMaxContacts)
        page_.contacts.push_back(without_percent(href));
    }
  }

  // What stands between a begin tag that has been taken and its end, which is taken too.
  std::string_view content_of(std::string_view name) {
    const std::size_t begin = at_;
    std::size_t close = begin;
    while ((close = html_.find("</", close)) != kNone) {
      const std::size_t after = close + 2 + name.size();
      if (begins_with(html_.substr(close + 2), name) &&
          (after == html_.size() || is_space(html_[after]) || html_[after] == '>' ||
           html_[after] == '/'))
        break;
      close += 2;
    }
    if (close == kNone) close = html_.size();
    at_ = close;
    skip_to(">");
    return html_.substr(begin, close - begin);
  }

  Tag tag_here() const {
    Tag tag;
    std::size_t at = at_ + 1;
    const auto ends_name = [&](std::size_t i) {
      return i >= html_.size() || is_space(html_[i]) || html_[i] == '>';
    };
    const std::size_t name = at++;
    while (!ends_name(at) && html_[at] != '/') ++at;
    tag.name = lower(html_.substr(name, at - name));
    while (at < html_.size() && html_[at] != '>') {
      if (is_space(html_[at]) || html_[at] == '/') {
        ++at;
        continue;
      }
      const std::size_t attribute = at++;
      while (!ends_name(at) && html_[at] != '=') ++at;
      const std::string_view attribute_name = html_.substr(attribute, at - attribute);
      while (at < html_.size() && is_space(html_[at])) ++at;
      if (at >= html_.size() || html_[at] != '=') continue;
      ++at;
      const std::string_view value = value_at(at);
      if (attribute_name.size() == 4 && begins_with(attribute_name, "href") && tag.href.empty())
        tag.href = value;
    }
    tag.end = std::min(at + 1, html_.size());
    return tag;
  }

  // @param at  goes to the end of the value.
  std::string_view value_at(std::size_t& at) const {
    while (at < html_.size() && is_space(html_[at])) ++at;
    if (at >= html_.size()) return {};
    const char quote = html_[at];
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = at + 1;
      const std::size_t end = std::min(html_.find(quote, begin), html_.size());
      at = std::min(end + 1, html_.size());
      return html_.substr(begin, end - begin);
    }
    const std::size_t begin = at;
    while (at < html_.size() && !is_space(html_[at]) && html_[at] != '>') ++at;
    return html_.substr(begin, at - begin);
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string text_;
  HtmlPage page_;
};

}  // namespace

bool is_html(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  while (true) {
    while (!head.empty() && is_space(head.front())) head.remove_prefix(1);
    if (!head.starts_with("<!--")) break;
    const std::size_t end = head.find("-->");
    if (end == kNone) return false;
    head.remove_prefix(end + 3);
  }
  if (begins_with(head, "<!doctype html")) return true;
  if (begins_with(head, "<html"))
    return head.size() > 5 && (is_space(head[5]) || head[5] == '>' || head[5] == '/');
  if (!head.starts_with("<?xml")) return false;
  const std::string all = lower(head.substr(0, 4096));
  return all.find("<!doctype html") != kNone ||
         all.find("xmlns=\"http://www.w3.org/1999/xhtml\"") != kNone;
}

std::string stated_charset(std::string_view page) {
  const std::string head = lower(page.substr(0, 1024));
  const std::size_t found = head.find("charset=");
  if (found == std::string::npos) return {};
  std::size_t at = found + 8;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || is_space(head[at]))) ++at;
  const std::size_t begin = at;
  while (at < head.size() && (is_letter(head[at]) || (head[at] >= '0' && head[at] <= '9') ||
                              head[at] == '-' || head[at] == '_'))
    ++at;
  return head.substr(begin, at - begin);
}

HtmlPage read_html_page(std::string_view html) { return PageReader(html).read(); }

}  // namespace ovillo::intake
