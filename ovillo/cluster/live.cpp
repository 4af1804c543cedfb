#include "ovillo/cluster/live.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/internal/counts_body.hpp"
#include "ovillo/cluster/internal/folded.hpp"
#include "ovillo/cluster/internal/live_groups.hpp"
#include "ovillo/cluster/internal/live_neighbours.hpp"
#include "ovillo/cluster/internal/reasons.hpp"
#include "ovillo/cluster/internal/template_text.hpp"
#include "ovillo/cluster/internal/text_table.hpp"

namespace ovillo::cluster {

struct LiveTexts::Impl {
  Background background;
  std::optional<Counts> counts;
  TextTable texts;
  LiveNeighbours near{texts};
  LiveGroups groups;
  std::vector<Stamp> stamps;  // of the hands as they stand, ascending

  Impl(const Background& b, std::optional<Counts> c) : background(b), counts(std::move(c)) {}

  std::vector<std::uint32_t> enter(std::span<const std::string_view> added);
  std::vector<LiveGroups::Group> all_hands();
  std::uint32_t centre_of(const LiveGroups::Group& hand) const;
  Stamp stamp_of(const LiveGroups::Group& hand) const;
  Hand write(const LiveGroups::Group& hand, const Before& before) const;
};

// @return  texts whose nearest changed.
std::vector<std::uint32_t> LiveTexts::Impl::enter(std::span<const std::string_view> added) {
  const std::uint32_t first_new = texts.size();
  auto folded = std::make_unique<Folded>(added);
  std::vector<std::uint32_t> rows(added.size());
  std::iota(rows.begin(), rows.end(), 0);
  const Component batch(*folded, rows, added);
  texts.add(std::move(folded), batch, added);
  if (first_new == 0) {
    std::vector<std::uint32_t> among;
    for (std::uint32_t t = 0; t < batch.size(); ++t)
      if (batch.words(t).size() >= kFewestWords) among.push_back(t);
    std::optional<CommonPairs> own;
    if (!counts) own.emplace(batch);
    const Neighbours found(batch, own ? *own : counts->body().common, among,
                           Neighbours::Keep::signatures_too);
    if (!counts) counts = Counts(count(batch, std::move(own), found, among, background));
    near.start(found.signatures());
    std::vector<std::uint32_t> all(texts.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  std::vector<Signature> signatures(texts.size() - first_new);
  parallel_for(signatures.size(), 256, [&](std::size_t begin, std::size_t end) {
    std::vector<Feature> features;
    for (std::size_t i = begin; i < end; ++i)
      signatures[i] = signature_of(texts[first_new + static_cast<std::uint32_t>(i)].words,
                                   counts->body().common, features);
  });
  return near.add(signatures);
}

// Groups, and texts that stand alone but for copies of their own.
std::vector<LiveGroups::Group> LiveTexts::Impl::all_hands() {
  const Weigher weigher = counts->body().weigher(background);
  std::vector<LiveGroups::Group> out = groups.joined(texts, near, weigher);
  std::vector<bool> is_grouped(texts.size(), false);
  for (const LiveGroups::Group& hand : out)
    for (const std::uint32_t t : hand.members) is_grouped[t] = true;
  std::vector<std::uint32_t> copied;
  for (std::uint32_t t = 0; t < texts.size(); ++t)
    if (texts[t].copies > 1 && !is_grouped[t]) copied.push_back(t);
  texts.weigh(copied, weigher);
  const Component component = texts.component(copied);
  const Surprise surprise(component, texts.weighed(copied));
  for (std::uint32_t i = 0; i < copied.size(); ++i)
    if (surprise.own(i) >= asked(surprise, i, i)) out.push_back({{copied[i]}, {}});
  return out;
}

// The member most like its neighbours.
std::uint32_t LiveTexts::Impl::centre_of(const LiveGroups::Group& hand) const {
  std::uint32_t centre = 0;
  unsigned most = 0;
  for (std::uint32_t i = 0; i < hand.members.size(); ++i) {
    unsigned likeness = 0;
    for (const Neighbour& x : near.of(hand.members[i]))
      if (x != Neighbour()) likeness += x.agree();
    if (i == 0 || likeness > most) {
      centre = i;
      most = likeness;
    }
  }
  return centre;
}

LiveTexts::Stamp LiveTexts::Impl::stamp_of(const LiveGroups::Group& hand) const {
  std::uint64_t stamp = mix64(centre_of(hand));
  const auto add = [&](std::uint64_t x) { stamp = mix64(stamp ^ x) + x; };
  for (const std::uint32_t t : hand.members) {
    add(t);
    add(texts[t].copies);
  }
  for (const Pair& p : hand.joins) add((std::uint64_t{p.a} << 32) | p.b);
  return stamp;
}

Hand LiveTexts::Impl::write(const LiveGroups::Group& hand, const Before& before) const {
  const Component component = texts.component(hand.members);
  const Surprise surprise(component, texts.weighed(hand.members));
  OneHand one_hand(component, surprise);
  std::vector<std::uint32_t> all(hand.members.size());
  std::iota(all.begin(), all.end(), 0);
  Hand out;
  out.written = write_template(component, all, centre_of(hand), one_hand, background);

  std::unordered_map<std::uint32_t, std::uint32_t> local;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> raws;  // row, text
  for (std::uint32_t i = 0; i < hand.members.size(); ++i) {
    local[hand.members[i]] = i;
    out.rows.clear();
    texts.rows_of(hand.members[i], out.rows);
    for (const std::uint32_t row : out.rows) raws.emplace_back(row, i);
  }
  std::sort(raws.begin(), raws.end(),
            [&](const auto& x, const auto& y) { return before(x.first, y.first); });
  out.rows.clear();
  std::vector<std::uint32_t> text_of_raw;
  for (const auto& [row, text] : raws) {
    out.rows.push_back(row);
    text_of_raw.push_back(text);
  }
  std::vector<Pair> joins = hand.joins;
  for (Pair& p : joins) {
    p.a = local[p.a];
    p.b = local[p.b];
  }
  out.reasons = reasons_of(text_of_raw, component.size(), surprise, joins,
                           std::vector<std::int32_t>(raws.size(), 0));
  return out;
}

LiveTexts::LiveTexts(const Background& background, std::optional<Counts> counts)
    : impl_(std::make_unique<Impl>(background, std::move(counts))) {}
LiveTexts::LiveTexts(LiveTexts&&) noexcept = default;
LiveTexts& LiveTexts::operator=(LiveTexts&&) noexcept = default;
LiveTexts::~LiveTexts() = default;

const Counts& LiveTexts::counts() const { return *impl_->counts; }

LiveTexts::Change LiveTexts::add(std::span<const std::string_view> texts, const Before& before) {
  Impl& live = *impl_;
  std::vector<std::uint32_t> changed = live.enter(texts);
  live.groups.judge(std::move(changed), live.texts, live.near,
                    live.counts->body().weigher(live.background));
  const std::vector<LiveGroups::Group> hands = live.all_hands();

  struct Stamped {
    Stamp stamp;
    std::uint32_t hand;
  };
  std::vector<Stamped> stamped(hands.size());
  parallel_for(hands.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t h = begin; h < end; ++h)
      stamped[h] = {live.stamp_of(hands[h]), static_cast<std::uint32_t>(h)};
  });
  std::sort(stamped.begin(), stamped.end(), [](const Stamped& x, const Stamped& y) {
    return x.stamp != y.stamp ? x.stamp < y.stamp : x.hand < y.hand;
  });
  Change out;
  std::vector<Stamp> stamps;
  std::vector<std::uint32_t> anew;
  for (const Stamped& one : stamped) {
    stamps.push_back(one.stamp);
    if (std::binary_search(live.stamps.begin(), live.stamps.end(), one.stamp)) continue;
    out.made.push_back(one.stamp);
    anew.push_back(one.hand);
  }
  std::set_difference(live.stamps.begin(), live.stamps.end(), stamps.begin(), stamps.end(),
                      std::back_inserter(out.gone));
  live.stamps = std::move(stamps);
  out.hands.resize(anew.size());
  parallel_for(anew.size(), 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out.hands[i] = live.write(hands[anew[i]], before);
  });
  return out;
}

}  // namespace ovillo::cluster
