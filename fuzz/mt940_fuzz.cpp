// The mt940 reader, without recognition before it.
#include "fuzz/statement_input.hpp"
#include "ovillo/bank/internal/mt940.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ovillo::fuzzing::read_both_ways(&ovillo::bank::read_mt940, data, size);
  return 0;
}
