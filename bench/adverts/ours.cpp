// bench/adverts: ours, and the measures for everybody. Each verb prints JSON, one object a line;
// rows.py makes the sets, calls this and lays the figures beside their bars.
//
//   bench_adverts cluster SET.csv [ANSWER.csv] [--whole]
//       clusters on one thread: CPU seconds, bytes of memory beside the text, candidates
//       --whole: decides on the whole set as one component, to see what the bands lose
//   bench_adverts score SET.csv ANSWER.csv
//       agreement of an answer with the truth, in all and by language
//   bench_adverts keeps SET.csv N_SHUFFLES N_ADDED [STRANGERS.csv]
//       how often another order, or one advert more, changes a cluster
//   bench_adverts days SET.csv N_DAYS N_A_DAY
//       the last N_DAYS times N_A_DAY texts are added day by day to the rest: CPU seconds, and
//       whether the clusters at the end are those of all texts at once
//   bench_adverts show SET.csv ANSWER.csv N
//       N clusters, evenly taken by size, with up to three members each: for reading
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/adverts/labelled.hpp"
#include "bench/adverts/measures.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/live.hpp"

namespace {

using namespace ovillo;
using bench::Labelled;

// User and system time: what a text costs the machine.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// A field of /proc/self/status in bytes, such as "VmHWM" (the peak) or "VmRSS".
double status_bytes(std::string_view field) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(field))
      return std::strtod(line.c_str() + field.size() + 1, nullptr) * 1024;
  return 0;
}

// From here on the peak is that of what follows.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

