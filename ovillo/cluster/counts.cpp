#include <array>

#include "ovillo/base/bytes.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/counts_body.hpp"

namespace ovillo::cluster {

namespace {
constexpr std::uint32_t kFormat = 1;
constexpr unsigned kLeastShift = 8;
constexpr unsigned kMostShift = 31;
}  // namespace

std::string Counts::serialise() const {
  ByteWriter out;
  out.put(kFormat);
  out.put(std::uint32_t{body_->common.shift()});
  out.put_vector(body_->common.common());
  out.put(body_->beyond_sample);
  out.put_vector(body_->voices.held());
  out.put(static_cast<std::uint32_t>(body_->stock.size()));
  for (const StockText& stock : body_->stock) {
    out.put_text(stock.text);
    out.put(stock.n_texts);
  }
  return out.take();
}

Result<Counts> Counts::parse(std::string_view bytes) {
  const Error damaged(ErrorCode::cluster_bad_background, "the counts kept are not whole");
  ByteReader in(bytes);
  if (in.get<std::uint32_t>() != kFormat) return damaged;
  const auto shift = in.get<std::uint32_t>();
  auto common = in.get_vector<std::uint64_t>();
  if (!in.ok() || shift < kLeastShift || shift > kMostShift ||
      common.size() != ((std::uint64_t{1} << (32 - shift)) + 63) / 64)
    return damaged;
  const auto beyond_sample = in.get<Bits16>();
  const auto held = in.get_vector<Voices::Held>();
  for (std::size_t i = 0; i < held.size(); ++i)
    if (held[i].key == 0 || (i > 0 && held[i].key <= held[i - 1].key)) return damaged;
  std::vector<StockText> stock;
  const auto n_stock = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < n_stock && in.ok(); ++i) {
    StockText one;
    one.text = in.get_text();
    one.n_texts = in.get<std::uint64_t>();
    stock.push_back(std::move(one));
  }
  if (!in.ok() || !in.at_end()) return damaged;
  return Counts(std::make_shared<CountsBody>(CountsBody{
      CommonPairs(shift, std::move(common)), Voices(held), beyond_sample, std::move(stock)}));
}

const std::vector<StockText>& Counts::stock() const { return body_->stock; }

}  // namespace ovillo::cluster
