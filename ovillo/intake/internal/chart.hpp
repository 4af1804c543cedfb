// Charts: i2 ANX, GraphML and GEXF. What is drawn is a thing or person, a line between two is a
// relation. Format: docs/formats/charts.md.
#pragma once

#include <cstdint>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

enum class ChartForm : std::uint8_t { none, anx, graphml, gexf };

/// Which chart begins so. @param head  the first bytes, UTF-8 or UTF-16.
ChartForm chart_form(std::string_view head);

/// Reads it; damaged markup is a reject after what could be read. @error base.cannot_read,
/// base.bad_data_file; of the stream and the sink.
Result<void> read_chart(ByteStream& stream, ChartForm form, BatchBuilder& builder);

}  // namespace ovillo::intake