std::vector<std::string_view> views_of(const StringColumn& texts) {
  std::vector<std::string_view> out(texts.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = texts[i];
  return out;
}

std::size_t largest(const std::vector<std::uint32_t>& label) {
  std::vector<std::size_t> size(label.size(), 0);
  std::size_t most = 0;
  for (const std::uint32_t l : label) most = std::max(most, ++size[l]);
  return most;
}

Result<void> do_cluster(std::span<const std::string> arguments, bool whole,
                        const cluster::Background& background) {
  OVILLO_TRY(const Labelled set, bench::read_labelled(arguments[0]));
  const auto n = static_cast<double>(std::max<std::size_t>(1, set.text.size()));
  forget_peak();
  const double bytes_before = status_bytes("VmRSS");
  const double before = cpu_seconds();
  const cluster::Decision found = whole ? cluster::decide(views_of(set.text), background)
                                        : cluster::cluster(set.text, background);
  const double seconds = cpu_seconds() - before;
  const double bytes = status_bytes("VmHWM") - bytes_before;
  const auto component = largest(candidate_components(cluster::sketch(set.text, background)));
  fmt::print(
      "{{\"texts\": {}, \"text_bytes\": {}, \"clusters\": {}, \"cpu_s\": {:.4f}, "
      "\"bytes_per_text\": {:.0f}, \"largest_component\": {}}}\n",
      set.text.size(), set.text.arena().size(), found.templates.size(), seconds, bytes / n,
      component);
  return arguments.size() < 2 ? Result<void>{}
                              : bench::write_answer(arguments[1], set, found.cluster);
}

std::string counts(const bench::InCluster& x) {
  return fmt::format(
      "\"texts\": {}, \"found\": {}, \"truth\": {}, \"both\": {}, \"p\": {:.5f}, \"r\": {:.5f}",
      x.n_texts, x.n_found, x.n_truth, x.n_both, x.precision(), x.recall());
}

Result<void> do_score(std::span<const std::string> arguments) {
  OVILLO_TRY(const Labelled set, bench::read_labelled(arguments[0]));
  OVILLO_TRY(const auto found, bench::read_answer(arguments[1], set));
  const bench::Agreement a = bench::compare(found, set.cluster);
  std::map<std::string, bench::InCluster> by_language;
  for (std::size_t i = 0; i < found.size(); ++i)
    by_language[set.language[i]].add(found[i] >= 0, set.cluster[i] >= 0);
  std::string languages;
  for (const auto& [name, x] : by_language)
    languages += fmt::format("{}\"{}\": {{{}}}", languages.empty() ? "" : ", ", name, counts(x));
  fmt::print(
      "{{{}, \"ari\": {:.5f}, \"pair_p\": {:.5f}, \"pair_r\": {:.5f}, \"clusters\": {}, "
      "\"mixed\": {}, \"languages\": {{{}}}}}\n",
      counts(a.in_cluster), a.ari, a.pair_precision, a.pair_recall, a.n_clusters, a.n_mixed,
      languages);
  return {};
}

// The clustering of the first n texts, as the smallest member of each one's cluster.
std::vector<std::size_t> partition(std::span<const std::int32_t> cluster) {
  std::map<std::int32_t, std::size_t> first;
  std::vector<std::size_t> out(cluster.size());
  for (std::size_t i = 0; i < cluster.size(); ++i)
    out[i] = cluster[i] < 0 ? i : first.try_emplace(cluster[i], i).first->second;
  return out;
}

std::vector<std::size_t> partition_in_order(const Labelled& set, std::span<const std::size_t> order,
                                            const cluster::Background& background) {
  StringColumn texts;
  for (const std::size_t i : order) texts.push_back(set.text[i]);
  const auto found = cluster::cluster(texts, background).cluster;
  std::vector<std::int32_t> back(found.size());
  for (std::size_t k = 0; k < order.size(); ++k) back[order[k]] = found[k];
  return partition(back);
}

// Clusters as sets of rows, whatever their numbers.
std::vector<std::vector<std::uint32_t>> members_of(std::span<const std::int32_t> cluster) {
  std::map<std::int32_t, std::vector<std::uint32_t>> members;
  for (std::uint32_t i = 0; i < cluster.size(); ++i)
    if (cluster[i] >= 0) members[cluster[i]].push_back(i);
  std::vector<std::vector<std::uint32_t>> out;
  for (auto& [number, rows] : members) out.push_back(std::move(rows));
  std::sort(out.begin(), out.end());
  return out;
}

Result<void> do_days(std::span<const std::string> arguments,
                     const cluster::Background& background) {
  OVILLO_TRY(const Labelled set, bench::read_labelled(arguments[0]));
  const auto n_days = std::strtoul(arguments[1].c_str(), nullptr, 10);
  const auto n_a_day = std::strtoul(arguments[2].c_str(), nullptr, 10);
  if (n_days == 0 || n_days * n_a_day >= set.text.size())
    return Error(ErrorCode::base_bad_argument, "fewer days than there are texts for");
  const std::vector<std::string_view> texts = views_of(set.text);
  std::map<std::uint64_t, std::vector<std::uint32_t>> hands;
  cluster::LiveTexts live(background, std::nullopt);
  std::vector<double> seconds;
  std::size_t at = 0;
  const auto add = [&](std::size_t n) {
    const double before = cpu_seconds();
    cluster::LiveTexts::Change change =
        live.add(std::span(texts).subspan(at, n), std::less<std::uint32_t>());
    seconds.push_back(cpu_seconds() - before);
    at += n;
    for (const auto stamp : change.gone) hands.erase(stamp);
    for (std::size_t i = 0; i < change.made.size(); ++i)
      hands[change.made[i]] = std::move(change.hands[i].rows);
  };
  add(texts.size() - n_days * n_a_day);
  const double first = std::exchange(seconds, {}).front();
  const double bytes = status_bytes("VmRSS");
  for (std::size_t day = 0; day < n_days; ++day) add(n_a_day);
  std::sort(seconds.begin(), seconds.end());
  std::vector<std::vector<std::uint32_t>> found;
  for (auto& [stamp, rows] : hands) found.push_back(std::move(rows));
  std::sort(found.begin(), found.end());
  std::optional<cluster::Counts> counts = live.counts();
  const bool equal = found == members_of(cluster::decide(texts, background, counts).cluster);
  fmt::print(
      "{{\"texts\": {}, \"first_cpu_s\": {:.2f}, \"median_day_cpu_s\": {:.3f}, "
      "\"worst_day_cpu_s\": {:.3f}, \"process_bytes\": {:.0f}, \"equals_all_at_once\": {}}}\n",
      texts.size(), first, seconds[seconds.size() / 2], seconds.back(), bytes, equal);
  return {};
}

Result<void> do_keeps(std::span<const std::string> arguments,
                      const cluster::Background& background) {
  OVILLO_TRY(const Labelled set, bench::read_labelled(arguments[0]));
  const auto n_shuffles = std::strtoul(arguments[1].c_str(), nullptr, 10);
  const auto n_added = std::strtoul(arguments[2].c_str(), nullptr, 10);
  std::vector<std::size_t> order(set.text.size());
  std::iota(order.begin(), order.end(), 0);
  const auto before = partition_in_order(set, order, background);

  Rng rng(1);
  std::size_t n_reordered = 0;
  for (std::size_t s = 0; s < n_shuffles; ++s) {
    rng.shuffle(order);
    n_reordered += partition_in_order(set, order, background) != before ? 1 : 0;
  }

  std::size_t n_tried = 0;
  std::size_t n_changed = 0;
  std::size_t n_moved = 0;
  if (arguments.size() > 3) {
    OVILLO_TRY(const Labelled strangers, bench::read_labelled(arguments[3]));
    StringColumn texts = set.text;
    for (std::size_t i = 0; i < strangers.text.size() && n_tried < n_added; ++i) {
      if (strangers.cluster[i] >= 0) continue;
      ++n_tried;
      StringColumn more = texts;
      more.push_back(strangers.text[i]);
      auto found = cluster::cluster(more, background).cluster;
      found.pop_back();
      const auto after = partition(found);
      std::size_t n_differ = 0;
      for (std::size_t k = 0; k < after.size(); ++k) n_differ += after[k] != before[k] ? 1 : 0;
      n_changed += n_differ > 0 ? 1 : 0;
      n_moved += n_differ;
    }
  }
  fmt::print(
      "{{\"texts\": {}, \"shuffles\": {}, \"reordered\": {}, \"added\": {}, \"changed\": {}, "
      "\"moved\": {}}}\n",
      set.text.size(), n_shuffles, n_reordered, n_tried, n_changed, n_moved);
  return {};
}

Result<void> do_show(std::span<const std::string> arguments) {
  OVILLO_TRY(const Labelled set, bench::read_labelled(arguments[0]));
  OVILLO_TRY(const auto found, bench::read_answer(arguments[1], set));
  std::map<std::int32_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (found[i] >= 0) members[found[i]].push_back(i);
  std::vector<std::vector<std::size_t>> by_size;
  for (auto& [number, rows] : members) by_size.push_back(std::move(rows));
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto& x, const auto& y) { return x.size() > y.size(); });
  const std::size_t n_wanted = std::strtoul(arguments[2].c_str(), nullptr, 10);
  const std::size_t n = std::min(by_size.size(), n_wanted);
  for (std::size_t k = 0; k < n; ++k) {
    const auto& rows = by_size[k * by_size.size() / n];
    const auto n_truth =
        std::count_if(rows.begin(), rows.end(), [&](std::size_t i) { return set.cluster[i] >= 0; });
    fmt::print("== {} texts, {} labelled\n", rows.size(), n_truth);
    for (std::size_t m = 0; m < std::min<std::size_t>(3, rows.size()); ++m)
      fmt::print("-- {}\n{}\n", set.id[rows[m]], set.text[rows[m]].substr(0, 400));
  }
  return {};
}

