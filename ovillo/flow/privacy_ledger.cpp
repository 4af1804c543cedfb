#include "ovillo/flow/privacy_ledger.hpp"

#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/release/privacy_loss.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;

Error broken(const std::string& path, std::uint64_t line, std::string why) {
  return Error(ErrorCode::release_bad_ledger, std::move(why), Locus{path, {}, line, {}, {}});
}

std::string hash_of(std::string_view line) {
  Sha256 hash;
  hash.update(line);
  return hash.hex();
}

/// Held while a release is entered; released with the file.
class LedgerLock {
 public:
  static Result<LedgerLock> take(const std::string& path) {
    const int file = ::open((path + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) return Error(ErrorCode::base_cannot_write, path + ".lock");
    LedgerLock out(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0)
      return broken(path, 0, "another release is being entered");
    return out;
  }
  LedgerLock(LedgerLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  LedgerLock(const LedgerLock&) = delete;
  LedgerLock& operator=(const LedgerLock&) = delete;
  LedgerLock& operator=(LedgerLock&&) = delete;
  ~LedgerLock() {
    if (file_ >= 0) ::close(file_);
  }

 private:
  explicit LedgerLock(int file) : file_(file) {}
  int file_;
};

std::optional<double> number_in(const Json& line, const char* key) {
  const auto found = line.find(key);
  if (found == line.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string text_in(const Json& line, const char* key) {
  const auto found = line.find(key);
  return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<PrivacyBudget> budget_in(const Json& line) {
  const auto version = number_in(line, "ledger");
  const auto epsilon = number_in(line, "epsilon");
  const auto delta = number_in(line, "delta");
  if (!version || *version != 1 || !epsilon || !delta || *epsilon <= 0 || *delta <= 0 ||
      *delta >= 1)
    return std::nullopt;
  return PrivacyBudget{text_in(line, "of"), *epsilon, *delta};
}

std::optional<PrivacySpent> spent_in(const Json& line) {
  const auto epsilon = number_in(line, "epsilon");
  const auto delta = number_in(line, "delta");
  const auto rho = number_in(line, "rho");
  if (!epsilon || !delta || !rho || *rho < 0 || *delta < 0) return std::nullopt;
  return PrivacySpent{0,   text_in(line, "what"), text_in(line, "data_sha256"), *epsilon, *delta,
                      *rho};
}

}  // namespace

Result<void> PrivacyLedger::create(const std::string& path, const PrivacyBudget& budget,
                                   std::int64_t now_utc_s) {
  constexpr double kMostEpsilon = 100;
  if (std::filesystem::exists(path))
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("{} is there already; a budget is set once", path));
  if (!(budget.epsilon > 0) || budget.epsilon > kMostEpsilon || !(budget.delta > 0) ||
      budget.delta >= 1)
    return Error(
        ErrorCode::base_bad_argument,
        fmt::format("epsilon is above 0 and at most {}, delta between 0 and 1", kMostEpsilon));
  const Json line = {{"ledger", 1},
                     {"of", budget.of},
                     {"epsilon", budget.epsilon},
                     {"delta", budget.delta},
                     {"made", format_utc(now_utc_s)}};
  return write_file(path, line.dump() + "\n");
}

Result<PrivacyLedger> PrivacyLedger::open(const std::string& path) {
  PrivacyLedger out;
  out.path_ = path;
  OVILLO_TRY(out.text_, read_file(path));
  if (out.text_.empty() || out.text_.back() != '\n')
    return broken(path, 1, "the last line is not whole");
  std::string_view rest = out.text_;
  for (std::uint64_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return broken(path, number, "no line of a ledger");
    if (number == 1) {
      const auto budget = budget_in(json);
      if (!budget) return broken(path, number, "it does not begin with a budget");
      out.budget_ = *budget;
    } else {
      const auto spent = spent_in(json);
      if (!spent) return broken(path, number, "no release");
      if (text_in(json, "before") != hash_of(out.last_line_))
        return broken(path, number, "it does not follow the line before it");
      out.spent_.push_back(*spent);
    }
    out.last_line_ = line;
  }
  return out;
}

double PrivacyLedger::epsilon_spent() const {
  double rho = 0;
  for (const PrivacySpent& one : spent_) rho += one.rho;
  return release::epsilon_of(rho, budget_.delta * release::kDeltaOfLoss);
}

bool PrivacyLedger::allows(const PrivacySpent& one) const {
  // A budget is met to the last digit; sums of decimals are not.
  constexpr double kRounding = 1e-9;
  double rho = one.rho;
  double delta = one.delta;
  for (const PrivacySpent& before : spent_) {
    rho += before.rho;
    delta += before.delta;
  }
  return rho <= release::rho_of(budget_.epsilon, budget_.delta * release::kDeltaOfLoss) *
                    (1 + kRounding) &&
         delta <= budget_.delta * (1 + kRounding);
}

Result<void> PrivacyLedger::spend(const PrivacySpent& release) {
  OVILLO_TRY(const LedgerLock lock, LedgerLock::take(path_));
  OVILLO_TRY(const std::string now, read_file(path_));
  if (now != text_) return broken(path_, 0, "it changed while the release was worked out");
  if (!allows(release))
    return Error(
        ErrorCode::release_over_budget,
        fmt::format("epsilon {:.3g} of {:.3g} is spent, this one takes {:.3g}; delta {:.2g} "
                    "of {:.2g}",
                    epsilon_spent(), budget_.epsilon, release.epsilon, release.delta,
                    budget_.delta),
        Locus{path_, {}, {}, {}, {}});
  const Json line = {{"release", spent_.size() + 1}, {"at", format_utc(release.at_utc_s)},
                     {"what", release.what},         {"data_sha256", release.data_sha256},
                     {"epsilon", release.epsilon},   {"delta", release.delta},
                     {"rho", release.rho},           {"before", hash_of(last_line_)}};
  const std::string text = line.dump();
  OVILLO_CHECK(write_file(path_, text_ + text + "\n"));
  text_ += text + "\n";
  last_line_ = text;
  spent_.push_back(release);
  return {};
}

}  // namespace ovillo::flow
