#include "ovillo/intake/internal/call_record.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ovillo/intake/internal/row_bytes.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::uint64_t kMaxTag = 1u << 20;
constexpr std::size_t kMaxValues = 4096;
constexpr std::size_t kMaxParties = 64;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

struct Value {
  std::string path;  // from the record, or from the party it is told of
  std::string text;
};

struct Party {
  std::vector<Value> values;

  // The first value whose path ends so.
  [[nodiscard]] std::string_view find(std::string_view end) const {
    for (const Value& value : values)
      if (value.path.ends_with(end)) return value.text;
    return {};
  }
  [[nodiscard]] std::string role() const {
    for (const Value& value : values)
      if (value.path.starts_with("partyRole/")) return value.path.substr(10);
    return {};
  }
  [[nodiscard]] bool is_from() const {
    const std::string said = role();
    return said.starts_with("originating") || said == "smsOriginator" || said == "calling";
  }
  [[nodiscard]] bool is_to() const {
    const std::string said = role();
    return said.starts_with("terminating") || said == "smsRecipient" || said == "called";
  }
};

// What a party says, and the column of its side.
struct Told {
  std::string_view path, column;
};
constexpr std::array<Told, 8> kOfParty = {{{"iMEI", "imei"},
                                           {"iMSI", "imsi"},
                                           {"subscriberID", "subscriber"},
                                           {"userLocationInformation", "cell"},
                                           {"globalCellID", "cell"},
                                           {"cellID", "cell"},
                                           {"azimuth", "azimuth"},
                                           {"beamWidth", "beam_width"}}};

class CallRecordReader {
 public:
  explicit CallRecordReader(BatchBuilder& builder)
      : builder_(builder), xml_(events(), kMaxTag, ErrorCode::intake_bad_markup) {}

  Result<void> read(ByteStream& stream) {
    builder_.say_form("call records (ETSI TS 102 657)");
    const auto done = xml_.read(stream);
    if (!done && done.error().code() != ErrorCode::intake_bad_markup) return done;
    if (!done)
      OVILLO_CHECK(builder_.reject_row(
          ErrorCode::intake_bad_markup, xml_.event_begin(),
          fmt::format("line {}: {}", xml_.event_line(), done.error().detail())));
    return builder_.flush();
  }

 private:
  text::XmlReader::Events events() {
    text::XmlReader::Events out;
    out.start = [this](std::string_view name, text::XmlAttributes) {
      start(text::local_name(name));
    };
    out.end = [this](std::string_view name) { end(text::local_name(name)); };
    out.text = [this](std::string_view piece) {
      if (begin_ && text_.size() <= limit()) text_.append(piece);
    };
    out.fed = [this](std::string_view bytes) {
      bytes_.take(bytes, begin_.value_or(last_event_), 2 * limit() + kMaxTag);
    };
    return out;
  }

  [[nodiscard]] std::uint64_t limit() const { return builder_.options().max_row_bytes; }

  void start(std::string_view name) {
    last_event_ = xml_.event_begin();
    text_.clear();
    if (!begin_) {
      if (name == "ResponseRecord" || name == "responseRecord") begin_ = xml_.event_begin();
      return;
    }
    is_leaf_ = true;
    path_.emplace_back(name);
    if (name == "TelephonyPartyInformation" && parties_.size() < kMaxParties) {
      parties_.emplace_back();
      party_depth_ = path_.size();
    }
  }

  void end(std::string_view name) {
    last_event_ = xml_.event_end();
    if (!begin_) return;
    if (path_.empty()) {
      if (const auto done = write(); !done) xml_.stop(done.error());
      return;
    }
    // An element of a choice says by its name alone: <partyRole><originating-Party/></partyRole>.
    if (is_leaf_) keep();
    is_leaf_ = false;
    if (name == "TelephonyPartyInformation" && party_depth_ == path_.size()) party_depth_ = 0;
    path_.pop_back();
  }

