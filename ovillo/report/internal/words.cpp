#include <algorithm>

#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

std::string_view member_word(EntityKind kind) {
  switch (kind) {
    case EntityKind::phone:
      return "phone";
    case EntityKind::email:
      return "e-mail";
    case EntityKind::handle:
      return "handle";
    case EntityKind::url:
      return "web address";
    case EntityKind::iban:
      return "bank account (IBAN)";
    case EntityKind::account:
      return "account";
    case EntityKind::card:
      return "payment card (masked)";
    case EntityKind::wallet:
      return "wallet";
    case EntityKind::plate:
      return "number plate";
    case EntityKind::document_number:
      return "document number";
    case EntityKind::template_:
      return "text by one hand";
    case EntityKind::person:
      return "person";
    case EntityKind::company:
      return "company";
    case EntityKind::thing:
      return "thing";
    case EntityKind::photo:
      return "picture (its file)";
    case EntityKind::photo_likeness:
      return "picture (what it looks like)";
  }
  return "";
}

// Europol 4x4: Article 29 of Regulation (EU) 2016/794.
std::string_view source_grade_word(char grade) {
  switch (grade) {
    case 'A':
      return "A: no doubt about the source";
    case 'B':
      return "B: source mostly reliable";
    case 'C':
      return "C: source mostly unreliable";
    default:
      return "X: source cannot be assessed";
  }
}

std::string_view information_grade_word(char grade) {
  switch (grade) {
    case '1':
      return "1: accuracy not in doubt";
    case '2':
      return "2: known personally to the source, not to the officer";
    case '3':
      return "3: not known personally to the source, but corroborated";
    default:
      return "4: not known personally to the source, and cannot be corroborated";
  }
}

std::string_view handling_word(std::uint8_t code) {
  switch (code) {
    case 0:
      return "only to prevent and combat crime";
    case 1:
      return "not to be used in court without the consent of the provider";
    case 2:
      return "not to be passed on without the consent of the provider";
    default:
      return "other restrictions: ask the provider before any use";
  }
}

std::uint8_t handling_of(const NetworkReport& report) {
  std::uint8_t highest = 0;
  for (const ReportSource& source : report.sources)
    highest = std::max(highest, source.source.handling);
  return highest;
}

}  // namespace ovillo::report
