// An estimate as a page of text and as JSON.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/picture/diagnostics.hpp"

namespace ovillo::flow {

/// The twelve diagnostics, those that were asked for.
struct Diagnosis {
  picture::TableHealth health;
  picture::Bounds bounds;
  std::vector<picture::Variant> ties;
  std::optional<picture::CloseModels> close;
  std::vector<picture::Variant> without;
  std::vector<picture::Variant> merged;
  std::vector<picture::Variant> thresholds;
  std::vector<picture::Consistency> consistency;
  std::vector<picture::SamplePoint> trajectory;
  std::vector<picture::LinkageEffect> linkage;
  std::vector<picture::Coverage> coverage;
  std::vector<std::string> stated;
};

struct EstimateReport {
  std::string file;
  const picture::OverlapTable* table = nullptr;
  const picture::Settings* settings = nullptr;
  const picture::Estimate* estimate = nullptr;
  std::optional<picture::LinkageEffect> with_linkage;
  std::optional<Diagnosis> diagnosis;
};

void write_estimate_text(const EstimateReport& report, std::ostream& out);
void write_estimate_json(const EstimateReport& report, std::ostream& out);

}  // namespace ovillo::flow
