#include "ovillo/intake/internal/phone_report.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ovillo/intake/internal/phone_words.hpp"
#include "ovillo/intake/internal/row_bytes.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::uint64_t kMaxTag = 1u << 20;

struct Value {
  std::string path;
  std::string text;
};

// Somebody who takes part in a call or message.
struct Party {
  std::string side;  // "From", "To", "Participants" ...: the field it stands in
  std::string role, identifier, name, owner;
  [[nodiscard]] bool is_from() const { return side == "From" || role == "From"; }
  [[nodiscard]] bool is_to() const {
    return !is_from() && (side == "To" || side == "Cc" || side == "Bcc" || role == "To");
  }
};

// A model that is open.
struct Model {
  std::string type;
  std::string in_field;
  std::string id, deleted, confidence;
  std::uint64_t begin = 0;
  std::vector<Value> values;
  std::vector<Party> parties;
  std::size_t bytes = 0;
};

class PhoneReportReader {
 public:
  PhoneReportReader(BatchBuilder& builder, PhoneWords words)
      : builder_(builder),
        words_(std::move(words)),
        xml_(events(), kMaxTag, ErrorCode::intake_bad_markup) {}

  Result<void> read(ByteStream& stream) {
    builder_.say_form("phone extraction, report.xml");
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
    out.start = [this](std::string_view name, text::XmlAttributes a) { start(name, a); };
    out.end = [this](std::string_view name) { end(name); };
    out.text = [this](std::string_view piece) {
      if (in_value_ && text_.size() <= limit()) text_.append(piece);
    };
    out.fed = [this](std::string_view bytes) { fed(bytes); };
    return out;
  }

  [[nodiscard]] std::uint64_t limit() const { return builder_.options().max_row_bytes; }

  void pass(const Result<void>& done) {
    if (!done) xml_.stop(done.error());
  }

  [[nodiscard]] bool is_row(const Model& model) const {
    return !words_.around.contains(model.type) &&
           (models_.size() == 1 || words_.rows.contains(model.type));
  }

  // Keeps the bytes from the outermost row that is open on, else from the last event on; none of a
  // row that is too long.
  void fed(std::string_view bytes) {
    bytes_.take(bytes, row_begin_.value_or(last_event_), 2 * limit() + kMaxTag);
  }

  void start(std::string_view name, text::XmlAttributes attributes) {
    last_event_ = xml_.event_begin();
    if (name == "model") {
      Model model;
      model.type = text::attribute(attributes, "type");
      model.in_field = field_.empty() ? std::string() : field_.back();
      model.id = text::attribute(attributes, "id");
      model.deleted = text::attribute(attributes, "deleted_state");
      model.confidence = text::attribute(attributes, "decoding_confidence");
      model.begin = xml_.event_begin();
      models_.push_back(std::move(model));
      if (!row_begin_ && is_row(models_.back())) row_begin_ = models_.back().begin;
      field_.emplace_back();
    } else if (name == "field" || name == "modelField" || name == "multiModelField" ||
               name == "multiField") {
      if (!field_.empty()) field_.back() = text::attribute(attributes, "name");
    } else if (name == "value" || name == "item") {
      in_value_ = true;
      text_.clear();
      if (name == "item") item_ = text::attribute(attributes, "name");
    } else if (name == "metadata") {
      section_ = text::attribute(attributes, "section");
      device_.clear();
    }
  }

  void end(std::string_view name) {
    last_event_ = xml_.event_end();
    if (name == "value") {
      in_value_ = false;
      if (!models_.empty() && !field_.empty()) keep(models_.back(), field_.back(), text_);
    } else if (name == "item") {
      in_value_ = false;
      if (models_.empty() && section_ == "Device Info" && device_.size() < 1000)
        device_.push_back({item_, text_});
    } else if (name == "metadata") {
      if (section_ == "Device Info" && !device_.empty()) pass(write_device());
      section_.clear();
    } else if (name == "model" && !models_.empty()) {
      const bool row = is_row(models_.back());
      const Model model = std::move(models_.back());
      field_.pop_back();
      models_.pop_back();
      pass(row ? close_row(model) : join_parent(model));
    }
  }

  void keep(Model& model, const std::string& path, std::string_view text) {
    model.bytes += path.size() + text.size();
    if (model.bytes <= limit()) model.values.push_back({path, std::string(text)});
  }

  Result<void> close_row(const Model& model) {
    const auto done = write_row(model);
    if (row_begin_ == model.begin) row_begin_.reset();
    return done;
  }

  // What is no row of its own is told with the model it stands in.
  Result<void> join_parent(const Model& model) {
    if (models_.empty()) return {};
    Model& parent = models_.back();
    if (model.type == "Party") {
      add_party(model, parent);
      return {};
    }
    for (const Value& value : model.values)
      keep(parent, fmt::format("{}.{}", model.type, value.path), value.text);
    return {};
  }

