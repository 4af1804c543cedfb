#include "ovillo/money/cycles.hpp"

#include <array>
#include <tuple>

namespace ovillo::money {

namespace {

constexpr unsigned kMostHops = 16;
constexpr unsigned kMarkedHops = 5;  // last hops of a cycle that are marked backwards
constexpr std::int64_t kSlabsPerWindow =
    2;  // starts of one account in one slab of time share marks

// Latest time at which an account may send the money on so that it is home within 1, 2, ... hops,
// in ticks after the group's first transfer; 0: it cannot. 16 bytes, as one is read per step.
struct Mark {
  std::uint32_t group = 0;  // group of starts that the mark belongs to
  std::array<std::uint16_t, kMarkedHops> latest{};
  std::uint8_t level = 0;  // last level at which the account was queued
};

class CycleSearch {
 public:
  CycleSearch(const TimedEdges& edges, const CycleOptions& options)
      : edges_(edges),
        options_(options),
        max_hops_(std::clamp(options.max_hops, 2u, kMostHops)),
        marked_hops_(std::min(max_hops_ - 1, kMarkedHops)),
        out_(edges, Timeline::Direction::outgoing),
        in_(edges, Timeline::Direction::incoming),
        mark_(edges.n_accounts),
        on_path_(edges.n_accounts, 0) {
    found_.n_by_hops.assign(max_hops_ + 1, 0);
  }

  // Slab of time by slab of time, so that what is read lies close together.
  Cycles run() {
    steps_left_ = options_.steps_at_once;
    const std::vector<std::uint32_t> order = order_of_starts();
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      while (end < order.size() && edges_.from[order[end]] == edges_.from[order[begin]] &&
             slab_of(order[end]) == slab_of(order[begin]))
        ++end;
      search_from({order.data() + begin, end - begin});
    }
    return std::move(found_);
  }

 private:
  std::int64_t slab_of(std::uint32_t transfer) const {
    const std::int64_t length_s = std::max<std::int64_t>(1, options_.window_s / kSlabsPerWindow);
    const std::int64_t time_s = edges_.time_s[transfer];
    return time_s / length_s - (time_s % length_s < 0 ? 1 : 0);
  }

  std::vector<std::uint32_t> order_of_starts() const {
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < edges_.from.size(); ++i)
      if (edges_.from[i] != edges_.to[i]) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tuple(slab_of(a), edges_.from[a], edges_.time_s[a], a) <
             std::tuple(slab_of(b), edges_.from[b], edges_.time_s[b], b);
    });
    return order;
  }

  // First transfers of one account close in time share their marks: what can be home by the end of
  // the last one's window is marked for all of them, a little too much for the earlier ones.
  void search_from(std::span<const std::uint32_t> starts) {
    ++group_;
    steps_left_ += options_.steps_per_transfer * starts.size();
    cut_ = false;
    home_ = edges_.from[starts.front()];
    begin_s_ = edges_.time_s[starts.front()];
    end_s_ = edges_.time_s[starts.back()] + options_.window_s;
    tick_bits_ = 0;
    while (((end_s_ - begin_s_) >> tick_bits_) >= 0xffff) ++tick_bits_;
    const bool anyone = mark_backwards();
    if (cut_) found_.n_starts_cut += starts.size();
    if (cut_ || !anyone) return;
    for (const std::uint32_t first : starts) {
      const std::uint32_t away = edges_.to[first];
      cut_ = false;
      end_s_ = edges_.time_s[first] + options_.window_s;
      path_.assign(1, first);
      on_path_[away] = 1;
      walk(away, edges_.time_s[first]);
      on_path_[away] = 0;
      if (cut_) ++found_.n_starts_cut;
    }
  }

  bool spend() {
    if (steps_left_ == 0) {
      cut_ = true;
      return false;
    }
    --steps_left_;
    return true;
  }

  // Rounded up, so that a mark never says too early.
  std::uint16_t ticks(std::int64_t time_s) const {
    return static_cast<std::uint16_t>(((time_s - begin_s_) >> tick_bits_) + 1);
  }

  // Marks who can send home within the marked hops. False: nobody can.
  bool mark_backwards() {
    frontier_.assign(1, home_);
    for (unsigned level = 1; level <= marked_hops_ && !frontier_.empty(); ++level) {
      next_.clear();
      for (const std::uint32_t account : frontier_) {
        const std::int64_t before_s =
            level == 1 ? end_s_ + 1
                       : begin_s_ + (std::int64_t{mark_[account].latest[level - 2]} << tick_bits_);
        const auto hops = in_.before(account, before_s);
        for (auto hop = hops.rbegin(); hop != hops.rend() && hop->time_s > begin_s_; ++hop) {
          if (!spend()) return false;
          if (hop->other != home_) improve(hop->other, level, ticks(hop->time_s));
        }
      }
      if (level == 1 && next_.empty()) return false;
      frontier_.swap(next_);
    }
    return true;
  }

  void improve(std::uint32_t account, unsigned level, std::uint16_t late) {
    Mark& mark = mark_[account];
    if (mark.group != group_) mark = {group_, {}, 0};
    if (mark.latest[level - 1] >= late) return;
    for (unsigned h = level - 1; h < kMarkedHops; ++h)
      mark.latest[h] = std::max(mark.latest[h], late);
    if (mark.level == level) return;
    mark.level = static_cast<std::uint8_t>(level);
    next_.push_back(account);
  }

  // Can money that reaches the account at `time_s` still be home within `hops`? True where the
  // marks do not reach that far.
  bool may_return(std::uint32_t account, std::int64_t time_s, unsigned hops) const {
    if (hops > marked_hops_) return true;
    const Mark& mark = mark_[account];
    return mark.group == group_ && mark.latest[hops - 1] >= ticks(time_s);
  }

  void walk(std::uint32_t account, std::int64_t time_s) {
    const unsigned left = max_hops_ - static_cast<unsigned>(path_.size());  // at least 1
    for (const Hop& hop : out_.after(account, time_s)) {
      if (hop.time_s > end_s_ || !spend()) return;
      if (hop.other == home_) {
        path_.push_back(hop.transfer);
        take();
        path_.pop_back();
      } else if (left > 1 && !on_path_[hop.other] && may_return(hop.other, hop.time_s, left - 1)) {
        path_.push_back(hop.transfer);
        on_path_[hop.other] = 1;
        walk(hop.other, hop.time_s);
        on_path_[hop.other] = 0;
        path_.pop_back();
      }
    }
  }

  void take() {
    ++found_.n_found;
    ++found_.n_by_hops[path_.size()];
    if (found_.cycle.size() >= options_.max_listed) return;
    found_.transfer.insert(found_.transfer.end(), path_.begin(), path_.end());
    found_.cycle.close_row(found_.transfer.size());
  }

  const TimedEdges& edges_;
  const CycleOptions& options_;
  const unsigned max_hops_;
  const unsigned marked_hops_;
  const Timeline out_;
  const Timeline in_;
  std::vector<Mark> mark_;
  std::vector<char> on_path_;
  std::vector<std::uint32_t> frontier_, next_, path_;
  Cycles found_;
  std::uint64_t steps_left_ = 0;
  std::int64_t begin_s_ = 0;
  std::int64_t end_s_ = 0;
  unsigned tick_bits_ = 0;  // a tick of the marks is 2^tick_bits_ s
  std::uint32_t home_ = 0;
  std::uint32_t group_ = 0;
  bool cut_ = false;
};

}  // namespace

Cycles find_cycles(const TimedEdges& edges, const CycleOptions& options) {
  return CycleSearch(edges, options).run();
}

}  // namespace ovillo::money
