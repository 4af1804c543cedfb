// The sections of the page, one function each, in the order they stand on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/report/network_report.hpp"

namespace ovillo::report {

/// Title, handling code, what this page is, table of contents.
std::string opening(const NetworkReport& report);
/// Who asked, why, when, with what; the four types of statement.
std::string about(const NetworkReport& report);
/// Urgent, organisation, signs of exploitation, against, not known: each apart, with raw words.
std::string summary(const NetworkReport& report);
/// Figure 1: the chart of links, its legend and the table of its links.
std::string chart_of_links(const NetworkReport& report);
std::string members_table(const NetworkReport& report);
/// Texts of one hand: template with slots, members in time, why each is in; and stock texts.
std::string texts_of_one_hand(const NetworkReport& report);
std::string stock_texts(const NetworkReport& report);
/// Figure 2: records over time, as a strip and a table.
std::string timeline(const NetworkReport& report);
/// Sources with authorisation and grade; files with SHA-256.
std::string origin(const NetworkReport& report);
std::string method(const NetworkReport& report);
std::string limits(const NetworkReport& report);
std::string contest(const NetworkReport& report);
/// Lines for the person who hands the report over.
std::string handing_over();
/// Annex A: each indicator shown, with source, known bias, review and objections.
std::string indicators(const NetworkReport& report);
/// Annex B: every record.
std::string exhibits(const NetworkReport& report);

/// The style sheet. No font, picture or other file is asked for.
std::string_view style();

// Words shared by several sections.

/// "phone", "text by one hand", ...
std::string_view member_word(EntityKind kind);
/// "A: no doubt about the source" ...
std::string_view source_grade_word(char grade);
std::string_view information_grade_word(char grade);
/// What the handling code asks.
std::string_view handling_word(std::uint8_t code);
/// Highest handling code of the sources: it binds the whole page.
std::uint8_t handling_of(const NetworkReport& report);

}  // namespace ovillo::report