  static void add_party(const Model& model, Model& parent) {
    constexpr std::size_t kMost = 10'000;
    if (parent.parties.size() >= kMost) return;
    Party party;
    party.side = model.in_field;
    for (const Value& value : model.values) {
      if (value.path == "Identifier") party.identifier = value.text;
      if (value.path == "Name") party.name = value.text;
      if (value.path == "Role") party.role = value.text;
      if (value.path == "IsPhoneOwner") party.owner = value.text;
    }
    parent.parties.push_back(std::move(party));
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  Result<void> write_row(const Model& model) {
    if (words_.secret.contains(model.type))
      return builder_.hold(ErrorCode::intake_no_reader,
                           "what opens an account stays in the original", {},
                           xml_.event_end() - model.begin, model.type + " " + model.id);
    const std::uint64_t length = xml_.event_end() - model.begin;
    const std::string_view bytes = bytes_.of(model.begin, length);
    if (model.bytes > limit() || bytes.size() < length)
      return builder_.reject_row(ErrorCode::intake_row_too_long, model.begin, model.type);
    const bool inside = !models_.empty() && words_.around.contains(models_.front().type);
    const Model* around = inside ? &models_.front() : nullptr;
    OVILLO_CHECK(builder_.begin_row());
    add("model", Field::other, model.type);
    add("model_id", Field::other, model.id);
    if (!model.deleted.empty() && model.deleted != "Intact")
      add("deleted", Field::other, model.deleted);
    if (!model.confidence.empty() && model.confidence != "High")
      add("decoding_confidence", Field::other, model.confidence);
    for (const Value& value : model.values) add_value(model.type, value);
    if (around != nullptr)
      for (const Value& value : around->values)
        if (!(value.path == "Source" && has(model, "Source")))
          add(value.path == "Source" ? "Source" : around->type + " " + value.path,
              value.path == "Source" ? Field::channel : Field::other, value.text);
    add_parties(model, around);
    const auto kind = words_.rows.find(model.type);
    return builder_.finish_row(kind == words_.rows.end() ? RecordKind::document : kind->second,
                               {model.begin, length}, bytes);
  }

  static bool has(const Model& model, std::string_view path) {
    return std::any_of(model.values.begin(), model.values.end(),
                       [&](const Value& value) { return value.path == path; });
  }

  void add_value(const std::string& type, const Value& value) {
    const Field field = words_.field(type, value.path);
    const bool identifier = value.path == "PhoneNumber.Value" || value.path == "UserID.Value" ||
                            value.path == "Username";
    if (const std::string phone = identifier ? phone_of_identifier(value.text) : std::string();
        !phone.empty())
      return add(value.path + " (number)", Field::phone, phone);
    add(value.path, field, field == Field::duration_s ? seconds_of(value.text) : value.text);
  }

  // Those of the model; where it names no recipient, the other one of a chat of two.
  void add_parties(const Model& model, const Model* around) {
    const Party* from = nullptr;
    bool has_to = false;
    for (const Party& party : model.parties) {
      if (party.is_from()) from = &party;
      has_to = has_to || party.is_to();
      add_party_cells(party);
    }
    if (around == nullptr || has_to) return;
    if (around->parties.size() != 2 || from == nullptr)
      return add("participants", Field::other, fmt::format("{}", around->parties.size()));
    for (Party party : around->parties) {
      if (party.identifier == from->identifier) continue;
      party.side = "To";
      add_party_cells(party);
    }
  }

  void add_party_cells(const Party& party) {
    const bool from = party.is_from();
    const bool to = party.is_to();
    const std::string_view side = from ? "from" : to ? "to" : "party";
    const std::string phone = phone_of_identifier(party.identifier);
    if (!phone.empty()) {
      add(fmt::format("{}_number", side),
          from ? Field::from_phone
          : to ? Field::to_phone
               : Field::phone,
          phone);
    } else {
      add(fmt::format("{}_identifier", side), from ? Field::author : Field::other,
          party.identifier);
    }
    add(fmt::format("{}_name", side),
        from ? Field::from_name
        : to ? Field::to_name
             : Field::name,
        party.name);
    if (party.owner == "True") add(fmt::format("{}_is", side), Field::other, "owner of the phone");
  }

  Result<void> write_device() {
    OVILLO_CHECK(builder_.begin_row());
    add("model", Field::other, "Device");
    for (const Value& item : device_) {
      const bool number = item.path.find("MSISDN") != std::string::npos;
      add(item.path, number ? Field::phone : Field::other, item.text);
    }
    std::string text;
    for (const Value& item : device_) text += fmt::format("{}={}\n", item.path, item.text);
    return builder_.finish_row(RecordKind::thing, {xml_.event_begin(), 0}, text);
  }

  BatchBuilder& builder_;
  PhoneWords words_;
  text::XmlReader xml_;
  std::vector<Model> models_;
  std::vector<std::string> field_;  // for each open model, the field that is open
  std::vector<Value> device_;
  std::string section_, item_, text_;
  bool in_value_ = false;
  std::optional<std::uint64_t> row_begin_;
  std::uint64_t last_event_ = 0;
  RowBytes bytes_;
};

}  // namespace

bool is_phone_report(std::string_view head) {
  const std::size_t project = head.find("<project");
  return project != std::string_view::npos &&
         head.find("pa.cellebrite.com/report", project) != std::string_view::npos;
}

Result<void> read_phone_report(ByteStream& stream, BatchBuilder& builder) {
  OVILLO_TRY(auto words, PhoneWords::open());
  return PhoneReportReader(builder, std::move(words)).read(stream);
}

}  // namespace ovillo::intake
