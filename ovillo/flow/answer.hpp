// Answer: what `run` worked out for one view, as kept in the workspace.
//
// An answer is a list of components. A component is a set of records joined by shared identifiers
// or by a text of one hand; everything said about it depends on its records and the model alone,
// so each is kept under a key made from exactly those. A later run keeps the components whose key
// is unchanged and works out the rest: adding and removing cost what they touch, and the result is
// the one of a workspace that never held anything else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/record/assessment.hpp"
#include "ovillo/record/ids.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

using ComponentKey = Id128<struct ComponentTag>;

/// One network of a component. Members are local: records are positions in Component::records,
/// entities are rows of the component's EntityTable (component.hpp works it out again when asked);
/// `assessment` evidence points to local records. Only networks that show more than one person's
/// hand, or a sign of exploitation, are kept: most adverts are by adults who work for themselves.
struct Network {
  NetworkKey key;                       ///< keyed hash of the sorted member record ids
  NetworkId id;                         ///< stable, from the ledger; null until given
  std::vector<std::uint32_t> records;   ///< ascending
  std::vector<std::uint32_t> entities;  ///< ascending
  Assessment assessment;
};

struct Component {
  ComponentKey key;
  std::vector<std::uint32_t> records;  ///< ascending record indices of the view
  std::vector<Network> networks;
};

/// How much of a template is fixed.
struct TemplateShape {
  std::uint32_t n_slots = 0;
  std::uint32_t n_fixed_words = 0;
};

/// Texts of one hand among candidates: kept apart from Component because candidates join far more.
/// Why a text is in its cluster is kept, 13 bytes each: a component of a hundred thousand texts
/// cannot be decided again for one page.
struct TextComponent {
  ComponentKey key;
  std::vector<std::uint32_t> records;    ///< ascending record indices of the view
  std::vector<std::int32_t> cluster;     ///< per record: index into templates; -1: alone
  std::vector<cluster::Reason> reasons;  ///< per record that is not alone; `with`: in `records`
  StringColumn templates;
  std::vector<TemplateShape> shapes;      ///< per template
  std::vector<cluster::StockText> stock;  ///< the commonest first, at most cluster::kMostStock
};

struct Answer {
  std::string model;                  ///< version of the model it rests on
  std::vector<RecordId> records;      ///< the view, ascending: what record indices mean
  std::vector<TextComponent> texts;   ///< ascending key
  std::vector<Component> components;  ///< ascending key
  std::vector<UrgentText> urgent;     ///< record = index of the view; ascending
};

/// A network and where it lies in the answer.
struct NetworkAt {
  std::size_t component;
  std::size_t network;
};

/// All networks in ranked order (assess::ranks_before, then key).
std::vector<NetworkAt> ranked(const Answer& answer);

/// @error flow.run_first, flow.damaged_answer.
Result<Answer> load_answer(const storage::Workspace& workspace, const View& view);
Result<void> store_answer(storage::Transaction& transaction, const View& view, const IdKey& key,
                          const Answer& answer);

}  // namespace ovillo::flow
