// An HTML page as a person would see it, opened inert: nothing is run, nothing is loaded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ovillo::intake {

struct HtmlPage {
  std::string title;                  ///< of the first <title>; one line
  std::string text;                   ///< without markup, scripts, styles and templates
  std::vector<std::string> contacts;  ///< where tel:, sms:, mailto: and chat links lead, in order
};

/// Whether the bytes begin as an HTML page does (XHTML too).
bool is_html(std::string_view head);

/// The character set that the page itself states in its first 1,024 bytes, lower case; or empty.
std::string stated_charset(std::string_view page);

/// Takes a page apart. Linear in its size. An unclosed tag or comment swallows the rest, as it does
/// in a browser. @param html  UTF-8. Blind: what styles hide or scripts write.
HtmlPage read_html_page(std::string_view html);

}  // namespace ovillo::intake
