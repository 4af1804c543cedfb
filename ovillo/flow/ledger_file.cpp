#include "ovillo/flow/ledger_file.hpp"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/file.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using nlohmann::ordered_json;
using resolve::Judgement;
using resolve::Verdict;

/// @return  what is wrong; empty: nothing.
std::string read_line(std::string_view line, Judgement& out) {
  const auto json = ordered_json::parse(line, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return "is not a JSON object";
  std::string verdict;
  for (const auto& [key, target] :
       {std::pair{"a", &out.a}, std::pair{"b", &out.b}, std::pair{"verdict", &verdict},
        std::pair{"by", &out.by}, std::pair{"reason", &out.reason}, std::pair{"at", &out.at}}) {
    if (!json.contains(key) || !json[key].is_string())
      return fmt::format("has no text \"{}\"", key);
    *target = json[key].get<std::string>();
  }
  const auto known = from_name<Verdict>(verdict);
  if (!known) return fmt::format("says \"{}\", which is no verdict", verdict);
  out.verdict = *known;
  return {};
}

}  // namespace

Result<std::vector<Judgement>> read_ledger(const std::filesystem::path& path) {
  std::vector<Judgement> out;
  if (!std::filesystem::exists(path)) return out;
  OVILLO_TRY(const std::string text, read_file(path));
  std::uint64_t row = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line(text.data() + begin, end - begin);
    ++row;
    if (!line.empty()) {
      Judgement judgement;
      if (const std::string wrong = read_line(line, judgement); !wrong.empty())
        return Error(ErrorCode::resolve_bad_ledger, "the line " + wrong,
                     Locus{path.string(), {}, row, {}, begin});
      out.push_back(std::move(judgement));
    }
    begin = end + 1;
  }
  return out;
}

Result<void> append_judgement(const std::filesystem::path& path, const Judgement& judgement) {
  OVILLO_TRY(const auto before, read_ledger(path));
  if (judgement.a.empty() || judgement.b.empty() || judgement.a == judgement.b)
    return Error(ErrorCode::base_bad_argument, "a judgement is about two records");
  if (judgement.by.empty() || judgement.reason.empty())
    return Error(ErrorCode::base_bad_argument,
                 "a judgement names who makes it (--by) and why (--reason)");
  std::ofstream file(path, std::ios::app);
  file << ordered_json{{"a", judgement.a},
                       {"b", judgement.b},
                       {"verdict", name_of(judgement.verdict)},
                       {"by", judgement.by},
                       {"reason", judgement.reason},
                       {"at", judgement.at}}
              .dump(-1, ' ', false, ordered_json::error_handler_t::replace)
       << '\n';
  file.flush();
  if (!file) return Error(ErrorCode::base_cannot_write, path.string());
  return {};
}

}  // namespace ovillo::flow
