// Mapping profiles: what is read is written and read back as it was.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ovillo/intake/profile.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ovillo::intake;
  const auto profile = parse_profile({reinterpret_cast<const char*>(data), size});
  if (!profile) return 0;
  const auto again = parse_profile(write_profile(*profile));
  if (!again || !(*again == *profile)) std::abort();
  return 0;
}
