#include "ovillo/flow/answer.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "ovillo/assess/assess.hpp"
#include "ovillo/base/bytes.hpp"
#include "ovillo/casework/view_digest.hpp"

namespace ovillo::flow {

namespace {

constexpr std::uint32_t kFormat = 2;
constexpr std::size_t kPartBytes = 8u << 20;

void put_signs(ByteWriter& out, const Assessment& assessment) {
  out.put(assessment.families_for);
  out.put(assessment.families_against);
  out.put(assessment.newest_utc_s);
  out.put(static_cast<std::uint32_t>(assessment.signs.size()));
  for (const Sign& sign : assessment.signs) {
    out.put_text(sign.indicator);
    out.put(sign.side);
    out.put_text(sign.family);
    out.put_text(sign.sentence);
    out.put_vector(sign.evidence);
  }
}

Assessment get_signs(ByteReader& in) {
  Assessment assessment;
  assessment.families_for = in.get<std::int32_t>();
  assessment.families_against = in.get<std::int32_t>();
  assessment.newest_utc_s = in.get<std::int64_t>();
  const auto n = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n && in.ok(); ++i) {
    Sign sign;
    sign.indicator = in.get_text();
    sign.side = in.get<SignSide>();
    sign.family = in.get_text();
    sign.sentence = in.get_text();
    sign.evidence = in.get_vector<Evidence>();
    assessment.signs.push_back(std::move(sign));
  }
  return assessment;
}

void put_component(ByteWriter& out, const Component& component) {
  out.put(component.key);
  out.put_vector(component.records);
  out.put(static_cast<std::uint32_t>(component.networks.size()));
  for (const Network& network : component.networks) {
    out.put(network.key);
    out.put(network.id);
    out.put_vector(network.records);
    out.put_vector(network.entities);
    put_signs(out, network.assessment);
  }
}

Component get_component(ByteReader& in) {
  Component component;
  component.key = in.get<ComponentKey>();
  component.records = in.get_vector<std::uint32_t>();
  const auto n = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n && in.ok(); ++i) {
    Network network;
    network.key = in.get<NetworkKey>();
    network.id = in.get<NetworkId>();
    network.records = in.get_vector<std::uint32_t>();
    network.entities = in.get_vector<std::uint32_t>();
    network.assessment = get_signs(in);
    component.networks.push_back(std::move(network));
  }
  return component;
}

std::size_t n_not_alone(const std::vector<std::int32_t>& cluster) {
  return static_cast<std::size_t>(
      std::count_if(cluster.begin(), cluster.end(), [](std::int32_t c) { return c >= 0; }));
}

void put_text_component(ByteWriter& out, const TextComponent& text) {
  out.put(text.key);
  out.put_vector(text.records);
  out.put_vector(text.cluster);
  for (const cluster::Reason& reason : text.reasons) {
    out.put(reason.with);
    out.put(static_cast<std::uint8_t>(reason.is_copy));
    out.put(reason.bits16);
    out.put(reason.asked16);
  }
  out.put_column(text.templates);
  out.put_vector(text.shapes);
  out.put(static_cast<std::uint32_t>(text.stock.size()));
  for (const cluster::StockText& stock : text.stock) {
    out.put_text(stock.text);
    out.put(stock.n_texts);
  }
}

// Whether every position lies in what it points into.
bool holds_together(const TextComponent& text, std::size_t n_records) {
  const auto below = [](std::int32_t position, std::size_t end) {
    return position < 0 || static_cast<std::size_t>(position) < end;
  };
  return text.records.size() == text.cluster.size() &&
         text.shapes.size() == text.templates.size() &&
         std::all_of(text.records.begin(), text.records.end(),
                     [&](std::uint32_t record) { return record < n_records; }) &&
         std::all_of(text.cluster.begin(), text.cluster.end(),
                     [&](std::int32_t c) { return below(c, text.templates.size()); }) &&
         std::all_of(text.reasons.begin(), text.reasons.end(), [&](const cluster::Reason& reason) {
           return below(reason.with, text.records.size());
         });
}

// Empty: damaged.
std::optional<TextComponent> get_text_component(ByteReader& in, std::size_t n_records) {
  TextComponent text;
  text.key = in.get<ComponentKey>();
  text.records = in.get_vector<std::uint32_t>();
  text.cluster = in.get_vector<std::int32_t>();
  text.reasons.resize(n_not_alone(text.cluster));
  for (cluster::Reason& reason : text.reasons) {
    reason.with = in.get<std::int32_t>();
    reason.is_copy = in.get<std::uint8_t>() != 0;
    reason.bits16 = in.get<std::int32_t>();
    reason.asked16 = in.get<std::int32_t>();
  }
  text.templates = in.get_column();
  text.shapes = in.get_vector<TemplateShape>();
  const auto n_stock = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n_stock && in.ok(); ++i) {
    cluster::StockText stock;
    stock.text = in.get_text();
    stock.n_texts = in.get<std::uint64_t>();
    text.stock.push_back(std::move(stock));
  }
  if (!in.ok() || !holds_together(text, n_records)) return std::nullopt;
  return text;
}

