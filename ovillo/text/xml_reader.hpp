// XML events of one stream, with bounds: expat, no entities, limited depth and token size.
//
// A document type declaration ends the read: no file that is read here has one, and entities are
// how hostile ones attack. Text in ISO-8859-1, UTF-8, UTF-16 and Windows-1252 is read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

struct XML_ParserStruct;

namespace ovillo::text {

/// The attributes of an element: pairs, ended by null.
using XmlAttributes = const char**;

/// The value of an attribute without its prefix, or empty.
std::string_view attribute(XmlAttributes attributes, std::string_view name);

/// The name of an element or attribute without its prefix.
std::string_view local_name(std::string_view name);

class XmlReader {
 public:
  struct Events {
    std::function<void(std::string_view name, XmlAttributes)> start;
    std::function<void(std::string_view name)> end;
    std::function<void(std::string_view text)> text;  ///< may come in pieces; may be null
    std::function<void(std::string_view bytes)>
        fed;  ///< bytes just before they are parsed; may be null
  };

  /// @param max_token  bytes of one tag, comment or the like.
  /// @param damaged    the code of an error in the markup.
  XmlReader(Events events, std::uint64_t max_token, ErrorCode damaged);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  ~XmlReader();

  /// Reads the whole stream. @error `damaged` (with the byte), of the stream, or the one
  /// given to stop().
  Result<void> read(ByteStream& stream);
  /// Ends the read from inside an event.
  void stop(Error error);

  /// Byte offset of the current event, and just behind it.
  [[nodiscard]] std::uint64_t event_begin() const;
  [[nodiscard]] std::uint64_t event_end() const;
  /// Line of the current event, 1-based.
  [[nodiscard]] std::uint64_t event_line() const;

 private:
  static void on_start(void* self, const char* name, const char** attributes);
  static void on_end(void* self, const char* name);
  static void on_text(void* self, const char* text, int n);
  static void on_doctype(void* self, const char*, const char*, const char*, int);
  Result<void> feed(std::string_view bytes, bool last);

  XML_ParserStruct* parser_;
  Events events_;
  std::uint64_t max_token_;
  ErrorCode damaged_;
  std::uint64_t fed_ = 0;
  int depth_ = 0;
  std::unique_ptr<Error> error_;
};

}  // namespace ovillo::text
