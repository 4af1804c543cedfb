// estimate, release, recommendations: what a rapporteur works with, from plain tables.
#include <algorithm>
#include <charconv>
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "cli/progress.hpp"
#include "ovillo/flow/estimate_file.hpp"
#include "ovillo/flow/private_release.hpp"
#include "ovillo/flow/recommendations_file.hpp"
#include "ovillo/flow/release_file.hpp"

namespace ovillo::cli {

namespace {

/// A number given as an option, low <= number < high. @error base.bad_argument.
Result<double> decimal_option(const Arguments& a, const std::string& name, double otherwise,
                              double low, double high) {
  if (!a.has(name)) return otherwise;
  const std::string text = a.get(name);
  double number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size() ||
      !(number >= low && number < high))
    return Error(
        ErrorCode::base_bad_argument,
        fmt::format("--{} takes a number from {} to below {}, not \"{}\"", name, low, high, text));
  return number;
}

Result<std::uint64_t> whole_option(const Arguments& a, const std::string& name,
                                   std::uint64_t otherwise, std::uint64_t low, std::uint64_t high) {
  OVILLO_TRY(const std::uint64_t number, number_option(a, name, otherwise));
  if (number < low || number > high)
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--{} takes a number from {} to {}, not {}", name, low, high, number));
  return number;
}

std::vector<std::string> parts(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Result<std::vector<picture::Method>> methods_of(const std::string& text) {
  if (text.empty() || text == "all") return picture::all_methods();
  std::vector<picture::Method> out;
  for (const std::string& part : parts(text)) {
    const auto method = picture::method_named(part);
    if (!method) {
      std::string known = "all";
      for (const picture::Method one : picture::all_methods())
        known += ", " + std::string(picture::name(one));
      return Error(ErrorCode::base_bad_argument,
                   fmt::format("--method: no method \"{}\"; they are: {}", part, known));
    }
    if (std::find(out.begin(), out.end(), *method) == out.end()) out.push_back(*method);
  }
  return out;
}

/// "region=Asia|Oceania:Asia and Oceania".
Result<flow::Pool> pool_in(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::size_t colon = text.rfind(':');
  if (equals == std::string_view::npos || colon == std::string_view::npos || colon < equals ||
      colon + 1 == text.size())
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--pool: \"{}\" is not COLUMN=VALUE|VALUE:NAME", text));
  flow::Pool out{std::string(text.substr(0, equals)), {}, std::string(text.substr(colon + 1))};
  std::string_view rest = text.substr(equals + 1, colon - equals - 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    out.values.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

Result<void> release_private(CommandContext& context) {
  const Arguments& a = context.arguments;
  flow::PrivateReleaseOrder order;
  if (a.all("file").size() != 1) return Error(ErrorCode::base_bad_argument, "one file is needed");
  order.file = a.all("file")[0];
  order.by = parts(a.get("by"));
  order.id = a.get("id");
  for (const std::string& text : a.all("pool")) {
    OVILLO_TRY(order.pools.emplace_back(), pool_in(text));
  }
  OVILLO_TRY(order.setting.epsilon, decimal_option(a, "epsilon", 4, 0, 100.1));
  OVILLO_TRY(order.setting.delta, decimal_option(a, "delta", 1e-6, 0, 1));
  OVILLO_TRY(const std::uint64_t length,
             whole_option(a, "length", 3, 1, release::kLongestCombination));
  order.setting.length = static_cast<unsigned>(length);
  order.ledger = a.get("ledger");
  order.records = a.get("records");
  order.about = a.get("about");
  order.preview = a.has("preview");
  order.now_utc_s = context.door.now_utc_s;
  return flow::write_private(order, context.door.out, context.door.err);
}

Result<void> release_budget(CommandContext& context) {
  const Arguments& a = context.arguments;
  if (a.all("file").size() != 1)
    return Error(ErrorCode::base_bad_argument, "the file of a ledger is needed");
  flow::BudgetOrder order{a.all("file")[0], a.get("of"), 0, 0, context.door.now_utc_s};
  OVILLO_TRY(order.epsilon, decimal_option(a, "epsilon", 0, 0, 100.1));
  OVILLO_TRY(order.delta, decimal_option(a, "delta", 1e-6, 0, 1));
  return flow::write_budget(order, context.door.out);
}

}  // namespace

Result<void> do_estimate(CommandContext& context) {
  constexpr std::uint64_t kMostTables = 100'000;
  const Arguments& a = context.arguments;
  flow::EstimateOrder order;
  order.path = a.get("file");
  order.counts = a.get("counts");
  order.totals = a.get("totals");
  order.models = a.get("models");
  picture::Settings& settings = order.settings;
  OVILLO_TRY(settings.methods, methods_of(a.get("method")));
  OVILLO_TRY(settings.n_replicates, whole_option(a, "replicates", 1000, 1, flow::kMostReplicates));
  OVILLO_TRY(settings.seed, number_option(a, "seed", 1));
  OVILLO_TRY(settings.threshold, decimal_option(a, "threshold", settings.threshold, 0, 1.0000001));
  OVILLO_TRY(settings.order, whole_option(a, "order", 0, 0, picture::kMostLists));
  OVILLO_TRY(settings.n_top, whole_option(a, "top", 100, 1, 100'000));
  // With one method asked for, the answer is that method's; the rest is asked for by name.
  order.diagnostics = settings.methods.size() > 1 || a.has("diagnostics");
  OVILLO_TRY(order.n_tables, whole_option(a, "tables", 100, 0, kMostTables));
  OVILLO_TRY(order.missed, decimal_option(a, "missed", 0, 0, 1));
  OVILLO_TRY(order.false_links, decimal_option(a, "false-links", 0, 0, 1));
  OVILLO_TRY(order.odds, decimal_option(a, "odds", order.odds, 1, 1e6));
  order.stated = parts(a.get("stated"));
  order.json = context.json();
  ProgressBar bar(context.door.err, context.door.interactive);
  std::uint64_t n_steps = 0;
  OVILLO_CHECK(flow::write_estimate(
      order,
      [&](std::string_view what) {
        constexpr std::uint64_t kSteps = 10;
        bar.show(what, n_steps++, kSteps, "steps");
      },
      context.door.out));
  bar.clear();
  return {};
}

Result<void> do_recommendations(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"owed", "annex", "json"}));
  const Arguments& a = context.arguments;
  flow::RecommendationsOrder order;
  order.path = a.get("file");
  order.recipient = a.get("recipient");
  order.language = a.get("language", "en");
  OVILLO_TRY(order.as_of_utc_s, day_option(a, "as-of", context.door.now_utc_s));
  if (a.get("format") == "annex") order.format = flow::RecommendationsFormat::annex;
  if (context.json() || a.get("format") == "json") order.format = flow::RecommendationsFormat::json;
  return flow::write_recommendations(order, vocabulary_folder(a), context.door.out,
                                     context.door.err);
}

