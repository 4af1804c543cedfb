// The vocabulary a run works with: extractor, background of phrases, indicators; loaded once.
#pragma once

#include <filesystem>
#include <string>

#include "ovillo/assess/assess.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/flow/part_columns.hpp"
#include "ovillo/flow/payers.hpp"
#include "ovillo/route/gazetteer.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

struct Vocabulary {
  extract::Extractor extractor;
  cluster::Background background;
  assess::Assessor assessor;
  /// Accounts of booking platforms: they pay for strangers and tie nobody.
  SharedPayers shared_payers;
  /// Which columns of a person or company hold which part of a name.
  PartHeaders part_headers;
  /// Names all of the above: answers are comparable at equal model.
  std::string model;
  /// Above so many texts a view is clustered by counts that are made once (live_hands.hpp).
  std::size_t most_in_one_go = cluster::kMostInOneGo;
  /// Where towns lie: for maps, no answer rests on it.
  route::Gazetteer towns{};

  /// From the data folder, with what `train` made of the view's compartments.
  static Result<Vocabulary> open(const std::filesystem::path& data,
                                 const storage::Workspace& workspace, const View& view);
};

}  // namespace ovillo::flow