std::string part_name(const View& view, const IdKey& key, std::size_t part) {
  return fmt::format("answer/{}/{}", casework::view_digest(view, key).hex(), part);
}

// Writes items into parts of about kPartBytes: [kind, n, items...].
class PartWriter {
 public:
  PartWriter(storage::Transaction& transaction, const View& view, const IdKey& key)
      : transaction_(transaction), view_(view), key_(key) {}

  template <class Item, class Put>
  Result<void> write(char kind, const std::vector<Item>& items, Put put) {
    for (std::size_t i = 0; i < items.size();) {
      ByteWriter body;
      std::uint32_t n = 0;
      std::size_t bytes = 0;
      for (; i < items.size() && bytes < kPartBytes; ++i, ++n) {
        ByteWriter one;
        put(one, items[i]);
        const std::string text = one.take();
        bytes += text.size();
        body.put_text(text);
      }
      ByteWriter part;
      part.put(kind);
      part.put(n);
      std::string out = part.take() + body.take();
      OVILLO_CHECK(transaction_.put_derived(view_, part_name(view_, key_, n_parts_ + 1), out));
      ++n_parts_;
    }
    return {};
  }
  [[nodiscard]] std::uint32_t n_parts() const { return n_parts_; }

 private:
  storage::Transaction& transaction_;
  const View& view_;
  const IdKey& key_;
  std::uint32_t n_parts_ = 0;
};

void put_urgent(ByteWriter& out, const UrgentText& urgent) {
  out.put(urgent.record);
  out.put_text(urgent.indicator);
  out.put_vector(urgent.evidence);
}

UrgentText get_urgent(ByteReader& in) {
  UrgentText urgent;
  urgent.record = in.get<std::uint32_t>();
  urgent.indicator = in.get_text();
  urgent.evidence = in.get_vector<Evidence>();
  return urgent;
}

Result<void> read_part(Answer& answer, std::string_view bytes) {
  ByteReader in(bytes);
  const char kind = in.get<char>();
  const auto n = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n && in.ok(); ++i) {
    ByteReader item(in.get_text());
    if (kind == 't') {
      auto text = get_text_component(item, answer.records.size());
      if (!text) return Error(ErrorCode::flow_damaged_answer);
      answer.texts.push_back(std::move(*text));
    } else if (kind == 'c') {
      answer.components.push_back(get_component(item));
    } else {
      answer.urgent.push_back(get_urgent(item));
    }
    if (!item.ok()) return Error(ErrorCode::flow_damaged_answer);
  }
  if (!in.ok()) return Error(ErrorCode::flow_damaged_answer);
  return {};
}

}  // namespace

std::vector<NetworkAt> ranked(const Answer& answer) {
  std::vector<NetworkAt> order;
  for (std::size_t c = 0; c < answer.components.size(); ++c)
    for (std::size_t n = 0; n < answer.components[c].networks.size(); ++n) order.push_back({c, n});
  const auto network = [&](const NetworkAt& at) -> const Network& {
    return answer.components[at.component].networks[at.network];
  };
  std::sort(order.begin(), order.end(), [&](const NetworkAt& x, const NetworkAt& y) {
    const Network& a = network(x);
    const Network& b = network(y);
    if (assess::ranks_before(a.assessment, b.assessment)) return true;
    if (assess::ranks_before(b.assessment, a.assessment)) return false;
    return a.key < b.key;
  });
  return order;
}

Result<Answer> load_answer(const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(auto head, workspace.get_derived(part_name(view, workspace.id_key(), 0)));
  if (!head) return Error(ErrorCode::flow_run_first);
  ByteReader in(*head);
  if (in.get<std::uint32_t>() != kFormat) return Error(ErrorCode::flow_run_first);
  const auto n_parts = in.get<std::uint32_t>();
  Answer answer;
  answer.model = in.get_text();
  answer.records = in.get_vector<RecordId>();
  if (!in.ok()) return Error(ErrorCode::flow_damaged_answer);
  for (std::uint32_t i = 1; i <= n_parts; ++i) {
    OVILLO_TRY(auto part, workspace.get_derived(part_name(view, workspace.id_key(), i)));
    if (!part) return Error(ErrorCode::flow_damaged_answer);
    OVILLO_CHECK(read_part(answer, *part));
  }
  return answer;
}

Result<void> store_answer(storage::Transaction& transaction, const View& view, const IdKey& key,
                          const Answer& answer) {
  PartWriter parts(transaction, view, key);
  OVILLO_CHECK(parts.write('t', answer.texts, put_text_component));
  OVILLO_CHECK(parts.write('c', answer.components, put_component));
  OVILLO_CHECK(parts.write('u', answer.urgent, put_urgent));
  ByteWriter head;
  head.put(kFormat);
  head.put(parts.n_parts());
  head.put_text(answer.model);
  head.put_vector(answer.records);
  return transaction.put_derived(view, part_name(view, key, 0), head.take());
}

}  // namespace ovillo::flow