Result<void> do_release(CommandContext& context) {
  constexpr std::uint64_t kMost = 1'000'000;
  const Arguments& a = context.arguments;
  if (a.get("action") == "private") return release_private(context);
  if (a.get("action") == "budget") return release_budget(context);
  flow::ReleaseOrder order;
  order.files = a.all("file");
  order.by = parts(a.get("by"));
  order.people = a.get("count");
  order.earlier = parts(a.get("earlier"));
  order.zeros = a.has("zeros");
  OVILLO_TRY(order.minimum, whole_option(a, "minimum", 5, 1, kMost));
  OVILLO_TRY(order.width, whole_option(a, "width", order.minimum, 1, kMost));
  if (a.get("action") == "table")
    return flow::write_release(order, context.door.out, context.door.err);
  if (a.get("action") == "attack")
    return flow::write_attack(order, context.door.out, context.door.err);
  order.id = a.get("id");
  order.key_file = a.get("key");
  if (a.get("action") == "rounded") {
    constexpr std::uint64_t kMostBase = 1000;
    order.how = a.get("how", "controlled");
    OVILLO_TRY(order.base, whole_option(a, "base", 5, 2, kMostBase));
    return flow::write_rounded(order, context.door.out, context.door.err);
  }
  constexpr std::uint64_t kMostMove = 50;
  OVILLO_TRY(const std::uint64_t most, whole_option(a, "most", 5, 1, kMostMove));
  OVILLO_TRY(const std::uint64_t blocked, whole_option(a, "blocked", 2, 0, kMostMove));
  order.noise.most = static_cast<std::uint32_t>(most);
  order.noise.smallest_shown = static_cast<std::uint32_t>(blocked);
  OVILLO_TRY(order.noise.variance, decimal_option(a, "variance", 3, 0, 1e6));
  if (a.get("action") == "moved")
    return flow::write_moved(order, context.door.out, context.door.err);
  return Error(ErrorCode::base_bad_argument,
               "release table, moved, rounded, private, budget or attack, and a file");
}

}  // namespace ovillo::cli
