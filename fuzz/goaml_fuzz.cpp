// The goaml reader, without recognition before it.
#include "fuzz/statement_input.hpp"
#include "ovillo/bank/internal/goaml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ovillo::fuzzing::read_both_ways(&ovillo::bank::read_goaml, data, size);
  return 0;
}
