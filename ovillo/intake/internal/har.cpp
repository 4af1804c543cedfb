#include "ovillo/intake/internal/har.hpp"

#include <string>

#include <fmt/format.h>
#include <simdjson.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/mime.hpp"
#include "ovillo/intake/internal/streams.hpp"
#include "ovillo/intake/internal/web_page.hpp"

namespace ovillo::intake {

namespace {

std::string text_at(simdjson::dom::element entry, std::string_view pointer) {
  std::string_view out;
  return entry.at_pointer(pointer).get(out) == simdjson::SUCCESS ? replace_invalid_utf8(out)
                                                                 : std::string();
}

std::string status_of(simdjson::dom::element entry) {
  std::int64_t status = 0;
  return entry.at_pointer("/response/status").get(status) == simdjson::SUCCESS && status > 0
             ? fmt::format("{}", status)
             : std::string();
}

// "text/html; charset=UTF-8" without what follows.
std::string type_of(const std::string& stated) {
  std::string out = stated.substr(0, stated.find(';'));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

class HarReader {
 public:
  HarReader(std::string bytes, BatchBuilder& builder)
      : json_(std::move(bytes)), builder_(builder) {}

  Result<void> read() {
    builder_.say_form("capture (HAR)");
    simdjson::ondemand::document document;
    simdjson::ondemand::array entries;
    if (parser_.iterate(json_).get(document) != simdjson::SUCCESS ||
        document["log"]["entries"].get_array().get(entries) != simdjson::SUCCESS)
      return builder_.reject_row(ErrorCode::intake_bad_json, 0, "a HAR without a list of entries");
    for (auto each : entries) {
      simdjson::ondemand::object entry;
      std::string_view raw;
      if (each.get_object().get(entry) != simdjson::SUCCESS ||
          entry.raw_json().get(raw) != simdjson::SUCCESS) {
        OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_bad_json, last_,
                                         "nothing after this place of the HAR can be read"));
        break;
      }
      last_ = static_cast<std::uint64_t>(raw.data() - json_.data());
      OVILLO_CHECK(take(raw));
    }
    return builder_.flush();
  }

 private:
  Result<void> take(std::string_view raw) {
    ++n_;
    simdjson::dom::element entry;
    if (entry_parser_.parse(raw.data(), raw.size()).get(entry) != simdjson::SUCCESS)
      return builder_.reject_row(ErrorCode::intake_bad_json, last_, "an entry of the HAR");
    Capture capture;
    capture.url = text_at(entry, "/request/url");
    capture.time = text_at(entry, "/startedDateTime");
    capture.status = status_of(entry);
    capture.source = fmt::format("entry {}", n_);
    capture.charset = "utf-8";  // the text was decoded when it was written
    const std::string stated = text_at(entry, "/response/content/mimeType");
    capture.type = type_of(stated);
    std::string body = text_at(entry, "/response/content/text");
    if (body.empty())
      return builder_.hold(ErrorCode::intake_no_reader, "the body of a response was not recorded",
                           {}, raw.size(), capture.source);
    if (text_at(entry, "/response/content/encoding") == "base64") {
      bool broken = false;
      body = from_base64(body, broken);
      if (broken) return builder_.reject_row(ErrorCode::intake_bad_cell, last_, capture.source);
      capture.charset.clear();
    }
    if (is_readable_type(capture.type))
      return write_capture(capture, body, {last_, raw.size()}, raw, builder_);
    return keep_payload(body, capture.type, capture.source, builder_);
  }

  simdjson::padded_string json_;
  BatchBuilder& builder_;
  simdjson::ondemand::parser parser_;
  simdjson::dom::parser entry_parser_;
  std::uint64_t last_ = 0;  // where the entry begins
  std::uint64_t n_ = 0;
};

}  // namespace

bool is_har(std::string_view head) {
  std::string signs;
  for (const char c : head.substr(0, 1024))
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') signs += c;
  std::string_view view = signs;
  if (view.starts_with("\xef\xbb\xbf")) view.remove_prefix(3);
  return view.starts_with("{\"log\":{") &&
         (view.find("\"creator\":{") != view.npos || view.find("\"entries\":[") != view.npos);
}

Result<void> read_har(ByteStream& stream, BatchBuilder& builder) {
  const std::uint64_t limit = 4 * builder.options().max_row_bytes;
  Hashed hashed(stream);
  std::string bytes;
  while (true) {
    OVILLO_TRY(const std::string_view block, hashed.next());
    if (block.empty()) break;
    if (bytes.size() <= limit) bytes.append(block);
  }
  if (bytes.size() > limit)
    return builder.hold(ErrorCode::intake_no_reader,
                        fmt::format("a HAR of more than {} bytes", limit), hashed.sha256(),
                        hashed.bytes());
  return HarReader(std::move(bytes), builder).read();
}

}  // namespace ovillo::intake
