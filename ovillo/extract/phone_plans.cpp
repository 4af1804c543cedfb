#include "ovillo/extract/phone_plans.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ovillo/extract/internal/cut.hpp"
#include "ovillo/extract/internal/toml_file.hpp"

namespace ovillo::extract {

namespace {

constexpr std::size_t kRegions = std::size_t{26} * 26;
constexpr std::size_t kLongestNumber = 15;  // E.164, country code included
constexpr std::size_t kLeads = 1000;        // numbers by their first three digits

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

// The first three digits as a number; shorter ones are never asked for.
std::size_t lead_of(std::string_view digits) {
  return static_cast<std::size_t>(digits[0] - '0') * 100 +
         static_cast<std::size_t>(digits[1] - '0') * 10 + static_cast<std::size_t>(digits[2] - '0');
}

bool begins_like(std::size_t lead, std::string_view pattern) {
  const std::array<char, 3> digits = {static_cast<char>('0' + lead / 100),
                                      static_cast<char>('0' + lead / 10 % 10),
                                      static_cast<char>('0' + lead % 10)};
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (pattern[i] != '?' && pattern[i] != digits[i]) return false;
  return true;
}

std::uint16_t length_bits(std::uint8_t shortest, std::uint8_t longest) {
  std::uint16_t bits = 0;
  for (std::size_t n = shortest; n <= longest && n <= kLongestNumber; ++n)
    bits = static_cast<std::uint16_t>(bits | 1U << n);
  return bits;
}

}  // namespace

Result<PhonePlans> PhonePlans::open(const std::filesystem::path& file) {
  PhonePlans plans;
  plans.by_code_.resize(1000);
  plans.by_region_.assign(kRegions, -1);
  OVILLO_CHECK(plans.load(file));
  plans.compile_guesses();
  return plans;
}

Result<void> PhonePlans::load(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  const toml::array* rows = table["plan"].as_array();
  const toml::array* rest = table["rest"].as_array();
  if (rows == nullptr || rest == nullptr) return bad_data(file, "plan or rest is missing");
  constexpr std::string_view kKinds[] = {"mobile", "fixed", "other"};
  for (const toml::node& node : *rows) {
    const toml::table& row = *node.as_table();
    Plan plan;
    plan.region = row["region"].value_or("");
    plan.code = row["code"].value_or("");
    plan.trunk = row["trunk"].value_or("");
    plan.trunk_optional = row["optional"].value_or(false);
    plan.prior = row["prior"].value_or(-1);
    plan.leads.resize(kLeads);
    for (std::size_t kind = 0; kind < std::size(kKinds); ++kind) {
      const toml::array* entries = row[kKinds[kind]].as_array();
      if (entries == nullptr)
        return bad_data(file, plan.region + ": no list " + std::string(kKinds[kind]));
      for (const toml::node& entry : *entries) {
        const auto parts = cut(entry.value_or(std::string_view{}), ':');
        const auto range = parts.size() == 2 ? lengths(parts[1]) : std::nullopt;
        if (!range || parts[0].size() > 3) return bad_data(file, plan.region + ": bad lead");
        for (std::size_t lead = 0; lead < kLeads; ++lead)
          if (begins_like(lead, parts[0]))
            plan.leads[lead][kind] |= length_bits(range->first, range->second);
      }
    }
    if (const toml::array* written = row["written"].as_array()) {
      for (const toml::node& shape : *written) {
        auto& groups = plan.written.emplace_back();
        for (const auto part : cut(shape.value_or(std::string_view{}), '-'))
          groups.push_back(small_number(part).value_or(0));
      }
    }
    if (const toml::array* spoken = row["spoken"].as_array()) {
      for (const toml::node& entry : *spoken) {
        const auto parts = cut(entry.value_or(std::string_view{}), ':');
        const auto weight = parts.size() == 2 ? small_number(parts[1]) : std::nullopt;
        if (!weight) return bad_data(file, plan.region + ": bad language");
        plan.spoken.push_back({std::string(parts[0]), *weight});
      }
    }
    plans_.push_back(std::move(plan));
  }
  for (const toml::node& node : *rest) {
    const auto parts = cut(node.value_or(std::string_view{}), ' ');
    const auto range = parts.size() == 4 ? lengths(parts[3]) : std::nullopt;
    if (!range) return bad_data(file, "bad row in rest");
    Plan plan;
    plan.region = std::string(parts[0]);
    plan.code = std::string(parts[1]);
    plan.trunk = parts[2] == "-" ? "" : std::string(parts[2]);
    plan.leads.push_back({0, 0, length_bits(range->first, range->second)});
    plans_.push_back(std::move(plan));
  }
  for (std::size_t i = 0; i < plans_.size(); ++i) {
    const std::size_t region = region_slot(plans_[i].region);
    const std::size_t code = code_slot(plans_[i].code);
    if (region == kRegions || code == 0) return bad_data(file, "bad region or code");
    by_code_[code].push_back(static_cast<std::uint16_t>(i));
    if (by_region_[region] < 0) by_region_[region] = static_cast<std::int16_t>(i);
    if (plans_[i].prior >= 0) guessed_.push_back(static_cast<std::uint16_t>(i));
  }
  if (guessed_.size() > kMostGuessed) return bad_data(file, "more priors than bits");
  return {};
}

// Which plans may hold a number as it is dialled: tried out for every lead and length.
void PhonePlans::compile_guesses() {
  guesses_.assign((kLongestNumber + 2) * kLeads, 0);
  for (std::size_t bit = 0; bit < guessed_.size(); ++bit) {
    const Plan& plan = plans_[guessed_[bit]];
    for (std::size_t lead = 0; lead < kLeads; ++lead) {
      const auto add = [&](std::size_t national, std::size_t trunk) {
        const Lengths& allowed = plan.leads[national];
        for (std::size_t n = 4; n + trunk <= kLongestNumber + 1 && n <= kLongestNumber; ++n)
          if (((allowed[0] | allowed[1] | allowed[2]) >> n & 1) != 0)
            guesses_[(n + trunk) * kLeads + lead] |= 1U << bit;
      };
      if (plan.trunk.empty() || plan.trunk_optional) add(lead, 0);
      if (plan.trunk.empty() || !begins_like(lead, plan.trunk)) continue;
      // The trunk is one digit; the third digit of the national number may be any.
      for (std::size_t third = 0; third < 10; ++third) add(lead % 100 * 10 + third, 1);
    }
  }
}

std::uint32_t PhonePlans::may_be_of(std::string_view digits) const {
  if (digits.size() < 4 || digits.size() > kLongestNumber + 1) return 0;
  return guesses_[digits.size() * kLeads + lead_of(digits)];
}

std::optional<LineKind> PhonePlans::match(const Plan& plan, std::string_view national) {
  if (national.size() < 4 || national.size() > kLongestNumber) return std::nullopt;
  const Lengths& allowed = plan.leads.size() == 1 ? plan.leads[0] : plan.leads[lead_of(national)];
  for (const LineKind kind : {LineKind::mobile, LineKind::fixed, LineKind::other})
    if ((allowed[static_cast<std::size_t>(kind)] >> national.size() & 1) != 0) return kind;
  return std::nullopt;
}

std::optional<std::size_t> PhonePlans::plan_of(std::string_view region) const {
  const std::size_t slot = region_slot(region);
  if (slot == kRegions || by_region_[slot] < 0) return std::nullopt;
  return static_cast<std::size_t>(by_region_[slot]);
}

std::string_view PhonePlans::code(std::string_view region) const {
  const auto plan = plan_of(region);
  return plan ? std::string_view(plans_[*plan].code) : std::string_view{};
}

std::optional<PhonePlans::Match> PhonePlans::match_international(std::string_view digits) const {
  if (digits.size() < 7 || digits.size() > kLongestNumber + 1) return std::nullopt;
  for (std::size_t length = 1; length <= 3; ++length) {
    const auto& sharing = by_code_[code_slot(digits.substr(0, length))];
    if (sharing.empty()) continue;
    std::optional<Match> best;
    for (const std::uint16_t index : sharing) {
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
        best = Match{index, static_cast<std::uint8_t>(digits.size() - national.size()), *kind};
    }
    return best;
  }
  return std::nullopt;
}

std::optional<PhonePlans::Match> PhonePlans::match_national(std::string_view digits,
                                                            std::size_t index) const {
  const Plan& plan = plans_[index];
  std::optional<LineKind> kind;
  std::size_t skip = 0;
  if (!plan.trunk.empty() && digits.starts_with(plan.trunk)) {
    skip = plan.trunk.size();
    kind = match(plan, digits.substr(skip));
  }
  if (!kind && (plan.trunk.empty() || plan.trunk_optional)) {
    skip = 0;
    kind = match(plan, digits);
  }
  if (!kind) return std::nullopt;
  return Match{static_cast<std::uint16_t>(index), static_cast<std::uint8_t>(skip), *kind};
}

std::string PhonePlans::written_out(std::string_view digits, const Match& match) const {
  std::string out = "+" + plans_[match.plan].code;
  out += digits.substr(match.skip);
  return out;
}

std::optional<PhoneNumber> PhonePlans::international(std::string_view digits) const {
  const auto match = match_international(digits);
  if (!match) return std::nullopt;
  return PhoneNumber{written_out(digits, *match), match->kind, false};
}

std::optional<PhoneNumber> PhonePlans::national(std::string_view digits,
                                                std::string_view region) const {
  const auto plan = plan_of(region);
  const auto match = plan ? match_national(digits, *plan) : std::nullopt;
  if (!match) return std::nullopt;
  return PhoneNumber{written_out(digits, *match), match->kind, true};
}

bool PhonePlans::usual_grouping(std::size_t plan, const std::vector<std::uint8_t>& groups) const {
  const auto& written = plans_[plan].written;
  return std::find(written.begin(), written.end(), groups) != written.end();
}

}  // namespace ovillo::extract
