// Any bytes as adverts, one per line, and as background counts: no crash, and the answer does not
// depend on the order of the texts.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "ovillo/cluster/cluster.hpp"

namespace {

using ovillo::cluster::Decision;

std::set<std::multiset<std::string_view>> groups(const std::vector<std::string_view>& texts,
                                                 const Decision& decision) {
  std::map<std::int32_t, std::multiset<std::string_view>> by_number;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (decision.cluster[i] >= 0) by_number[decision.cluster[i]].insert(texts[i]);
  std::set<std::multiset<std::string_view>> out;
  for (auto& [number, members] : by_number) out.insert(std::move(members));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const ovillo::cluster::Background none;
  if (const auto counts = ovillo::cluster::Background::parse(bytes)) {
    const auto again = ovillo::cluster::Background::parse(counts->serialise());
    if (!again || again->serialise() != counts->serialise()) std::abort();
  }
  std::vector<std::string_view> texts;
  ovillo::StringColumn column;
  for (std::size_t begin = 0; begin <= size && texts.size() < 64;) {
    const std::size_t end = std::min(bytes.find('\n', begin), size);
    texts.push_back(bytes.substr(begin, end - begin));
    column.push_back(texts.back());
    begin = end + 1;
  }
  const Decision first = ovillo::cluster::decide(texts, none);
  if (first.cluster.size() != texts.size()) std::abort();
  for (const auto& t : first.templates)
    if (t.n_fixed_words + t.n_slots == 0) std::abort();
  const auto expected = groups(texts, first);
  std::reverse(texts.begin(), texts.end());
  if (groups(texts, ovillo::cluster::decide(texts, none)) != expected) std::abort();
  if (ovillo::cluster::cluster(column, none).cluster.size() != texts.size()) std::abort();
  return 0;
}
