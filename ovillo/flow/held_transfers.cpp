#include "ovillo/flow/held_transfers.hpp"

#include <array>
#include <map>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "ovillo/base/decimal.hpp"

namespace ovillo::flow {

namespace {

using Fields = std::array<Field, 3>;  // the surest first
constexpr Fields kPayer = {Field::from_account, Field::from_phone, Field::from_name};
constexpr Fields kPayee = {Field::to_account, Field::to_phone, Field::to_name};

// As extract read the cell; where it read nothing, as written.
std::string_view read_as(const Corpus& corpus, Corpus::Index record, Field field) {
  const FindBatch& finds = corpus.block(record).finds;
  const Range range = corpus.finds(record);
  for (std::size_t f = range.begin; f < range.end; ++f)
    if (corpus.batch(record).columns[finds.column[f]].field == field) return finds.canonical[f];
  return corpus.value(record, field);
}

std::string_view side(const Corpus& corpus, Corpus::Index record, const Fields& fields) {
  for (const Field field : fields)
    if (const std::string_view name = read_as(corpus, record, field); !name.empty()) return name;
  return {};
}

}  // namespace

Result<money::Transfers> held_transfers(const Corpus& corpus, std::ostream& warn) {
  money::TransferTable table;
  std::map<std::string, std::size_t> left_out;
  for (Corpus::Index record = 0; record < corpus.size(); ++record) {
    if (corpus.kind(record) != RecordKind::transfer) continue;
    const std::string id = corpus.id(record).hex();
    const auto taken = table.add({.row = corpus.batch(record).row[corpus.row(record)],
                                  .id = id,
                                  .from = side(corpus, record, kPayer),
                                  .to = side(corpus, record, kPayee),
                                  .time = corpus.time(record),
                                  .amount = parse_decimal(corpus.value(record, Field::amount)),
                                  .currency = corpus.value(record, Field::currency),
                                  .channel = corpus.value(record, Field::channel),
                                  .text = corpus.value(record, Field::text),
                                  .place = corpus.value(record, Field::place)});
    if (taken) continue;
    if (taken.error().code() == ErrorCode::money_too_many_transfers) return taken.error();
    ++left_out[taken.error().message()];
  }
  for (const auto& [why, n] : left_out) warn << fmt::format("{} transfers: {}\n", n, why);
  return std::move(table).finish();
}

}  // namespace ovillo::flow
