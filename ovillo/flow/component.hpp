// One component: its records in, its entities, links, networks and what they show out.
//
// Everything here depends on the records of the component and the model alone.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/assess/assess.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/hand_index.hpp"
#include "ovillo/flow/vocabulary.hpp"
#include "ovillo/resolve/resolve.hpp"

namespace ovillo::flow {

/// Inside of a component. Record indices are positions in ComponentInput::records.
struct ComponentBody {
  EntityTable entities;
  LinkTable links;
  std::vector<std::uint32_t> network_of_entity;  ///< smallest entity of its network
};

struct ComponentInput {
  const Corpus* corpus = nullptr;
  const SharedPayers* shared_payers = nullptr;
  std::vector<std::uint32_t> records;  ///< indices of the view, ascending
  std::vector<std::int32_t> cluster;   ///< per record: 0.. in order of first member, or -1
  StringColumn templates;
  /// By Corpus::number, what a text says; null where it was not read. Empty: nobody read.
  std::span<const std::unique_ptr<const assess::Reading>> readings;

  /// Keyed hash of members, their clusters with their templates, and the model: equal keys, equal
  /// answers.
  [[nodiscard]] ComponentKey key(const IdKey& key, std::string_view model) const;
  /// What resolve sees of the records; points into the corpus and `templates`.
  [[nodiscard]] std::vector<resolve::Row> rows() const;
};

ComponentInput component_input(const Corpus& corpus, const SharedPayers& shared_payers,
                               std::span<const std::uint32_t> records, const HandIndex& hands);

/// Entities, links and the network of each entity.
ComponentBody body_of(const ComponentInput& input, const IdKey& key);

/// The component's answer, without its key.
Component work_out_component(const ComponentInput& input, const Vocabulary& vocabulary,
                             const IdKey& key);

}  // namespace ovillo::flow
