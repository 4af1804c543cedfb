// refused: Cannot format an argument|not formattable
#include <string>

#include <fmt/format.h>

#include "ovillo/base/sensitive.hpp"

int main() {
  const ovillo::Sensitive<std::string> name(std::string("Camila"));
#ifdef OVILLO_OFFENCE
  return static_cast<int>(fmt::format("{}", name).size());
#else
  return static_cast<int>(fmt::format("{}", name.reveal(ovillo::Disclosure::for_test())).size());
#endif
}