Result<void> run(std::string_view verb, std::span<const std::string> arguments, bool whole) {
  if (verb == "score") return do_score(arguments);
  if (verb == "show") return do_show(arguments);
  OVILLO_TRY(const auto background, cluster::Background::open(data_folder()));
  return verb == "cluster" ? do_cluster(arguments, whole, background)
         : verb == "days"  ? do_days(arguments, background)
                           : do_keeps(arguments, background);
}

// How many arguments a verb needs at least; 0: no such verb.
std::size_t n_needed(std::string_view verb) {
  const std::map<std::string_view, std::size_t> needed = {
      {"cluster", 1}, {"score", 2}, {"keeps", 3}, {"days", 3}, {"show", 3}};
  const auto at = needed.find(verb);
  return at == needed.end() ? 0 : at->second;
}

}  // namespace

int main(int argc, char** argv) {
  set_thread_count(1);
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool whole = std::erase(arguments, "--whole") > 0;
  const std::string verb = arguments.empty() ? "" : arguments[0];
  const std::size_t least = n_needed(verb);
  if (least == 0 || arguments.size() <= least) {
    fmt::print(stderr,
               "usage: bench_adverts cluster|score|keeps|days|show SET.csv ...; see ours.cpp\n");
    return 2;
  }
  const auto done = run(verb, std::span(arguments).subspan(1), whole);
  if (done) return 0;
  fmt::print(stderr, "{}\n", done.error().message());
  return 3;
}
