// Call records of operators (ETSI TS 102 657): reading twice gives the same, counts add up.
#include <cstdint>

#include "fuzz/record_input.hpp"
#include "ovillo/intake/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ovillo::fuzz::expect_the_same_twice(data, size);
  return 0;
}
