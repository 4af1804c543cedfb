#include "ovillo/casework/saved_charts.hpp"

#include <algorithm>
#include <tuple>

#include <nlohmann/json.hpp>

namespace ovillo::casework {

namespace {

using Json = nlohmann::ordered_json;

std::string key_of(std::string_view user) { return "saved_charts/" + std::string(user); }

bool is_before(const SavedChart& x, const SavedChart& y) {
  return std::tie(x.network, x.name) < std::tie(y.network, y.name);
}

Result<void> put(storage::Workspace& workspace, std::string_view user,
                 const std::vector<SavedChart>& charts) {
  Json list = Json::array();
  for (const SavedChart& one : charts)
    list.push_back({{"network", one.network},
                    {"name", one.name},
                    {"case", one.case_reference},
                    {"at", one.at_utc_s},
                    {"content", one.content}});
  return workspace.put(key_of(user), list.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

Result<std::vector<SavedChart>> saved_charts(const storage::Workspace& workspace,
                                             std::string_view user) {
  std::vector<SavedChart> out;
  OVILLO_TRY(const auto bytes, workspace.get(key_of(user)));
  if (!bytes) return out;
  const auto list = Json::parse(*bytes, nullptr, false);
  if (!list.is_array()) return Error(ErrorCode::casework_damaged_event, "saved charts");
  for (const auto& one : list)
    out.push_back({one.value("network", ""), one.value("name", ""), one.value("case", ""),
                   one.value("at", std::int64_t{0}), one.value("content", "{}")});
  return out;
}

Result<void> keep_chart(storage::Workspace& workspace, std::string_view user, SavedChart chart) {
  if (chart.name.empty() || chart.name.size() > kLongestChartName)
    return Error(ErrorCode::base_bad_argument, "a chart is kept under a name of 1 to 120 bytes");
  if (chart.content.size() > kLargestSavedChart || !Json::accept(chart.content) ||
      !Json::parse(chart.content).is_object())
    return Error(ErrorCode::base_bad_argument, "a chart is a JSON object of at most 256,000 bytes");
  OVILLO_TRY(auto charts, saved_charts(workspace, user));
  std::erase_if(charts, [&](const SavedChart& one) {
    return one.network == chart.network && one.name == chart.name;
  });
  if (charts.size() >= kMostSavedCharts)
    return Error(ErrorCode::base_bad_argument, "200 charts are kept already: drop one first");
  charts.insert(std::ranges::upper_bound(charts, chart, is_before), std::move(chart));
  return put(workspace, user, charts);
}

Result<bool> drop_chart(storage::Workspace& workspace, std::string_view user,
                        std::string_view network, std::string_view name) {
  OVILLO_TRY(auto charts, saved_charts(workspace, user));
  const auto n = std::erase_if(
      charts, [&](const SavedChart& one) { return one.network == network && one.name == name; });
  if (n == 0) return false;
  OVILLO_CHECK(put(workspace, user, charts));
  return true;
}

}  // namespace ovillo::casework
