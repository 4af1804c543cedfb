#include "ovillo/resolve/match_model.hpp"

#include <initializer_list>

namespace ovillo::resolve {

namespace {

constexpr std::array<std::string_view, kParts> kPartNames = {
    "name",     "given_name", "surname", "other_names", "birth_date", "phone",
    "email",    "document",   "account", "plate",       "alias",      "address",
    "postcode", "place",      "region",  "gender",      "occupation", "text"};
constexpr std::array<std::string_view, kAgreements> kAgreementNames = {
    "equal", "swapped", "typo", "variant", "similar", "differs"};

MatchModel make_general_model() {
  MatchModel model;
  //                       equal swapped typo variant similar differs
  const auto set = [&](Part p, std::array<double, kAgreements> m,
                       std::array<double, kAgreements> u) { model.part[index_of(p)] = {m, u}; };
  set(Part::given_name, {0.85, 0.01, 0.05, 0.04, 0.02, 0.03},
      {0.005, 1e-4, 0.004, 0.004, 0.02, 0.967});
  set(Part::surname, {0.86, 0.01, 0.06, 0.02, 0.02, 0.03},
      {0.001, 1e-4, 0.001, 0.001, 0.01, 0.987});
  set(Part::other_names, {0.7, 1e-4, 0.05, 0.05, 0.05, 0.15},
      {0.01, 1e-5, 0.004, 0.01, 0.02, 0.956});
  set(Part::alias, {0.5, 1e-4, 0.05, 0.05, 0.05, 0.35}, {0.005, 1e-5, 0.004, 0.004, 0.02, 0.967});
  set(Part::birth_date, {0.9, 0.01, 0.05, 0.01, 0.01, 0.02},
      {1e-4, 1e-4, 0.002, 0.001, 0.03, 0.967});
  set(Part::phone, {0.6, 1e-5, 0.03, 1e-5, 1e-5, 0.37}, {1e-6, 1e-9, 1e-6, 1e-9, 1e-9, 1});
  set(Part::email, {0.65, 1e-5, 0.04, 1e-5, 0.04, 0.27}, {1e-6, 1e-9, 1e-4, 1e-9, 0.002, 0.998});
  set(Part::document, {0.92, 1e-5, 0.06, 1e-5, 1e-5, 0.02}, {1e-6, 1e-9, 1e-6, 1e-9, 1e-9, 1});
  set(Part::account, {0.6, 1e-5, 0.03, 1e-5, 1e-5, 0.37}, {1e-6, 1e-9, 1e-6, 1e-9, 1e-9, 1});
  set(Part::plate, {0.5, 1e-5, 0.04, 1e-5, 1e-5, 0.46}, {1e-6, 1e-9, 1e-6, 1e-9, 1e-9, 1});
  set(Part::address, {0.55, 1e-5, 0.15, 1e-5, 0.1, 0.2}, {1e-4, 1e-9, 1e-4, 1e-9, 0.005, 0.995});
  set(Part::postcode, {0.7, 1e-5, 0.06, 1e-5, 0.08, 0.16}, {0.001, 1e-9, 0.005, 1e-9, 0.02, 0.974});
  set(Part::place, {0.75, 1e-5, 0.06, 0.02, 0.02, 0.15}, {0.01, 1e-9, 0.001, 0.001, 0.01, 0.978});
  set(Part::region, {0.9, 1e-5, 1e-5, 1e-5, 1e-5, 0.1}, {0.1, 1e-9, 1e-9, 1e-9, 1e-9, 0.9});
  set(Part::gender, {0.97, 1e-5, 1e-5, 1e-5, 1e-5, 0.03}, {0.5, 1e-9, 1e-9, 1e-9, 1e-9, 0.5});
  set(Part::occupation, {0.6, 1e-5, 1e-5, 1e-5, 1e-5, 0.4}, {0.02, 1e-9, 1e-9, 1e-9, 1e-9, 0.98});
  set(Part::text, {0.3, 1e-5, 0.3, 1e-5, 0.25, 0.15}, {1e-5, 1e-9, 1e-4, 1e-9, 0.005, 0.995});
  model.part[index_of(Part::name)] = model.part[index_of(Part::surname)];
  return model;
}

}  // namespace

std::span<const std::string_view> names(Part) { return kPartNames; }
std::span<const std::string_view> names(Agreement) { return kAgreementNames; }

const MatchModel& general_model() {
  static const MatchModel model = make_general_model();
  return model;
}

}  // namespace ovillo::resolve
