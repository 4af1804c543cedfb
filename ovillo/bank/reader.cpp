#include "ovillo/bank/reader.hpp"

#include <algorithm>
#include <array>

#include "ovillo/bank/internal/camt.hpp"
#include "ovillo/bank/internal/coda.hpp"
#include "ovillo/bank/internal/goaml.hpp"
#include "ovillo/bank/internal/mt940.hpp"

namespace ovillo::bank {

namespace {

constexpr std::size_t kHead = 64u << 10;

// Calls `take` for each line until it returns true.
template <class Take>
bool any_line(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (take(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::optional<StatementFormat> recognise_xml(std::string_view head) {
  if (head.find("rentity_id>") != head.npos && head.find("report_code>") != head.npos)
    return StatementFormat::goaml;
  if (head.find("BkToCstmrStmt") != head.npos) return StatementFormat::camt053;
  if (head.find("BkToCstmrAcctRpt") != head.npos) return StatementFormat::camt052;
  if (head.find("BkToCstmrDbtCdtNtfctn") != head.npos) return StatementFormat::camt054;
  return std::nullopt;
}

bool is_header_of_coda(std::string_view line) {
  if (line.size() < 82 || !line.starts_with("0000")) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(line.begin() + 5, line.begin() + 14, digit) && line.substr(14, 2) == "05";
}

// A tag within the first lines: banks put some of their own before it.
bool is_mt940(std::string_view head) {
  constexpr std::array<std::string_view, 13> kTags = {
      ":20:", ":25:",  ":25P:", ":28:", ":28C:", ":60F:", ":60M:",
      ":61:", ":62F:", ":62M:", ":86:", ":940:", ":942:"};
  int n = 0;
  return any_line(head, [&](std::string_view line) {
    if (++n > 8) return false;
    if (const std::size_t block = line.find("{4:"); line.starts_with('{') && block != line.npos)
      line.remove_prefix(block + 3);
    return std::any_of(kTags.begin(), kTags.end(),
                       [&](std::string_view tag) { return line.starts_with(tag); });
  });
}

// Bytes already taken, then the rest.
class Rejoined final : public ByteStream {
 public:
  explicit Rejoined(ByteStream& rest) : rest_(rest) {}

  Result<std::string_view> head() {
    while (held_.size() < kHead && !ended_) {
      OVILLO_TRY(const std::string_view bytes, rest_.next());
      ended_ = bytes.empty();
      held_.append(bytes);
    }
    return std::string_view(held_).substr(0, kHead);
  }

  Result<std::string_view> next() override {
    if (!given_) {
      given_ = true;
      if (!held_.empty()) return std::string_view(held_);
    }
    if (ended_) return std::string_view();
    held_ = std::string();
    return rest_.next();
  }

 private:
  ByteStream& rest_;
  std::string held_;
  bool given_ = false;
  bool ended_ = false;
};

class InMemory final : public ByteStream {
 public:
  explicit InMemory(std::string_view bytes) : bytes_(bytes) {}

  // In blocks: a reader must not rely on getting all at once.
  Result<std::string_view> next() override {
    const std::string_view block = bytes_.substr(0, kHead);
    bytes_.remove_prefix(block.size());
    return block;
  }

 private:
  std::string_view bytes_;
};

}  // namespace

std::optional<StatementFormat> recognise(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == head.npos) return std::nullopt;
  if (head[first] == '<') return recognise_xml(head);
  const std::string_view lines = head.substr(first);
  if (is_header_of_coda(lines.substr(0, std::min(lines.find('\n'), lines.size()))))
    return StatementFormat::coda;
  if (is_mt940(lines)) return StatementFormat::mt940;
  return std::nullopt;
}

Result<StatementFormat> read_statements(ByteStream& stream, const Zone& zone,
                                        const StatementOptions& options,
                                        const StatementSink& sink) {
  Rejoined whole(stream);
  OVILLO_TRY(const std::string_view head, whole.head());
  const auto format = recognise(head);
  if (!format) return Error(ErrorCode::bank_not_a_statement);
  switch (*format) {
    case StatementFormat::camt052:
    case StatementFormat::camt053:
    case StatementFormat::camt054:
      return read_camt(whole, zone, options, sink);
    case StatementFormat::mt940:
    case StatementFormat::mt942:
      return read_mt940(whole, zone, options, sink);
    case StatementFormat::coda:
      return read_coda(whole, zone, options, sink);
    case StatementFormat::goaml:
      return read_goaml(whole, zone, options, sink);
  }
  return Error(ErrorCode::bank_not_a_statement);
}

Result<StatementFile> read_statement_file(std::string_view bytes, const Zone& zone,
                                          const StatementOptions& options) {
  StatementFile out;
  StatementSink sink;
  sink.statement = [&](AccountStatement&& statement) -> Result<void> {
    out.statements.push_back(std::move(statement));
    return {};
  };
  sink.reject = [&](StatementReject&& reject) -> Result<void> {
    out.rejects.push_back(std::move(reject));
    return {};
  };
  InMemory stream(bytes);
  OVILLO_CHECK(read_statements(stream, zone, options, sink));
  return out;
}

}  // namespace ovillo::bank
