#include "ovillo/intake/profile.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"

namespace ovillo::intake {

namespace {

Error bad(const toml::source_region& where, std::string_view key, std::string_view detail) {
  Locus locus;
  locus.column = key;
  return Error(
      ErrorCode::intake_bad_profile,
      where.begin ? fmt::format("line {}: {}", where.begin.line, detail) : std::string(detail),
      std::move(locus));
}

template <class Enum>
std::string choices() {
  std::string out;
  for (const std::string_view name : names(Enum{})) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

template <class Enum>
Result<Enum> enumerator(std::string_view key, const toml::node& node) {
  const auto text = node.value<std::string>();
  const auto value = text ? from_name<Enum>(*text) : std::nullopt;
  if (!value) return bad(node.source(), key, fmt::format("must be one of {}", choices<Enum>()));
  return *value;
}

// Judgements are what persons of this house decide; no file brings them in.
Result<RecordKind> kind_of(std::string_view key, const toml::node& node) {
  OVILLO_TRY(const auto kind, enumerator<RecordKind>(key, node));
  if (kind == RecordKind::judgement)
    return bad(node.source(), key, "may not be judgement: `ovillo judge` writes those");
  return kind;
}

Result<std::string> text_of(std::string_view key, const toml::node& node) {
  const auto text = node.value<std::string>();
  if (!text) return bad(node.source(), key, "must be text in quotation marks");
  return *text;
}

Result<const toml::table*> table_of(std::string_view key, const toml::node& node) {
  if (!node.is_table()) return bad(node.source(), key, "must be a table");
  return node.as_table();
}

Result<DateOrder> date_order_of(const toml::node& node) {
  const auto text = node.value<std::string>();
  if (text == "day_first") return DateOrder::day_first;
  if (text == "month_first") return DateOrder::month_first;
  return bad(node.source(), "date_order", "must be day_first or month_first");
}

Result<DecimalMark> decimal_of(const toml::node& node) {
  const auto text = node.value<std::string>();
  if (text == "infer") return DecimalMark::infer;
  if (text == "point") return DecimalMark::point;
  if (text == "comma") return DecimalMark::comma;
  return bad(node.source(), "decimal", "must be infer, point or comma");
}

// One ASCII character that cannot be taken for a line end, a quotation mark or part of a word.
Result<std::optional<char>> delimiter_of(const toml::node& node) {
  const auto text = node.value<std::string>();
  if (text == "infer") return std::optional<char>();
  if (text == "tab") return std::optional<char>('\t');
  if (text && text->size() == 1) {
    const auto byte = static_cast<unsigned char>(text->front());
    if (byte == '\t' || (byte >= 0x20 && byte < 0x7f && byte != '"' && std::isalnum(byte) == 0))
      return std::optional<char>(text->front());
  }
  return bad(node.source(), "delimiter",
             "must be infer, tab, or one sign such as , or ; in quotation marks");
}

Result<void> read_key(Profile& profile, std::string_view key, const toml::node& node) {
  if (key == "name") {
    OVILLO_TRY(profile.name, text_of(key, node));
  } else if (key == "kind") {
    OVILLO_TRY(profile.kind, kind_of(key, node));
  } else if (key == "kind_column") {
    OVILLO_TRY(profile.kind_column, text_of(key, node));
  } else if (key == "kinds") {
    OVILLO_TRY(const toml::table* kinds, table_of(key, node));
    for (const auto& [value, kind] : *kinds) {
      OVILLO_TRY(profile.kinds[std::string(value.str())], kind_of(value.str(), kind));
    }
  } else if (key == "date_order") {
    OVILLO_TRY(profile.date_order, date_order_of(node));
  } else if (key == "decimal") {
    OVILLO_TRY(profile.decimal, decimal_of(node));
  } else if (key == "delimiter") {
    OVILLO_TRY(profile.delimiter, delimiter_of(node));
  } else if (key == "default_currency") {
    OVILLO_TRY(profile.default_currency, text_of(key, node));
  } else if (key == "columns") {
    OVILLO_TRY(const toml::table* columns, table_of(key, node));
    for (const auto& [column, field] : *columns) {
      OVILLO_TRY(profile.columns[std::string(column.str())],
                 enumerator<Field>(column.str(), field));
    }
  } else {
    return bad(node.source(), key,
               "is not known; there are name, kind, kind_column, kinds, date_order, decimal, "
               "delimiter, default_currency and columns");
  }
  return {};
}

// A basic TOML string.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

std::string_view name_of_order(DateOrder order) {
  return order == DateOrder::day_first ? "day_first" : "month_first";
}

std::string_view name_of_mark(DecimalMark mark) {
  switch (mark) {
    case DecimalMark::point:
      return "point";
    case DecimalMark::comma:
      return "comma";
    case DecimalMark::infer:
      break;
  }
  return "infer";
}

}  // namespace

Result<Profile> parse_profile(std::string_view toml) {
  toml::table table;
  try {  // the library has no other way to say what is wrong
    table = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return bad(error.source(), {}, error.description());
  }
  Profile profile;
  for (const auto& [key, node] : table) OVILLO_CHECK(read_key(profile, key.str(), node));
  if (!profile.kinds.empty() && profile.kind_column.empty())
    return bad(table["kinds"].node()->source(), "kinds", "needs kind_column beside it");
  return profile;
}

namespace {

Result<Profile> parse_profile_of(const std::filesystem::path& path, std::string_view toml) {
  auto profile = parse_profile(toml);
  if (profile) return profile;
  Locus locus = profile.error().locus();
  locus.file = path.string();
  return profile.error().at(std::move(locus));
}

}  // namespace

Result<Profile> read_profile(const std::filesystem::path& path) {
  OVILLO_TRY(const std::string toml, ovillo::read_file(path));
  return parse_profile_of(path, toml);
}

std::string write_profile(const Profile& profile) {
  std::string out = fmt::format("name = {}\nkind = {}\n", toml_string(profile.name),
                                toml_string(name_of(profile.kind)));
  if (!profile.kind_column.empty())
    out += fmt::format("kind_column = {}\n", toml_string(profile.kind_column));
  out +=
      fmt::format("date_order = {}\ndecimal = {}\n", toml_string(name_of_order(profile.date_order)),
                  toml_string(name_of_mark(profile.decimal)));
  if (profile.delimiter)
    out += fmt::format(
        "delimiter = {}\n",
        toml_string(*profile.delimiter == '\t' ? "tab" : std::string(1, *profile.delimiter)));
  if (!profile.default_currency.empty())
    out += fmt::format("default_currency = {}\n", toml_string(profile.default_currency));
  if (!profile.kinds.empty()) {
    out += "\n[kinds]\n";
    for (const auto& [value, kind] : profile.kinds)
      out += fmt::format("{} = {}\n", toml_string(value), toml_string(name_of(kind)));
  }
  out += "\n[columns]\n";
  for (const auto& [column, field] : profile.columns)
    out += fmt::format("{} = {}\n", toml_string(column), toml_string(name_of(field)));
  return out;
}

Result<std::vector<Profile>> shipped_profiles(const std::filesystem::path& data) {
  const std::filesystem::path folder = data / "profiles";
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Profile> profiles;
  for (const auto& path : paths) {
    OVILLO_TRY(const std::string bytes, ovillo::read_file(path));
    // Word lists lie in the same folder; a profile says its kind.
    if (bytes.find("\n[columns]") == std::string::npos) continue;
    OVILLO_TRY(auto profile, parse_profile_of(path, bytes));
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

namespace {

// What a record of a kind must have to be one: a header of names and towns fits many profiles.
bool has_core(RecordKind kind, const std::set<Field>& fields) {
  const auto has = [&](std::initializer_list<Field> any) {
    return std::any_of(any.begin(), any.end(), [&](Field f) { return fields.contains(f); });
  };
  switch (kind) {
    case RecordKind::advert:
    case RecordKind::report:
    case RecordKind::message:
      return has({Field::text, Field::title});
    case RecordKind::transfer:
      return has({Field::amount}) && has({Field::from_account, Field::from_name}) &&
             has({Field::to_account, Field::to_name});
    case RecordKind::call:
      return has({Field::from_phone}) && has({Field::to_phone});
    case RecordKind::person:
      return has({Field::name}) &&
             has({Field::birth_date, Field::nationality, Field::document_number});
    case RecordKind::company:
      return has({Field::name}) && has({Field::document_number});
    default:
      return true;
  }
}

}  // namespace

std::optional<Profile> best_profile(const std::vector<Profile>& profiles,
                                    const std::vector<std::string>& header,
                                    std::string_view file_name) {
  std::vector<const Profile*> best;
  std::size_t best_named = 2;
  for (const Profile& profile : profiles) {
    std::size_t named = 0;
    std::set<Field> fields;
    for (const std::string& column : header) {
      const auto mapped = profile.columns.find(column);
      // A column without a name says nothing about the file.
      if (mapped == profile.columns.end() || column.starts_with("column ")) continue;
      ++named;
      fields.insert(mapped->second);
    }
    // Four of five columns known: less is for a proposal that a person looks at.
    if (named < best_named || named * 5 < header.size() * 4) continue;
    if (!has_core(profile.kind, fields)) continue;
    if (named > best_named) best.clear();
    best_named = named;
    best.push_back(&profile);
  }
  const auto of_one_kind = [](const std::vector<const Profile*>& some) {
    return std::all_of(some.begin(), some.end(),
                       [&](const Profile* one) { return one->kind == some.front()->kind; });
  };
  // Kinds that fit equally well are a question for a person, unless the file's name answers it.
  if (!of_one_kind(best))
    std::erase_if(best, [&](const Profile* one) {
      return file_name.find(one->name) == std::string_view::npos;
    });
  if (best.empty() || !of_one_kind(best)) return std::nullopt;
  return *best.front();
}

}  // namespace ovillo::intake
