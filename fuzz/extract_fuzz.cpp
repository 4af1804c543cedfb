// Any bytes as the text of an advert: no crash, spans inside the text, the same answer twice and
// for identifiers alone.
#include <cstdlib>
#include <map>
#include <string_view>

#include "ovillo/base/file.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/record/find.hpp"

namespace {

const ovillo::extract::Extractor& extractor() {
  static const auto instance = ovillo::extract::Extractor::open(ovillo::data_folder());
  if (!instance) std::abort();
  return *instance;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  // The first byte chooses the region; the rest is the text.
  constexpr std::string_view kRegions[] = {"", "ES", "PT", "BE", "NL", "FR", "GB", "US"};
  if (size == 0) return 0;
  const std::string_view region = kRegions[data[0] % 8];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto finds = extractor().find(text, region);
  std::uint32_t last_begin = 0;
  std::map<ovillo::FindKind, std::uint32_t> last_end;
  for (const ovillo::Find& find : finds) {
    const bool ordered = find.span.begin >= last_begin && find.span.begin < find.span.end;
    if (!ordered || find.span.end > text.size() || find.canonical.empty()) std::abort();
    last_begin = find.span.begin;
    if (find.span.begin < last_end[find.kind]) std::abort();
    last_end[find.kind] = find.span.end;
  }
  if (extractor().find(text, region) != finds) std::abort();
  return 0;
}
