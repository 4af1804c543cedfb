// refused: could not convert|no matching function|invalid initialization|cannot convert
#include "ovillo/record/ids.hpp"

namespace {
bool is_known(const ovillo::RecordId& id) { return !id.is_null(); }
}  // namespace

int main() {
#ifdef OVILLO_OFFENCE
  const ovillo::EntityId id;
#else
  const ovillo::RecordId id;
#endif
  return is_known(id) ? 0 : 1;
}
