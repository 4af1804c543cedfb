// The XML of a draft: elements in the order of the template's fields, which is that of the schema.
#include <algorithm>

#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/request/draft.hpp"

namespace ovillo::request {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        // XML 1.0 has no other control characters.
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

// A comment must not hold "--".
std::string in_comment(std::string_view text) {
  std::string out;
  for (const char c : replace_invalid_utf8(text))
    out += static_cast<unsigned char>(c) < 0x20 || (c == '-' && out.ends_with('-')) ? ' ' : c;
  return out;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool is_letters(std::string_view text, std::size_t n) {
  return text.size() == n &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_iban_form(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto alnum = [&](char c) {
    return digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  return text.size() >= 5 && text.size() <= 34 && is_letters(text.substr(0, 2), 2) &&
         digit(text[2]) && digit(text[3]) && std::all_of(text.begin() + 4, text.end(), alnum);
}

// What is wrong with a value; empty: nothing.
std::string fault_of(const FieldSpec& field, std::string_view value) {
  if (!is_valid_utf8(value)) return "is not UTF-8";
  if (field.max_length && characters(value) > *field.max_length)
    return fmt::format("is longer than {} characters", *field.max_length);
  switch (field.form) {
    case ValueForm::text:
      return {};
    case ValueForm::date:
      return is_day(value) ? "" : "is not a day such as 2026-03-04";
    case ValueForm::yes_no:
      return value == "true" || value == "false" ? "" : "is not true or false";
    case ValueForm::iban:
      return is_iban_form(value) ? "" : "is not an IBAN without spaces";
    case ValueForm::currency:
      return is_letters(value, 3) ? "" : "is not a currency such as EUR";
    case ValueForm::country:
      return is_letters(value, 2) ? "" : "is not a country such as BE";
  }
  return {};
}

struct Element {
  std::string name;
  std::string text;
  std::vector<Element> children;
};

// Puts a value at a path below `root`. All but the last step join what is there.
void put(Element& root, std::string_view path, const std::string& value) {
  Element* at = &root;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    const bool last = slash == std::string_view::npos;
    if (last || at->children.empty() || at->children.back().name != step)
      at->children.push_back({std::string(step), "", {}});
    at = &at->children.back();
    if (last) break;
    path.remove_prefix(slash + 1);
  }
  at->text = value;
}

void write(const Element& element, std::size_t depth, std::string& out) {
  const std::string indent(depth * 2, ' ');
  if (element.children.empty()) {
    out += fmt::format("{0}<{1}>{2}</{1}>\n", indent, element.name, escaped(element.text));
    return;
  }
  out += fmt::format("{}<{}>\n", indent, element.name);
  for (const Element& child : element.children) write(child, depth + 1, out);
  out += fmt::format("{}</{}>\n", indent, element.name);
}

void add_fault(std::string& faults, std::string fault) {
  faults += (faults.empty() ? "" : "; ") + fault;
}

}  // namespace

Result<std::string> draft_as_xml(const Template& one, const FieldValues& values, const Day& on) {
  if (one.xml_namespace.empty())
    return Error(ErrorCode::request_bad_fields,
                 fmt::format("{} has no XML form; --format text or json", one.name));
  std::string faults;
  std::string basis;
  Element message{one.xml_message, "", {}};
  for (const Section& section : one.sections) {
    for (const FieldSpec& field : section.fields) {
      if (field.xml.empty()) continue;
      const auto found = values.find(field.id);
      if (found == values.end() && field.value) {
        put(message, field.xml, *field.value);
      } else if (found == values.end()) {
        if (field.required) add_fault(faults, fmt::format("{} is not stated", field.id));
      } else {
        for (const FieldValue& value : found->second) {
          const std::string fault = fault_of(field, value.value);
          if (!fault.empty()) add_fault(faults, fmt::format("{} {}", field.id, fault));
          put(message, field.xml, value.value);
          if (!value.records.empty())
            basis += in_comment(fmt::format(
                         "\n  {} rests on record {}{}", field.id, fmt::join(value.records, ", "),
                         value.source ? fmt::format(", source {}", *value.source) : "")) +
                     "\n";
        }
      }
    }
  }
  if (!faults.empty()) return Error(ErrorCode::request_bad_fields, faults);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      "<!-- DRAFT. Not sent. A named person checks, completes, signs and sends it.\n"
      "  Template {}, drafted for {}{}.\n{}-->\n",
      one.name, on, one.wording_checked ? "" : "; wording not checked", basis);
  out += fmt::format("<Document xmlns=\"{}\">\n", one.xml_namespace);
  write(message, 1, out);
  return out + "</Document>\n";
}

}  // namespace ovillo::request
