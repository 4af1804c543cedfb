// refused: no match for .operator<<.|invalid operands to binary expression
#include <iostream>
#include <string>

#include "ovillo/base/sensitive.hpp"

int main() {
  const ovillo::Sensitive<std::string> name(std::string("Camila"));
#ifdef OVILLO_OFFENCE
  std::cout << name;
#else
  std::cout << name.reveal(ovillo::Disclosure::for_test());
#endif
}
