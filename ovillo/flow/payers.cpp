#include "ovillo/flow/payers.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "ovillo/base/bytes.hpp"
#include "ovillo/flow/plain_table.hpp"

namespace ovillo::flow {

namespace {

constexpr std::array<std::string_view, 2> kPayerKinds = {"accredited_employer", "booking_platform"};
constexpr std::string_view kName = "payers";

// An account as extract writes it: upper case, no spaces.
std::string canonical_account(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

Result<Payer> payer_of(const RecordBatch& batch, std::size_t row, std::uint16_t name,
                       std::uint16_t kind, std::uint16_t account) {
  Payer payer;
  payer.name = cell(batch, row, name);
  payer.canonical = canonical_account(cell(batch, row, account));
  const auto known = from_name<PayerKind>(cell(batch, row, kind));
  if (!known || payer.canonical.empty())
    return Error(ErrorCode::base_bad_argument,
                 "a payer needs an account, and the kind accredited_employer or booking_platform",
                 Locus{batch.file_name, {}, batch.row[row], {}, batch.byte[row]});
  payer.kind = *known;
  return payer;
}

}  // namespace

std::span<const std::string_view> names(PayerKind) { return kPayerKinds; }

Result<std::size_t> keep_payers(storage::Workspace& workspace, const std::string& path) {
  std::vector<Payer> payers;
  std::ostringstream rejected;
  OVILLO_CHECK(read_plain(path, rejected, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto name, column_at(batch, "name"));
    OVILLO_TRY(const auto kind, column_at(batch, "kind"));
    OVILLO_TRY(const auto account, column_at(batch, "account"));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      OVILLO_TRY(auto payer, payer_of(batch, row, name, kind, account));
      payers.push_back(std::move(payer));
    }
    return {};
  }));
  // A list of which a part cannot be read is not kept: who is missing from it would be wronged.
  if (!rejected.str().empty()) return Error(ErrorCode::base_bad_argument, rejected.str());
  std::sort(payers.begin(), payers.end(), [](const Payer& a, const Payer& b) {
    return std::tie(a.canonical, a.kind, a.name) < std::tie(b.canonical, b.kind, b.name);
  });
  ByteWriter out;
  out.put(static_cast<std::uint32_t>(payers.size()));
  for (const Payer& payer : payers) {
    out.put(payer.kind);
    out.put_text(payer.canonical);
    out.put_text(payer.name);
  }
  OVILLO_CHECK(workspace.put(kName, out.take()));
  return payers.size();
}

Result<void> copy_payers(const storage::Workspace& from, storage::Workspace& to) {
  OVILLO_TRY(const auto bytes, from.get(kName));
  return bytes ? to.put(kName, *bytes) : Result<void>();
}

Result<std::vector<Payer>> held_payers(const storage::Workspace& workspace) {
  OVILLO_TRY(const auto bytes, workspace.get(kName));
  std::vector<Payer> payers;
  if (!bytes) return payers;
  ByteReader in(*bytes);
  const auto n = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n && in.ok(); ++i) {
    Payer payer;
    payer.kind = in.get<PayerKind>();
    payer.canonical = in.get_text();
    payer.name = in.get_text();
    payers.push_back(std::move(payer));
  }
  if (!in.ok()) return Error(ErrorCode::flow_damaged_answer);
  return payers;
}

}  // namespace ovillo::flow
