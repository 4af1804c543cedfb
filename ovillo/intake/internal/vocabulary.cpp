#include "ovillo/intake/internal/vocabulary.hpp"

#include "ovillo/intake/internal/word_file.hpp"

namespace ovillo::intake {

namespace {

template <class Enum>
Result<Enum> enumerator(const std::filesystem::path& path, std::string_view key,
                        const toml::node& node) {
  const auto name = node.value<std::string>();
  const auto value = name ? from_name<Enum>(*name) : std::nullopt;
  if (!value) return bad_data_file(path, fmt::format("'{}' has an unknown value", key));
  return *value;
}

template <class Enum>
Result<std::map<std::string, Enum, std::less<>>> enumerators(const std::filesystem::path& path,
                                                             const toml::table* table) {
  std::map<std::string, Enum, std::less<>> out;
  if (table == nullptr) return out;
  for (const auto& [key, node] : *table) {
    OVILLO_TRY(const Enum value, enumerator<Enum>(path, key.str(), node));
    out.emplace(std::string(key.str()), value);
  }
  return out;
}

}  // namespace

Result<KindNames> read_kinds(const std::filesystem::path& path) {
  OVILLO_TRY(const toml::table table, read_toml(path));
  return enumerators<RecordKind>(path, table["kinds"].as_table());
}

Field FollowTheMoneyWords::field(std::string_view schema, std::string_view property) const {
  if (const auto own = by_schema.find(schema); own != by_schema.end())
    if (const auto found = own->second.find(property); found != own->second.end())
      return found->second;
  const auto found = properties.find(property);
  return found == properties.end() ? Field::other : found->second;
}

Result<FollowTheMoneyWords> read_follow_the_money(const std::filesystem::path& path) {
  OVILLO_TRY(const toml::table table, read_toml(path));
  FollowTheMoneyWords words;
  OVILLO_TRY(words.kinds, enumerators<RecordKind>(path, table["kinds"].as_table()));
  OVILLO_TRY(words.properties, enumerators<Field>(path, table["properties"].as_table()));
  if (const toml::table* edges = table["edges"].as_table()) {
    for (const auto& [schema, node] : *edges) {
      const toml::array* ends = node.as_array();
      const auto source = ends ? ends->get(0)->value<std::string>() : std::nullopt;
      const auto target =
          ends && ends->size() == 2 ? ends->get(1)->value<std::string>() : std::nullopt;
      if (!source || !target)
        return bad_data_file(path, fmt::format("edge '{}' needs two ends", schema.str()));
      words.edges.emplace(std::string(schema.str()), FollowTheMoneyWords::Edge{*source, *target});
    }
  }
  if (const toml::table* schemata = table["schema"].as_table()) {
    for (const auto& [schema, node] : *schemata) {
      OVILLO_TRY(auto fields, enumerators<Field>(path, node.as_table()));
      words.by_schema.emplace(std::string(schema.str()), std::move(fields));
    }
  }
  return words;
}

}  // namespace ovillo::intake
