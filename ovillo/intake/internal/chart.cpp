#include "ovillo/intake/internal/chart.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/header_words.hpp"
#include "ovillo/intake/internal/row_bytes.hpp"
#include "ovillo/text/xml_reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::uint64_t kMaxTag = 1u << 20;
constexpr std::size_t kMaxValues = 1000;  // of one item
constexpr std::size_t kMaxKeys = 100'000;

// A node, edge or chart item that is open.
struct Item {
  bool is_edge = false;
  std::uint64_t begin = 0;
  std::string id, from, to, type, label;
  std::vector<std::pair<std::string, std::string>> values;
  std::size_t bytes = 0;
};

class ChartReader {
 public:
  ChartReader(ChartForm form, BatchBuilder& builder, HeaderWords words)
      : form_(form),
        builder_(builder),
        words_(std::move(words)),
        xml_(events(), kMaxTag, ErrorCode::intake_bad_markup) {
    // Ids count from 1 in every chart: without its name two charts would be welded together.
    scope_ = std::filesystem::path(builder.file_name()).filename().string() + "/";
    if (!builder.member().empty()) scope_ += builder.member() + "/";
  }

  Result<void> read(ByteStream& stream) {
    builder_.say_form(form_ == ChartForm::anx       ? "i2 chart (ANX)"
                      : form_ == ChartForm::graphml ? "chart (GraphML)"
                                                    : "chart (GEXF)");
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
      if (in_data_ && text_.size() <= builder_.options().max_row_bytes) text_.append(piece);
    };
    out.fed = [this](std::string_view bytes) {
      bytes_.take(bytes, open_.empty() ? last_event_ : open_.front().begin,
                  2 * builder_.options().max_row_bytes + kMaxTag);
    };
    return out;
  }

  [[nodiscard]] bool is_item(std::string_view name) const {
    return form_ == ChartForm::anx ? name == "ChartItem" : name == "node" || name == "edge";
  }

  static std::string of(text::XmlAttributes attributes, std::string_view name) {
    return std::string(text::attribute(attributes, name));
  }

  void start(std::string_view name, text::XmlAttributes a) {
    last_event_ = xml_.event_begin();
    if (is_item(name)) {
      Item item;
      item.begin = xml_.event_begin();
      if (form_ == ChartForm::anx) {
        item.label = of(a, "Label");
        note(item, "time", text::attribute(a, "DateTime"));
        note(item, "source_reference", text::attribute(a, "SourceReference"));
        note(item, "source_type", text::attribute(a, "SourceType"));
        note(item, "description", text::attribute(a, "Description"));
      } else {
        item.is_edge = name == "edge";
        item.id = of(a, "id");
        item.from = of(a, "source");
        item.to = of(a, "target");
        item.label = of(a, "label");
        for (const char* kept : {"weight", "type", "directed", "start", "end"})
          note(item, kept, text::attribute(a, kept));
      }
      open_.push_back(std::move(item));
    } else if (form_ == ChartForm::anx) {
      start_anx(name, a);
    } else if (name == "key" || name == "attributes" || name == "attribute") {
      start_key(name, a);
    } else if (name == "data" || name == "attvalue") {
      const auto key = keys_.find({open_.empty() || !open_.back().is_edge ? "node" : "edge",
                                   of(a, name == "data" ? "key" : "for")});
      column_ = key == keys_.end() ? of(a, name == "data" ? "key" : "for") : key->second;
      if (name == "attvalue") {
        if (!open_.empty()) note(open_.back(), column_, text::attribute(a, "value"));
      } else {
        in_data_ = true;
        text_.clear();
      }
    }
  }

  void start_anx(std::string_view name, text::XmlAttributes a) {
    if (open_.empty()) return;
    Item& item = open_.back();
    if (name == "Entity") {
      item.id = of(a, "EntityId");
      note(item, "identity", text::attribute(a, "Identity"));
    } else if (name == "Link") {
      item.is_edge = true;
      item.from = of(a, "End1Id");
      item.to = of(a, "End2Id");
    } else if (name == "IconStyle" || name == "LinkStyle") {
      item.type = of(a, "Type");
      note(item, "strength", text::attribute(a, "Strength"));
      if (text::attribute(a, "ArrowStyle") == "ArrowOnTail") std::swap(item.from, item.to);
    } else if (name == "Attribute") {
      note(item, text::attribute(a, "AttributeClass"), text::attribute(a, "Value"));
    } else if (name == "Card") {
      note(item, "card", text::attribute(a, "Summary"));
      note(item, "source_reference", text::attribute(a, "SourceReference"));
      note(item, "source_type", text::attribute(a, "SourceType"));
    }
  }

  // GraphML: <key id for attr.name>; GEXF: <attributes class><attribute id title>.
  void start_key(std::string_view name, text::XmlAttributes a) {
    if (keys_.size() >= kMaxKeys) return;
    if (name == "attributes") {
      key_class_ = of(a, "class");
    } else if (name == "attribute") {
      keys_[{key_class_, of(a, "id")}] = of(a, "title");
    } else {
      const std::string what = of(a, "for");
      const std::string title = of(a, "attr.name");
      for (const char* each : {"node", "edge"})
        if (what == each || what == "all" || what.empty())
          keys_[{each, of(a, "id")}] = title.empty() ? of(a, "id") : title;
    }
  }

  void end(std::string_view name) {
    last_event_ = xml_.event_end();
    if (name == "data" && in_data_) {
      in_data_ = false;
      if (!open_.empty()) note(open_.back(), column_, text_);
    }
    if (!is_item(name) || open_.empty()) return;
    const Item item = std::move(open_.back());
    open_.pop_back();
    if (const auto done = write(item); !done) xml_.stop(done.error());
  }

  void note(Item& item, std::string_view column, std::string_view value) {
    if (value.empty() || column.empty() || item.values.size() >= kMaxValues) return;
    item.bytes += column.size() + value.size();
    if (item.bytes <= builder_.options().max_row_bytes) item.values.emplace_back(column, value);
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  // What a type or the name of a property says the value is, in any of six languages.
  [[nodiscard]] Field field_of(std::string_view words) const {
    const auto match = words_.match(words);
    return match && match->whole ? match->field : Field::other;
  }

  Result<void> write(const Item& item) {
    const std::uint64_t length = xml_.event_end() - item.begin;
    const std::string_view raw = bytes_.of(item.begin, length);
    if (raw.size() < length || item.bytes > builder_.options().max_row_bytes)
      return builder_.reject_row(ErrorCode::intake_row_too_long, item.begin);
    if (item.is_edge ? item.from.empty() || item.to.empty() : item.id.empty())
      return builder_.reject_row(
          ErrorCode::intake_missing_reference, item.begin,
          item.is_edge ? "a line without one of its ends" : "an item without an id");
    OVILLO_CHECK(builder_.begin_row());
    Field label = Field::other;
    if (item.is_edge) {
      add("from", Field::from_ref, scope_ + item.from);
      add("to", Field::to_ref, scope_ + item.to);
      add("type", Field::predicate, item.type.empty() ? item.label : item.type);
    } else {
      add("id", Field::local_id, scope_ + item.id);
      add("type", Field::kind, item.type);
      label = field_of(item.type);
    }
    add("label", label, item.label);
    for (const auto& [column, value] : item.values)
      add(column, column == "time" ? Field::time : field_of(column), value);
    const RecordKind kind = item.is_edge           ? RecordKind::relation
                            : label == Field::name ? RecordKind::person
                                                   : RecordKind::thing;
    return builder_.finish_row(kind, {item.begin, length}, raw);
  }

  ChartForm form_;
  BatchBuilder& builder_;
  HeaderWords words_;
  text::XmlReader xml_;
  std::string scope_;
  std::map<std::pair<std::string, std::string>, std::string> keys_;  // class and id -> title
  std::string key_class_, column_, text_;
  bool in_data_ = false;
  std::vector<Item> open_;  // nodes may hold charts of their own
  std::uint64_t last_event_ = 0;
  RowBytes bytes_;
};

}  // namespace

ChartForm chart_form(std::string_view head) {
  std::string text;
  for (const char c : head.substr(0, 4096))
    if (c != '\0') text.push_back(c);
  if (text.find("<?xml") > 3 && text.find("<graphml") != 0 && text.find("<gexf") != 0)
    return ChartForm::none;
  if (text.find("<graphml") != std::string::npos) return ChartForm::graphml;
  if (text.find("<gexf") != std::string::npos) return ChartForm::gexf;
  const std::size_t chart = text.find("<Chart");
  const bool anx = chart != std::string::npos && chart + 6 < text.size() &&
                   (text[chart + 6] == '>' || text[chart + 6] == ' ');
  return anx ? ChartForm::anx : ChartForm::none;
}

Result<void> read_chart(ByteStream& stream, ChartForm form, BatchBuilder& builder) {
  OVILLO_TRY(auto words, HeaderWords::open(data_folder()));
  return ChartReader(form, builder, std::move(words)).read(stream);
}

}  // namespace ovillo::intake
