// FollowTheMoney: entities and payments out of JSON lines {"id", "schema", "properties"}.
//
// An entity is one record: its schema says the kind, its id is the local id, its properties become
// fields. A schema that joins two entities becomes a relation with both ends; a Payment becomes a
// transfer from payer to beneficiary. The words are data (data/profiles/followthemoney.toml).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/flat_row.hpp"
#include "ovillo/intake/internal/vocabulary.hpp"

namespace ovillo::intake {

/// Says whether the values are those of a FollowTheMoney entity.
bool is_entity(const std::vector<FlatValue>& values, bool has_properties);

class FollowTheMoney {
 public:
  /// @error base.cannot_read, base.bad_data_file.
  static Result<FollowTheMoney> open();

  /// Adds one entity as a record. @error of the sink.
  Result<void> add_row(const std::vector<FlatValue>& values, RowPlace place, std::string_view raw,
                       BatchBuilder& builder) const;

 private:
  FollowTheMoneyWords words_;
};

}  // namespace ovillo::intake
