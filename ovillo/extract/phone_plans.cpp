#include "ovillo/extract/phone_plans.hpp"

#include <algorithm>
#include <charconv>

#include "ovillo/extract/internal/toml_file.hpp"

namespace ovillo::extract {

namespace {

constexpr std::size_t kRegions = 26 * 26;
constexpr std::size_t kLongestNumber = 15;  // E.164, country code included

std::optional<std::uint8_t> small_number(std::string_view text) {
  std::uint8_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// "9" or "6-9".
std::optional<std::pair<std::uint8_t, std::uint8_t>> lengths(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto low = small_number(text.substr(0, dash));
  const auto high = dash == std::string_view::npos ? low : small_number(text.substr(dash + 1));
  if (!low || !high || *low > *high) return std::nullopt;
  return std::pair{*low, *high};
}

bool begins_with(std::string_view digits, std::string_view lead) {
  if (digits.size() < lead.size()) return false;
  for (std::size_t i = 0; i < lead.size(); ++i)
    if (lead[i] != '?' && lead[i] != digits[i]) return false;
  return true;
}

std::vector<std::string_view> cut(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// "ES" as a slot; kRegions when it is no region.
std::size_t region_slot(std::string_view region) {
  if (region.size() != 2) return kRegions;
  const auto first = static_cast<std::size_t>(region[0] - 'A');
  const auto second = static_cast<std::size_t>(region[1] - 'A');
  return first < 26 && second < 26 ? first * 26 + second : kRegions;
}

// A country code of one to three digits as a slot; none begins with zero, so 0 is no code.
std::size_t code_slot(std::string_view code) {
  std::size_t slot = 0;
  for (const char c : code) slot = slot * 10 + static_cast<std::size_t>(c - '0');
  return code.empty() || code.front() == '0' || slot >= 1000 ? 0 : slot;
}

}  // namespace

Result<PhonePlans> PhonePlans::open(const std::filesystem::path& file) {
  PhonePlans plans;
  plans.by_code_.resize(1000);
  plans.by_region_.assign(kRegions, -1);
  OVILLO_CHECK(plans.load(file));
  return plans;
}

Result<void> PhonePlans::load(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  const toml::array* rows = table["plan"].as_array();
  const toml::array* rest = table["rest"].as_array();
  if (rows == nullptr || rest == nullptr) return bad_data(file, "plan or rest is missing");
  constexpr std::pair<std::string_view, LineKind> kKinds[] = {
      {"mobile", LineKind::mobile}, {"fixed", LineKind::fixed}, {"other", LineKind::other}};
  for (const toml::node& node : *rows) {
    const toml::table& row = *node.as_table();
    Plan plan;
    plan.region = row["region"].value_or("");
    plan.code = row["code"].value_or("");
    plan.trunk = row["trunk"].value_or("");
    plan.trunk_optional = row["optional"].value_or(false);
    for (const auto& [name, kind] : kKinds) {
      const toml::array* entries = row[name].as_array();
      if (entries == nullptr) return bad_data(file, plan.region + ": no list " + std::string(name));
      for (const toml::node& entry : *entries) {
        const auto parts = cut(entry.value_or(std::string_view{}), ':');
        const auto range = parts.size() == 2 ? lengths(parts[1]) : std::nullopt;
        if (!range) return bad_data(file, plan.region + ": bad lengths");
        plan.leads.push_back({std::string(parts[0]), range->first, range->second, kind});
      }
    }
    if (const toml::array* written = row["written"].as_array()) {
      for (const toml::node& shape : *written) {
        auto& groups = plan.written.emplace_back();
        for (const auto part : cut(shape.value_or(std::string_view{}), '-'))
          groups.push_back(small_number(part).value_or(0));
      }
    }
    plans_.push_back(std::move(plan));
  }
  for (const toml::node& node : *rest) {
    const auto parts = cut(node.value_or(std::string_view{}), ' ');
    const auto range = parts.size() == 4 ? lengths(parts[3]) : std::nullopt;
    if (!range) return bad_data(file, "bad row in rest");
    Plan plan{std::string(parts[0]),
              std::string(parts[1]),
              parts[2] == "-" ? "" : std::string(parts[2]),
              false,
              {},
              {}};
    plan.leads.push_back({"", range->first, range->second, LineKind::other});
    plans_.push_back(std::move(plan));
  }
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const std::size_t region = region_slot(plans_[i].region);
    const std::size_t code = code_slot(plans_[i].code);
    if (region == kRegions || code == 0) return bad_data(file, "bad region or code");
    by_code_[code].push_back(i);
    if (by_region_[region] < 0) by_region_[region] = static_cast<std::int16_t>(i);
  }
  return {};
}

std::optional<LineKind> PhonePlans::match(const Plan& plan, std::string_view national) {
  std::optional<LineKind> best;
  for (const Lead& lead : plan.leads) {
    if (national.size() < lead.shortest || national.size() > lead.longest) continue;
    if (!begins_with(national, lead.digits)) continue;
    if (!best || lead.kind < *best) best = lead.kind;
  }
  return best;
}

const PhonePlans::Plan* PhonePlans::plan_of(std::string_view region) const {
  const std::size_t slot = region_slot(region);
  return slot == kRegions || by_region_[slot] < 0
             ? nullptr
             : &plans_[static_cast<std::size_t>(by_region_[slot])];
}

std::string_view PhonePlans::code(std::string_view region) const {
  const Plan* plan = plan_of(region);
  return plan == nullptr ? std::string_view{} : plan->code;
}

std::optional<PhoneNumber> PhonePlans::international(std::string_view digits) const {
  if (digits.size() < 7 || digits.size() > kLongestNumber + 1) return std::nullopt;
  for (std::size_t length = 1; length <= 3; ++length) {
    const auto& sharing = by_code_[code_slot(digits.substr(0, length))];
    if (sharing.empty()) continue;
    std::optional<PhoneNumber> best;
    for (const std::size_t index : sharing) {
      const Plan& plan = plans_[index];
      std::string_view national = digits.substr(length);
      auto kind = match(plan, national);
      // "+44 (0) 7700 ...": the trunk prefix, or a zero out of habit, is not part of the number.
      if (!kind && !national.empty() && national.front() == '0' && plan.region != "IT") {
        national.remove_prefix(1);
        kind = match(plan, national);
      }
      if (!kind || length + national.size() > kLongestNumber) continue;
      if (!best || *kind < best->kind)
        best = PhoneNumber{"+" + plan.code + std::string(national), *kind, false};
    }
    return best;
  }
  return std::nullopt;
}

std::optional<PhoneNumber> PhonePlans::national(std::string_view digits,
                                                std::string_view region) const {
  const Plan* plan = plan_of(region);
  if (plan == nullptr) return std::nullopt;
  std::optional<LineKind> kind;
  std::string_view rest = digits;
  if (!plan->trunk.empty() && begins_with(digits, plan->trunk)) {
    rest.remove_prefix(plan->trunk.size());
    kind = match(*plan, rest);
  }
  if (!kind && (plan->trunk.empty() || plan->trunk_optional)) {
    rest = digits;
    kind = match(*plan, rest);
  }
  if (!kind) return std::nullopt;
  return PhoneNumber{"+" + plan->code + std::string(rest), *kind, true};
}

bool PhonePlans::usual_grouping(std::string_view region,
                                const std::vector<std::uint8_t>& groups) const {
  const Plan* plan = plan_of(region);
  return plan != nullptr &&
         std::find(plan->written.begin(), plan->written.end(), groups) != plan->written.end();
}

}  // namespace ovillo::extract
