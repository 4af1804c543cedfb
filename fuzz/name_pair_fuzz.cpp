// Two lines of any bytes as names: no crash, the same answer either way round, and reasons that add
// up to the weight.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ovillo/base/file.hpp"
#include "ovillo/resolve/name_pair.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ovillo::resolve;
  static const NameVocabulary vocabulary = NameVocabulary::open(ovillo::data_folder()).value();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(bytes.find('\n'), size);
  const std::string_view a = bytes.substr(0, end);
  const std::string_view b = bytes.substr(std::min(end + 1, size));
  for (const NameKind kind : {NameKind::person, NameKind::company, NameKind::other}) {
    const NameMatch match = compare_names(a, b, kind, vocabulary);
    const NameMatch turned = compare_names(b, a, kind, vocabulary);
    if (match.same != turned.same || match.quarter_bits != turned.quarter_bits) std::abort();
    std::int32_t sum = 0;
    for (const NameReason& reason : match.reasons) sum += reason.quarter_bits;
    if (sum != match.quarter_bits) std::abort();
  }
  return 0;
}
