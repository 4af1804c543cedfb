// An XML file read part by part: small trees of the elements that belong together (one movement,
// one balance), so that memory is bounded by one of them and not by the file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::bank {

/// An element by local name; namespaces and prefixes are dropped.
struct XmlNode {
  std::string name;
  std::string text;  ///< trimmed; of an element without children
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlNode> children;
  Place place;

  /// First element at a path of local names below this one ("Acct/Id/IBAN"); null: none.
  [[nodiscard]] const XmlNode* find(std::string_view path) const;
  /// Every element at a path, in the file's order.
  [[nodiscard]] std::vector<const XmlNode*> all(std::string_view path) const;
  /// Text of the first element at a path that has text.
  [[nodiscard]] std::optional<std::string> value(std::string_view path) const;
  /// The first of several paths that has text.
  [[nodiscard]] std::optional<std::string> value_of(
      std::initializer_list<std::string_view> paths) const;
  [[nodiscard]] std::optional<std::string> attribute(std::string_view attribute_name) const;
};

struct XmlPartEvents {
  using Path = std::vector<std::string>;  ///< local names from the root, the element itself last
  /// Says whether this element is a part. Asked for each element outside of parts.
  std::function<bool(const Path&)> is_part;
  /// An element that is no part and not in one begins (its name and attributes); ends.
  std::function<void(const Path&, const XmlNode&, Place)> enter;
  std::function<Result<void>(const Path&, Place)> leave;
  /// A part, with its own bytes.
  std::function<Result<void>(XmlNode&&, std::string_view raw)> part;
  /// A part above the limit, which was not kept.
  std::function<void(Place)> too_large;
};

/// @param max_part_bytes  of one part.
/// @error bank.bad_markup with the byte (the line in the detail); of the stream and the events.
Result<void> read_xml_parts(ByteStream& stream, std::uint64_t max_part_bytes,
                            const XmlPartEvents& events);

}  // namespace ovillo::bank
