#include "ovillo/flow/stable_ids.hpp"

#include <unordered_map>
#include <vector>

#include "ovillo/casework/ledger.hpp"

namespace ovillo::flow {

Result<void> give_stable_ids(const storage::Workspace& workspace, storage::Transaction& transaction,
                             const View& view, Answer& answer) {
  OVILLO_TRY(const auto before, casework::load_ledger(workspace, view));
  std::vector<casework::NetworkMembers> networks;
  for (const Component& component : answer.components)
    for (const Network& network : component.networks) {
      casework::NetworkMembers members{network.key, {}};
      for (const std::uint32_t local : network.records)
        members.records.push_back(answer.records[component.records[local]]);
      networks.push_back(std::move(members));
    }
  const casework::Ledger ledger = casework::carry_on(before, networks, workspace.id_key());
  std::unordered_map<NetworkKey, NetworkId, Id128Hash<NetworkKey::TagType>> id_of;
  for (const casework::LedgerNetwork& network : ledger.networks) id_of[network.key] = network.id;
  for (Component& component : answer.components)
    for (Network& network : component.networks) network.id = id_of.at(network.key);
  return casework::store_ledger(transaction, view, workspace.id_key(), ledger);
}

}  // namespace ovillo::flow