  void keep() {
    const std::size_t begin = text_.find_first_not_of(" \t\r\n");
    const bool empty = begin == std::string::npos;
    const std::string text =
        empty ? std::string() : text_.substr(begin, text_.find_last_not_of(" \t\r\n") + 1 - begin);
    std::string path;
    for (std::size_t i = party_depth_; i < path_.size(); ++i)
      path += (path.empty() ? "" : "/") + path_[i];
    auto& values = party_depth_ > 0 ? parties_.back().values : values_;
    size_ += path.size() + text.size();
    if (values.size() < kMaxValues && size_ <= limit()) values.push_back({path, text});
    text_.clear();
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  Result<void> write() {
    const std::uint64_t begin = *begin_;
    const std::uint64_t length = xml_.event_end() - begin;
    const std::string_view raw = bytes_.of(begin, length);
    const auto done = write_row(begin, length, raw);
    begin_.reset();
    path_.clear();
    values_.clear();
    parties_.clear();
    size_ = 0;
    party_depth_ = 0;
    return done;
  }

  Result<void> write_row(std::uint64_t begin, std::uint64_t length, std::string_view raw) {
    if (size_ > limit() || raw.size() < length)
      return builder_.reject_row(ErrorCode::intake_row_too_long, begin);
    if (values_.empty() && parties_.empty())
      return builder_.reject_row(ErrorCode::intake_bad_call_record, begin, "it holds nothing");
    OVILLO_CHECK(builder_.begin_row());
    const bool telephony = std::ranges::any_of(values_, [](const Value& value) {
      return value.path.starts_with("recordPayload/telephonyRecord/");
    });
    const bool is_call = telephony || !parties_.empty();
    add_time();
    for (const Value& value : values_) add_value(value);
    for (const Party& party : parties_) add_party(party);
    add("channel", Field::channel, channel());
    return builder_.finish_row(is_call ? RecordKind::call : RecordKind::document, {begin, length},
                               raw);
  }

  // The first that a party or the record states.
  void add_time() {
    const auto first = [&](std::string_view name) -> std::string_view {
      for (const Party& party : parties_)
        if (const auto said = party.find(name); !said.empty()) return said;
      for (const Value& value : values_)
        if (value.path.ends_with(name)) return value.text;
      return {};
    };
    add("start", Field::time, time_of_operator(first("startTime")));
    add("end", Field::time_end, time_of_operator(first("endTime")));
    const std::string_view seconds = first("durationTime");
    add("duration", all_digits(seconds) ? Field::duration_s : Field::other, seconds);
  }

  // Of a session of data the number and device stand with the record.
  void add_value(const Value& value) {
    const std::string_view path = value.path;
    if (path.ends_with("/mSISDN") || path.ends_with("/partyNumber"))
      return add("number", Field::from_phone, number_of_operator(value.text));
    if (path.ends_with("/naDeviceId")) return add("from_imei", Field::other, value.text);
    if (path.ends_with("/iMSI")) return add("from_imsi", Field::other, value.text);
    if (path.ends_with("/azimuth")) return add("from_azimuth", Field::other, value.text);
    if (path.ends_with("/userLocationInformation"))
      return add("from_cell", Field::other, value.text);
    if (add_place(value, "from")) return;
    const std::size_t name = path.rfind('/');
    const std::string_view last = name == path.npos ? path : path.substr(name + 1);
    add(last, last == "recordNumber" ? Field::local_id : Field::other,
        value.text.empty() ? last : std::string_view(value.text));
  }

  // Where one side alone has a place, it is that of the record.
  bool add_place(const Value& value, std::string_view side) {
    const bool latitude = value.path.ends_with("/latitude") || value.path.ends_with("/latitudeDec");
    const bool longitude =
        value.path.ends_with("/longitude") || value.path.ends_with("/longitudeDec");
    if (!latitude && !longitude) return false;
    const std::string degrees = degrees_of_operator(value.text);
    const bool alone = !degrees.empty() && n_places() == 1;
    add(fmt::format("{}_{}", side, latitude ? "latitude" : "longitude"),
        !alone     ? Field::other
        : latitude ? Field::latitude
                   : Field::longitude,
        degrees.empty() ? value.text : degrees);
    return true;
  }

  [[nodiscard]] std::size_t n_places() const {
    const auto has_place = [](const std::vector<Value>& values) {
      return std::ranges::any_of(values, [](const Value& value) {
        return value.path.ends_with("/latitude") || value.path.ends_with("/latitudeDec");
      });
    };
    std::size_t n = has_place(values_) ? 1 : 0;
    for (const Party& party : parties_) n += has_place(party.values) ? 1 : 0;
    return n;
  }

  void add_party(const Party& party) {
    const bool from = party.is_from();
    const bool to = party.is_to();
    const std::string_view side = from ? "from" : to ? "to" : "party";
    add(fmt::format("{}_number", side),
        from ? Field::from_phone
        : to ? Field::to_phone
             : Field::phone,
        number_of_operator(party.find("partyNumber")));
    add(fmt::format("{}_role", side), Field::other, party.role());
    for (const Value& value : party.values) {
      if (add_place(value, side)) continue;
      for (const Told& told : kOfParty)
        if (value.path == told.path || value.path.ends_with(fmt::format("/{}", told.path)))
          add(fmt::format("{}_{}", side, told.column), Field::other, value.text);
    }
  }

  [[nodiscard]] std::string_view channel() const {
    for (const Party& party : parties_) {
      const std::string role = party.role();
      if (role.starts_with("sms")) return "sms";
      if (party.is_from() || party.is_to()) return "voice";
    }
    for (const Value& value : values_)
      if (value.path.find("/internetAccess/") != std::string::npos) return "data";
    return {};
  }

  BatchBuilder& builder_;
  text::XmlReader xml_;
  RowBytes bytes_;
  std::optional<std::uint64_t> begin_;  // of the record that is open
  std::uint64_t last_event_ = 0;
  std::vector<std::string> path_;  // below the record
  std::vector<Value> values_;
  std::vector<Party> parties_;
  std::size_t party_depth_ = 0;  // of the party that is open; 0: none
  std::size_t size_ = 0;
  bool is_leaf_ = false;
  std::string text_;
};

}  // namespace

