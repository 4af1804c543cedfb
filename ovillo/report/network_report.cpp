#include "ovillo/report/network_report.hpp"

#include <fmt/format.h>

#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

std::string write_html(const NetworkReport& report) {
  const std::string_view css = style();
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"robots\" content=\"noindex, nofollow, noarchive\">\n"
      "<title>Report on network {}</title>\n<style>{}</style>\n</head>\n<body>\n",
      policy_hash(css), escaped(report.network_id.substr(0, 12)), css);
  out += opening(report);
  out += "<main>\n";
  out += about(report);
  out += summary(report);
  out += chart_of_links(report);
  out += members_table(report);
  out += texts_of_one_hand(report);
  out += stock_texts(report);
  out += timeline(report);
  out += origin(report);
  out += method(report);
  out += limits(report);
  out += contest(report);
  out += handing_over();
  out += indicators(report);
  out += exhibits(report);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace ovillo::report
