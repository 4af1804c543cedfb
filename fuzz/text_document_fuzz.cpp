// Text documents: the input is the markup of the main part, packed here so that mutation gets past
// the zip. Reading twice gives the same, counts add up.
#include <cstdint>
#include <string>

#include "fuzz/record_input.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string packed =
      ovillo::intake::made_text_document(std::string(reinterpret_cast<const char*>(data), size));
  ovillo::fuzz::expect_the_same_twice(reinterpret_cast<const std::uint8_t*>(packed.data()),
                                      packed.size());
  return 0;
}
