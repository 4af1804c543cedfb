// The kinds of id. No id holds a value in clear: each is a keyed hash (base/hash.hpp).
#pragma once

#include <cstdint>

#include "ovillo/base/hash.hpp"

namespace ovillo {

using RecordId = Id128<struct RecordTag>;    ///< one row, message or page as handed over
using EntityId = Id128<struct EntityTag>;    ///< one phone, account, template, person ...
using NetworkId = Id128<struct NetworkTag>;  ///< stable id from the ledger; what people cite
using NetworkKey = Id128<struct KeyTag>;     ///< hash of the sorted members; what tests compare

/// Small numbers given by the workspace, per installation. 0 is never given.
using CompartmentId = std::uint32_t;
using SourceId = std::uint32_t;
using AuthorisationId = std::uint32_t;

}  // namespace ovillo
