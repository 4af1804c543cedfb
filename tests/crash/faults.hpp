// Faults of a disk, on purpose: the calls that write are counted, and at one of them the program is
// killed, or the disk is full or read-only from then on.
//
// faults.cpp defines write, pwrite, fsync, fdatasync, ftruncate, rename, unlink and open in place
// of libc's, so that what SQLite and the standard library write is counted too. Standard streams
// are left alone. One order at a time, set before any thread writes.
#pragma once

#include <cstdint>

namespace ovillo::faults {

enum class Kind : std::uint8_t {
  none,       ///< only counts
  killed,     ///< kill -9 in place of the call
  torn,       ///< kill -9 when half the bytes of the call are written; before it if it writes none
  full,       ///< ENOSPC, at this call and at all later ones that write bytes
  read_only,  ///< EROFS, at this call and at all later ones
};

/// From now on, the call number `at` (from 0) meets with the fault.
void set(Kind kind, std::uint64_t at);
/// Calls counted since set().
std::uint64_t count();

}  // namespace ovillo::faults
