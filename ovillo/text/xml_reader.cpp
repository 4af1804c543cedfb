#include "ovillo/text/xml_reader.hpp"

#include <algorithm>
#include <new>

#include <expat.h>

#include "ovillo/text/windows_1252.hpp"

namespace ovillo::text {

namespace {
constexpr int kMaxDepth = 64;

// Expat reads ASCII, ISO-8859-1, UTF-8 and UTF-16 by itself.
int on_encoding(void*, const char* name, XML_Encoding* encoding) {
  std::string_view asked(name);
  constexpr std::string_view kKnown = "windows-1252";
  const bool known =
      std::equal(asked.begin(), asked.end(), kKnown.begin(), kKnown.end(),
                 [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
  if (!known) return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte)
    encoding->map[byte] = windows_1252_character(static_cast<unsigned char>(byte));
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

/// What is wrong with the XML. Which of several names expat has for signs in the wrong place comes
/// first depends on how the bytes were cut; they get one.
std::string fault(XML_Error code) {
  switch (code) {
    case XML_ERROR_INVALID_TOKEN:
    case XML_ERROR_SYNTAX:
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
    case XML_ERROR_PARTIAL_CHAR:
    case XML_ERROR_UNCLOSED_TOKEN:
      return "not well-formed";
    default:
      return XML_ErrorString(code);
  }
}

}  // namespace

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

std::string_view attribute(XmlAttributes attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2)
    if (local_name(attributes[0]) == name) return attributes[1];
  return {};
}

XmlReader::XmlReader(Events events, std::uint64_t max_token, ErrorCode damaged)
    : parser_(XML_ParserCreate(nullptr)),
      events_(std::move(events)),
      max_token_(max_token),
      damaged_(damaged) {
  if (parser_ == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser_, this);
  XML_SetElementHandler(parser_, &on_start, &on_end);
  if (events_.text) XML_SetCharacterDataHandler(parser_, &on_text);
  XML_SetStartDoctypeDeclHandler(parser_, &on_doctype);
  XML_SetUnknownEncodingHandler(parser_, &on_encoding, nullptr);
}

XmlReader::~XmlReader() { XML_ParserFree(parser_); }

void XmlReader::stop(Error error) {
  if (!error_) error_ = std::make_unique<Error>(std::move(error));
  XML_StopParser(parser_, XML_FALSE);
}

std::uint64_t XmlReader::event_begin() const {
  const XML_Index at = XML_GetCurrentByteIndex(parser_);
  return at < 0 ? 0 : static_cast<std::uint64_t>(at);
}

std::uint64_t XmlReader::event_end() const {
  return event_begin() + static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_));
}

std::uint64_t XmlReader::event_line() const { return XML_GetCurrentLineNumber(parser_); }

void XmlReader::on_start(void* self, const char* name, const char** attributes) {
  auto& me = *static_cast<XmlReader*>(self);
  if (me.error_) return;
  if (++me.depth_ > kMaxDepth) {
    me.stop(Error(me.damaged_, "elements nested too deep"));
    return;
  }
  me.events_.start(local_name(name), attributes);
}

void XmlReader::on_end(void* self, const char* name) {
  auto& me = *static_cast<XmlReader*>(self);
  if (me.error_) return;
  --me.depth_;
  me.events_.end(local_name(name));
}

void XmlReader::on_text(void* self, const char* text, int n) {
  auto& me = *static_cast<XmlReader*>(self);
  if (me.error_) return;
  me.events_.text(std::string_view(text, static_cast<std::size_t>(n)));
}

void XmlReader::on_doctype(void* self, const char*, const char*, const char*, int) {
  auto& me = *static_cast<XmlReader*>(self);
  me.stop(Error(me.damaged_, "it declares a document type, which is not read"));
}

Result<void> XmlReader::feed(std::string_view bytes, bool last) {
  if (events_.fed && !bytes.empty()) events_.fed(bytes);
  const auto status =
      XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), last ? XML_TRUE : XML_FALSE);
  fed_ += bytes.size();
  if (error_) return *error_;
  if (status == XML_STATUS_OK && !last && fed_ > event_begin() + max_token_)
    return Error(damaged_, "a tag is too long");
  if (status == XML_STATUS_OK) return {};
  Locus locus;
  locus.byte = event_begin();
  return Error(damaged_, fault(XML_GetErrorCode(parser_)), std::move(locus));
}

Result<void> XmlReader::read(ByteStream& stream) {
  while (true) {
    OVILLO_TRY(const std::string_view bytes, stream.next());
    OVILLO_CHECK(feed(bytes, bytes.empty()));
    if (bytes.empty()) return {};
  }
}

}  // namespace ovillo::text
