// refused: is private within this context|calling a private constructor
#include <string>

#include "ovillo/base/sensitive.hpp"

int main() {
#ifdef OVILLO_OFFENCE
  const ovillo::Disclosure opened(std::string("curiosity"));
#else
  const ovillo::Disclosure opened = ovillo::Disclosure::for_test();
#endif
  return static_cast<int>(opened.purpose().size());
}
