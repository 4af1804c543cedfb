// A picture inside a file: handed over with its hash, its bytes only up to the limit.
#pragma once

#include <string>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Takes the stream to its end. The sink must take pictures; it gets what is pending first, so that
/// batches and pictures come in file order. @error of the stream and sink.
Result<void> hand_over_picture(ByteStream& stream, const std::string& member,
                               BatchBuilder& builder);

}  // namespace ovillo::intake
