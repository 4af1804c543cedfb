// The coda reader, without recognition before it.
#include "fuzz/statement_input.hpp"
#include "ovillo/bank/internal/coda.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ovillo::fuzzing::read_both_ways(&ovillo::bank::read_coda, data, size);
  return 0;
}