bool is_call_record(std::string_view head) {
  return head.find("uri.etsi.org/02657/") != std::string_view::npos;
}

Result<void> read_call_record(ByteStream& stream, BatchBuilder& builder) {
  return CallRecordReader(builder).read(stream);
}

std::string time_of_operator(std::string_view stated) {
  if (stated.size() < 14 || !all_digits(stated.substr(0, 14))) return std::string(stated);
  std::string zone(stated.substr(14));
  if (zone.starts_with('.')) zone.erase(0, std::min(zone.find_first_of("Z+-"), zone.size()));
  if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-')) zone.insert(3, ":");
  return fmt::format("{}-{}-{}T{}:{}:{}{}", stated.substr(0, 4), stated.substr(4, 2),
                     stated.substr(6, 2), stated.substr(8, 2), stated.substr(10, 2),
                     stated.substr(12, 2), zone);
}

std::string number_of_operator(std::string_view stated) {
  const bool international =
      all_digits(stated) && stated.size() >= 8 && stated.size() <= 15 && stated.front() != '0';
  return international ? fmt::format("+{}", stated) : std::string(stated);
}

std::string degrees_of_operator(std::string_view stated) {
  if (stated.empty()) return {};
  const char side = stated.back();
  const bool compass = side == 'N' || side == 'S' || side == 'E' || side == 'W';
  if (!compass && !is_digit(stated.front()) && stated.front() != '-') return {};
  std::string_view digits = compass ? stated.substr(0, stated.size() - 1) : stated;
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return {};
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  if (compass && whole >= 6) {
    const double degrees = std::floor(value / 10000);
    const double minutes = std::floor((value - degrees * 10000) / 100);
    value = degrees + minutes / 60 + (value - degrees * 10000 - minutes * 100) / 3600;
  }
  if (side == 'S' || side == 'W') value = -value;
  if (!(std::abs(value) <= 180)) return {};
  return fmt::format("{:.6f}", value);
}

}  // namespace ovillo::intake
