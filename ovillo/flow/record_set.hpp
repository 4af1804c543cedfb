// A set of record ids: open addressing over one array, 16 bytes an id at half load.
#pragma once

#include <span>
#include <vector>

#include "ovillo/record/ids.hpp"

namespace ovillo::flow {

class RecordSet {
 public:
  explicit RecordSet(std::span<const RecordId> ids) {
    std::size_t slots = 1024;
    while (slots < 2 * ids.size()) slots *= 2;
    slots_.resize(slots);
    for (const RecordId& id : ids) insert(id);
  }

  /// True when `id` was not in the set yet. The null id is never an id (2^-128).
  bool insert(const RecordId& id) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    RecordId& slot = slot_of(id);
    if (!slot.is_null()) return false;
    slot = id;
    ++size_;
    return true;
  }

 private:
  RecordId& slot_of(const RecordId& id) {
    std::size_t at = id.lo & (slots_.size() - 1);
    while (!slots_[at].is_null() && slots_[at] != id) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
  }
  void grow() {
    std::vector<RecordId> old(slots_.size() * 2);
    old.swap(slots_);
    for (const RecordId& id : old)
      if (!id.is_null()) slot_of(id) = id;
  }

  std::vector<RecordId> slots_;
  std::size_t size_ = 0;
};

}  // namespace ovillo::flow
