#include "ovillo/bank/internal/xml_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/text/xml_reader.hpp"

namespace ovillo::bank {

namespace {

constexpr std::uint64_t kMaxTag = 1u << 20;
constexpr std::size_t kMaxNodes = 4'000'000;  // of one part: about 600 MB

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void trim(std::string& text) {
  std::size_t end = text.size();
  while (end > 0 && is_space(text[end - 1])) --end;
  text.resize(end);
  std::size_t begin = 0;
  while (begin < text.size() && is_space(text[begin])) ++begin;
  text.erase(0, begin);
}

// Calls `take` for each element at the path until it returns true.
template <class Take>
bool walk(const XmlNode& node, std::string_view path, const Take& take) {
  if (path.empty()) return take(node);
  const std::size_t slash = path.find('/');
  const std::string_view step = path.substr(0, slash);
  const std::string_view rest =
      slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  for (const XmlNode& child : node.children)
    if (child.name == step && walk(child, rest, take)) return true;
  return false;
}

class PartReader {
 public:
  PartReader(std::uint64_t max_part_bytes, const XmlPartEvents& events)
      : max_part_bytes_(max_part_bytes),
        events_(events),
        xml_(xml_events(), kMaxTag, ErrorCode::bank_bad_markup) {}

  Result<void> read(ByteStream& stream) {
    const auto done = xml_.read(stream);
    if (done || done.error().code() != ErrorCode::bank_bad_markup) return done;
    Locus locus = done.error().locus();
    if (!locus.byte) locus.byte = xml_.event_begin();
    return Error(ErrorCode::bank_bad_markup,
                 fmt::format("line {}: {}", xml_.event_line(), done.error().detail()),
                 std::move(locus));
  }

 private:
  text::XmlReader::Events xml_events() {
    text::XmlReader::Events out;
    out.start = [this](std::string_view name, text::XmlAttributes a) { start(name, a); };
    out.end = [this](std::string_view name) { end(name); };
    out.text = [this](std::string_view piece) { text(piece); };
    out.fed = [this](std::string_view bytes) { fed(bytes); };
    return out;
  }

  [[nodiscard]] bool in_part() const { return !open_.empty(); }
  [[nodiscard]] Place here() const { return {xml_.event_line(), xml_.event_begin(), 0}; }

  // Keeps the bytes from the part that is open on, else from the last event on.
  void fed(std::string_view bytes) {
    const std::uint64_t keep_from = in_part() && !skipping_ ? root_.place.byte : seen_;
    const std::uint64_t drop = std::min<std::uint64_t>(keep_from - held_begin_, held_.size());
    held_.erase(0, drop);
    held_begin_ += drop;
    held_.append(bytes);
  }

  void start(std::string_view name, text::XmlAttributes attributes) {
    seen_ = xml_.event_begin();
    if (!in_part()) {
      path_.emplace_back(name);
      if (!events_.is_part(path_)) {
        XmlNode outside;
        fill(outside, name, attributes);
        events_.enter(path_, outside, here());
        return;
      }
      path_.pop_back();
      root_ = XmlNode();
      n_nodes_ = 0;
      root_.place = here();
      fill(root_, name, attributes);
      open_.push_back(&root_);
      return;
    }
    ++depth_below_;
    if (skipping_) return;
    if (++n_nodes_ > kMaxNodes || xml_.event_begin() - root_.place.byte > max_part_bytes_) {
      skip();
      return;
    }
    XmlNode* parent = open_.back();
    parent->text.clear();
    XmlNode& node = parent->children.emplace_back();
    node.place = here();
    fill(node, name, attributes);
    open_.push_back(&node);
  }

  static void fill(XmlNode& node, std::string_view name, text::XmlAttributes attributes) {
    node.name = name;
    for (; *attributes != nullptr; attributes += 2)
      node.attributes.emplace_back(text::local_name(attributes[0]), attributes[1]);
  }

  void skip() {
    skipping_ = true;
    root_.children.clear();
    root_.text.clear();
    open_.assign(1, &root_);
  }

  void text(std::string_view piece) {
    seen_ = xml_.event_begin();
    if (!in_part() || skipping_) return;
    XmlNode& node = *open_.back();
    if (!node.children.empty()) return;
    if (xml_.event_begin() - root_.place.byte > max_part_bytes_) return skip();
    node.text.append(piece);
  }

  void end(std::string_view) {
    seen_ = xml_.event_begin();
    if (!in_part()) {
      const auto left = events_.leave(path_, {xml_.event_line(), xml_.event_end(), 0});
      path_.pop_back();
      if (!left) xml_.stop(left.error());
      return;
    }
    if (depth_below_ > 0) {
      --depth_below_;
      if (skipping_) return;
      close(*open_.back());
      open_.pop_back();
      return;
    }
    open_.clear();
    if (skipping_) {
      skipping_ = false;
      events_.too_large(root_.place);
      return;
    }
    close(root_);
    const std::string_view raw =
        std::string_view(held_).substr(root_.place.byte - held_begin_, root_.place.length);
    const auto taken = events_.part(std::move(root_), raw);
    if (!taken) xml_.stop(taken.error());
  }

  void close(XmlNode& node) {
    trim(node.text);
    node.place.length = xml_.event_end() - node.place.byte;
  }

  std::uint64_t max_part_bytes_;
  const XmlPartEvents& events_;
  text::XmlReader xml_;
  XmlPartEvents::Path path_;
  XmlNode root_;
  std::vector<XmlNode*> open_;  // from root_ down; a parent's children grow only at its end
  std::size_t depth_below_ = 0;
  std::size_t n_nodes_ = 0;
  bool skipping_ = false;
  std::string held_;
  std::uint64_t held_begin_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace

const XmlNode* XmlNode::find(std::string_view path) const {
  const XmlNode* found = nullptr;
  walk(*this, path, [&](const XmlNode& node) {
    found = &node;
    return true;
  });
  return found;
}

std::vector<const XmlNode*> XmlNode::all(std::string_view path) const {
  std::vector<const XmlNode*> found;
  walk(*this, path, [&](const XmlNode& node) {
    found.push_back(&node);
    return false;
  });
  return found;
}

std::optional<std::string> XmlNode::value(std::string_view path) const {
  std::optional<std::string> found;
  walk(*this, path, [&](const XmlNode& node) {
    if (!node.text.empty()) found = node.text;
    return found.has_value();
  });
  return found;
}

std::optional<std::string> XmlNode::value_of(std::initializer_list<std::string_view> paths) const {
  for (const std::string_view path : paths)
    if (auto found = value(path)) return found;
  return std::nullopt;
}

std::optional<std::string> XmlNode::attribute(std::string_view attribute_name) const {
  for (const auto& [key, text_of] : attributes)
    if (key == attribute_name && !text_of.empty()) return text_of;
  return std::nullopt;
}

Result<void> read_xml_parts(ByteStream& stream, std::uint64_t max_part_bytes,
                            const XmlPartEvents& events) {
  return PartReader(max_part_bytes, events).read(stream);
}

}  // namespace ovillo::bank
