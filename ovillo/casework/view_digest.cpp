#include "ovillo/casework/view_digest.hpp"

namespace ovillo::casework {

ViewDigest view_digest(const View& view, const IdKey& key) {
  KeyedHasher hasher(key);
  hasher.add("view 1");
  const auto add_all = [&hasher](const auto& numbers) {
    hasher.add(std::uint64_t{numbers.size()});
    for (const auto number : numbers) hasher.add(std::uint64_t{number});
  };
  add_all(view.compartments);
  add_all(view.excluded_sources);
  add_all(view.excluded_authorisations);
  // Nothing is added when there is none, so that views of before keep their digest.
  for (const RecordId& id : view.excluded_records) hasher.add(id.hi).add(id.lo);
  hasher.add(std::uint64_t{view.max_handling});
  hasher.add(std::uint64_t{view.privileged});
  hasher.add(std::uint64_t{view.imported_before_utc_s.has_value()});
  hasher.add(static_cast<std::uint64_t>(view.imported_before_utc_s.value_or(0)));
  return hasher.finish<ViewTag>();
}

}  // namespace ovillo::casework
