#include "ovillo/money/flags.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/money/internal/flag_facts.hpp"

namespace ovillo::money {

namespace {

constexpr std::array<std::string_view, 3> kTables = {"transfers", "holders", "adverts"};

struct Rule {
  std::string_view name;
  FlagRule see;
  std::string_view parameters;  ///< apart by spaces
};

constexpr std::array<Rule, 24> kRules = {{
    {"cash_at_night", see_cash_at_night,
     "from_hour to_hour min_rows min_days min_places window_days"},
    {"advert_payments", see_advert_payments, "min_in_week min_weeks window_days"},
    {"pays_for_many_adverts", see_pays_for_many_adverts, "min_contacts"},
    {"lodging_and_travel", see_lodging_and_travel, "near_days min_rows min_weeks window_days"},
    {"living_costs_for_several", see_living_costs_for_several, "min_rows min_each window_days"},
    {"funnel_account", see_funnel_account,
     "below_amount min_rows window_days draw_days min_percent"},
    {"cash_outside_hours", see_cash_outside_hours, "slack_hours min_rows window_days"},
    {"cash_without_sales", see_cash_without_sales, "min_percent min_rows min_amount"},
    {"wages_to_one_account", see_wages_to_one_account, "min_wages min_days"},
    {"wages_drawn_together", see_wages_drawn_together,
     "min_workers min_percent window_days min_days"},
    {"wages_returned_in_cash", see_wages_returned_in_cash,
     "window_days min_percent min_returns min_workers min_share_of_deposits"},
    {"wages_returned_by_transfer", see_wages_returned_by_transfer,
     "window_days min_percent min_returns min_workers"},
    {"recruitment_fees", see_recruitment_fees, "min_people window_days"},
    {"no_payroll_at_growth", see_no_payroll_at_growth, "min_months min_amount min_percent"},
    {"places_of_use", see_places_of_use, "min_places min_weeks window_days"},
    {"holder_in_adverts", see_holder_in_adverts, "max_accounts"},
    {"cash_to_untraceable", see_cash_to_untraceable,
     "within_days min_percent min_rows window_days"},
    {"below_threshold", see_below_threshold, "threshold_amount min_percent min_rows window_days"},
    {"many_branches_one_day", see_many_branches_one_day, "min_places min_days window_days"},
    {"third_party_cash", see_third_party_cash, "min_people window_days"},
    {"round_cash", see_round_cash, "round_to min_rows min_percent window_days"},
    {"shared_details", see_shared_details, "min_people max_accounts"},
    {"remittances_to_one", see_remittances_to_one, "min_people min_rows window_days"},
    {"pass_through", see_pass_through,
     "min_rows min_days window_days within_hours min_percent max_out_percent"},
}};

const Rule* rule_of(std::string_view name) {
  const auto found = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const Rule& rule) { return rule.name == name; });
  return found == kRules.end() ? nullptr : found;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Error bad_file(const std::filesystem::path& file, std::string detail) {
  return Error(ErrorCode::base_bad_data_file, std::move(detail),
               Locus{file.string(), {}, {}, {}, {}});
}

Result<Flag> read_flag(const toml::table& table, const std::filesystem::path& file) {
  Flag flag;
  const std::array<std::pair<const char*, std::string Flag::*>, 10> texts = {
      {{"id", &Flag::id},
       {"name", &Flag::name},
       {"definition", &Flag::definition},
       {"why", &Flag::why},
       {"source", &Flag::source},
       {"basis", &Flag::basis},
       {"innocent", &Flag::innocent},
       {"cannot_see", &Flag::cannot_see},
       {"reviewed_by", &Flag::reviewed_by},
       {"rule", &Flag::rule}}};
  for (const auto& [key, member] : texts) {
    flag.*member = table[key].value_or(std::string());
    if ((flag.*member).empty())
      return bad_file(file, fmt::format("flag '{}': '{}' is needed", flag.id, key));
  }
  flag.number = table["number"].value_or(std::int64_t{0});
  const Rule* rule = rule_of(flag.rule);
  if (rule == nullptr) return bad_file(file, fmt::format("flag '{}': unknown rule", flag.id));
  const auto* parameters = table["parameters"].as_table();
  const auto wanted = words_of(rule->parameters);
  if (parameters == nullptr || parameters->size() != wanted.size())
    return bad_file(file,
                    fmt::format("flag '{}': needs the parameters {}", flag.id, rule->parameters));
  constexpr std::int64_t kMost = 1'000'000'000;
  for (const std::string_view name : wanted) {
    const auto value = (*parameters)[name].value<std::int64_t>();
    if (!value || *value < 0 || *value > kMost)
      return bad_file(
          file, fmt::format("flag '{}': '{}' is no number from 0 to {}", flag.id, name, kMost));
    flag.parameters.emplace(name, *value);
  }
  if (flag.parameters.contains("round_to") && flag.parameters.find("round_to")->second == 0)
    return bad_file(file, fmt::format("flag '{}': 'round_to' is 0", flag.id));
  return flag;
}

}  // namespace

std::span<const std::string_view> names(FlagTable) { return kTables; }

struct FlagBook::Impl {
  std::vector<Flag> flags;
  PaymentWords words;
};

FlagBook::FlagBook(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FlagBook::FlagBook(FlagBook&&) noexcept = default;
FlagBook& FlagBook::operator=(FlagBook&&) noexcept = default;
FlagBook::~FlagBook() = default;

Result<FlagBook> FlagBook::open(const std::filesystem::path& data) {
  const std::filesystem::path file = data / "money_flags" / "flags.toml";
  OVILLO_TRY(const std::string text, read_file(file));
  OVILLO_TRY(auto words, PaymentWords::open(data / "money_flags" / "words.toml"));
  std::vector<Flag> flags;
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    return bad_file(file, std::string(error.description()));
  }
  const auto* entries = table["flag"].as_array();
  if (entries == nullptr) return bad_file(file, "it holds no [[flag]]");
  for (const auto& entry : *entries) {
    if (!entry.is_table()) return bad_file(file, "it holds no [[flag]]");
    OVILLO_TRY(auto flag, read_flag(*entry.as_table(), file));
    flags.push_back(std::move(flag));
  }
  return FlagBook(std::make_unique<Impl>(Impl{std::move(flags), std::move(words)}));
}

const std::vector<Flag>& FlagBook::flags() const { return impl_->flags; }

FlagReport FlagBook::find(const FlagInput& input) const {
  const FlagFacts facts(input, impl_->words);
  FlagReport report;
  for (std::size_t f = 0; f < impl_->flags.size(); ++f) {
    FlagRun run(facts, impl_->flags[f], f, report);
    rule_of(impl_->flags[f].rule)->see(run);
  }
  std::stable_sort(report.hit.begin(), report.hit.end(), [](const FlagHit& a, const FlagHit& b) {
    return std::tie(a.flag, a.account, a.row) < std::tie(b.flag, b.account, b.row);
  });
  return report;
}

}  // namespace ovillo::money
