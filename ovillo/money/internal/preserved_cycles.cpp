// Cycles in which each account pays on what it got, less a little.
#include <algorithm>

#include "ovillo/money/internal/shape_search.hpp"

namespace ovillo::money {

namespace {

constexpr std::size_t kFewestHops = 3;  // two are a refund

class PreservedCycles {
 public:
  PreservedCycles(const ShapeSearch& search, std::uint64_t& n_cut)
      : search_(search), n_cut_(n_cut), on_path_(search.transfers.account.size(), 0) {}

  std::vector<Shape> run() {
    const Transfers& t = search_.transfers;
    for (std::uint32_t first = 0; first < t.size(); ++first) {
      if (t.from[first] == t.to[first]) continue;
      work_.bring(search_.options.steps_per_transfer);
      home_ = t.from[first];
      cut_ = false;
      path_.assign(1, first);
      on_path_[t.to[first]] = 1;
      walk(1, 1);
      on_path_[t.to[first]] = 0;
      if (cut_) ++n_cut_;
    }
    return std::move(found_);
  }

 private:
  // `expected`: product over the hops of what chance offers as soon and as close at each;
  // `offered`: the same for anything a hop may be.
  void walk(double expected, double offered) {
    const Transfers& t = search_.transfers;
    const std::uint32_t last = path_.back();
    for (const Hop& hop : search_.out.after(t.to[last], t.time_s[last])) {
      if (hop.time_s > t.time_s[last] + search_.options.hop_s) return;
      if (!work_.spend()) {
        cut_ = true;
        return;
      }
      if (!search_.paid_on(last, hop.transfer)) continue;
      const double next = expected * search_.expected_paid_on(last, hop.transfer);
      if (next > 1) continue;  // any account of this file could be reached like this
      const double offer = offered * search_.offered_on(last, t.to[last]);
      path_.push_back(hop.transfer);
      if (hop.other == home_) {
        if (path_.size() >= kFewestHops) take(next, offer);
      } else if (path_.size() < search_.options.max_hops && !on_path_[hop.other]) {
        on_path_[hop.other] = 1;
        walk(next, offer);
        on_path_[hop.other] = 0;
      }
      path_.pop_back();
    }
  }

  void take(double expected, double offered) {
    const Chance& chance = search_.chance;
    const auto n_choices = static_cast<unsigned>(2 * (path_.size() - 1));  // a time and a sum each
    const double in_file = chance.n_transfers() * chance.receive_share(home_) *
                           product_tail(expected, offered, n_choices);
    if (in_file <= search_.options.max_expected) found_.push_back({Pattern::cycle, in_file, path_});
  }

  const ShapeSearch& search_;
  std::uint64_t& n_cut_;
  std::vector<char> on_path_;
  std::vector<std::uint32_t> path_;
  std::vector<Shape> found_;
  WorkLimit work_{50'000'000};
  std::uint32_t home_ = 0;
  bool cut_ = false;
};

}  // namespace

std::vector<Shape> find_preserved_cycles(const ShapeSearch& search, std::uint64_t& n_cut) {
  return least_likely(PreservedCycles(search, n_cut).run(), search.transfers.size());
}

}  // namespace ovillo::money
