#include "ovillo/flow/match_model_file.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using nlohmann::ordered_json;
using resolve::Agreement;
using resolve::MatchModel;
using resolve::Part;
using Chances = std::array<double, resolve::kAgreements>;

constexpr int kModelVersion = 1;

double rounded(double p) { return std::stod(fmt::format("{:.6g}", p)); }

ordered_json chances_to_json(const Chances& chances) {
  ordered_json out;
  for (std::size_t l = 0; l < chances.size(); ++l)
    out[std::string(name_of(static_cast<Agreement>(l)))] = rounded(chances[l]);
  return out;
}

/// @return  what is wrong; empty: nothing.
std::string read_chances(const ordered_json& json, Chances& out) {
  double sum = 0;
  for (std::size_t l = 0; l < out.size(); ++l) {
    const std::string level(name_of(static_cast<Agreement>(l)));
    if (!json.is_object() || !json.contains(level) || !json[level].is_number())
      return "it has no number \"" + level + "\"";
    out[l] = json[level].get<double>();
    if (!(out[l] >= 0 && out[l] <= 1)) return "\"" + level + "\" is no chance between 0 and 1";
    sum += out[l];
  }
  return std::abs(sum - 1) > 0.01 ? "the chances do not sum to 1" : "";
}

}  // namespace

std::string model_to_json(const MatchModel& model) {
  ordered_json parts;
  for (std::size_t p = 0; p < resolve::kParts; ++p)
    parts[std::string(name_of(static_cast<Part>(p)))] = {{"m", chances_to_json(model.part[p].m)},
                                                         {"u", chances_to_json(model.part[p].u)}};
  return ordered_json{{"match_model", kModelVersion},
                      {"repeats_per_row", rounded(model.repeats_per_row)},
                      {"relatives_per_row", rounded(model.relatives_per_row)},
                      {"parts", std::move(parts)}}
             .dump(2) +
         "\n";
}

Result<MatchModel> model_from_json(const std::string& text, const std::string& file) {
  const auto bad = [&](std::string detail) {
    return Error(ErrorCode::resolve_bad_model, std::move(detail), Locus{file, {}, {}, {}, {}});
  };
  const auto json = ordered_json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return bad("it is not a JSON document");
  if (json.value("match_model", ordered_json()) != kModelVersion)
    return bad(fmt::format("\"match_model\" is not {}", kModelVersion));
  MatchModel model = resolve::general_model();
  for (const auto& [key, target] : {std::pair{"repeats_per_row", &model.repeats_per_row},
                                    std::pair{"relatives_per_row", &model.relatives_per_row}}) {
    if (!json.contains(key)) continue;
    if (!json[key].is_number() || !(json[key].get<double>() > 0))
      return bad(fmt::format("\"{}\" is not a number above 0", key));
    *target = json[key].get<double>();
  }
  if (!json.contains("parts") || !json["parts"].is_object()) return bad("it has no \"parts\"");
  for (const auto& [name, chances] : json["parts"].items()) {
    const auto part = from_name<Part>(name);
    if (!part) return bad("\"" + name + "\" is not a part");
    resolve::PartModel& out = model.part[resolve::index_of(*part)];
    for (const auto& [key, target] : {std::pair{"m", &out.m}, std::pair{"u", &out.u}})
      if (const std::string wrong = read_chances(
              chances.is_object() && chances.contains(key) ? chances[key] : ordered_json(),
              *target);
          !wrong.empty())
        return bad(fmt::format("{}, {}: {}", name, key, wrong));
  }
  return model;
}

}  // namespace ovillo::flow
