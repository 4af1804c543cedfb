// refused: ignoring returned value|ignoring return value
#include "ovillo/base/result.hpp"

namespace {
ovillo::Result<void> write() { return {}; }
}  // namespace

int main() {
#ifdef OVILLO_OFFENCE
  write();
  return 0;
#else
  return write() ? 0 : 1;
#endif
}
