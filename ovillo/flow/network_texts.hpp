// Texts of one hand in one network: the template they share, its members in time, why each is in;
// and the stock texts among its records, which count for little because so many write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/flow/slot_words.hpp"

namespace ovillo::flow {

/// Why a text is in its cluster is read from the answer, as it was decided: cluster::Reason.
struct ClusterMember {
  std::uint32_t record = 0;                  ///< index of the view
  std::optional<std::uint32_t> joined_with;  ///< the same; may lie outside the network. Empty: it
                                             ///< is the one from which the reasons start.
  bool is_copy = false;                      ///< the same text but for what folding takes away
  std::int32_t bits16 = 0;                   ///< sixteenths of a bit saved by taking the two for
                                             ///< one hand's
  std::int32_t asked16 = 0;                  ///< and how many were asked
  std::vector<std::optional<std::string>> slots;  ///< SlotReader::read
};

struct TextCluster {
  std::string template_text;
  std::vector<TemplatePart> parts;  ///< of template_text
  std::uint32_t n_slots = 0;
  std::uint32_t n_fixed_words = 0;
  std::vector<ClusterMember> members;  ///< of this network: by time, undated last, then by record
  std::uint64_t n_elsewhere = 0;       ///< of this cluster, outside this network
};

struct NetworkStock {
  std::string text;                    ///< digits as "#"
  std::uint64_t n_texts = 0;           ///< in the view, about
  std::vector<std::uint32_t> records;  ///< of the network, that hold it; ascending
};

struct NetworkTexts {
  std::vector<TextCluster> clusters;  ///< most members first, then by first record
  std::vector<NetworkStock> stock;    ///< the commonest first
};

/// @param records  of the network: indices of the view, ascending.
/// @cost  one pass over the answer's text components, and over the words of the records; the slots
///        of the first texts only, kMostSlotCells together.
Result<NetworkTexts> network_texts(CaseFile& file, const std::vector<std::uint32_t>& records);

/// Indices of the view in order of time: undated last, equal times by index.
void sort_by_time(const Corpus& corpus, std::vector<std::uint32_t>& records);

}  // namespace ovillo::flow
