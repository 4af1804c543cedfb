#include "ovillo/flow/photos.hpp"

#include <algorithm>
#include <tuple>

#include "ovillo/base/parallel.hpp"
#include "ovillo/photo/decode.hpp"
#include "ovillo/photo/near_equal.hpp"
#include "ovillo/photo/pdq.hpp"

namespace ovillo::flow {

namespace {

constexpr std::size_t kMostWaiting = 64;
constexpr std::size_t kMostWaitingBytes = 32u << 20;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// A path as archives write it; of a link, the last part of what it points at.
std::string path_of(std::string_view written) {
  if (written.find("://") != written.npos) {
    written = written.substr(0, written.find_first_of("?#"));
    return std::string(last_part(written));
  }
  std::string out(written);
  std::replace(out.begin(), out.end(), '\\', '/');
  while (out.starts_with("./")) out.erase(0, 2);
  return out;
}

std::pair<std::uint32_t, std::string_view> trimmed(std::string_view text, std::size_t begin) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
  return {static_cast<std::uint32_t>(begin + first), text};
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::string_view>> photo_names(std::string_view cell) {
  std::vector<std::pair<std::uint32_t, std::string_view>> names;
  if (const auto whole = trimmed(cell, 0); !whole.second.empty()) names.push_back(whole);
  constexpr std::string_view kSeparators = ";|,";
  if (cell.find_first_of(kSeparators) == cell.npos) return names;
  for (std::size_t begin = 0; begin <= cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(kSeparators, begin), cell.size());
    const auto part = trimmed(cell.substr(begin, end - begin), begin);
    if (!part.second.empty()) names.push_back(part);
    begin = end + 1;
  }
  return names;
}

// --- at import ---------------------------------------------------------------------------------

void PhotoIntake::take(const intake::PictureFile& picture) {
  ++count_.in_file;
  Picture one{picture.member, picture.sha256, {}, {}, {}};
  if (picture.too_large) {
    one.held = Error(ErrorCode::photo_too_large);
  } else if (wanted_) {
    one.bytes = picture.bytes;
    waiting_bytes_ += one.bytes.size();
  }
  pictures_.push_back(std::move(one));
  if (pictures_.size() - n_decoded_ >= kMostWaiting || waiting_bytes_ >= kMostWaitingBytes)
    decode_waiting();
}

void PhotoIntake::decode_waiting() {
  parallel_for(pictures_.size() - n_decoded_, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = n_decoded_ + begin; i < n_decoded_ + end; ++i) {
      Picture& picture = pictures_[i];
      if (!wanted_ || picture.held) continue;
      const auto gray = photo::decode(picture.bytes);
      if (gray)
        picture.likeness = photo::likeness_of(*gray);
      else
        picture.held = gray.error();
      picture.bytes = std::string();
    }
  });
  n_decoded_ = pictures_.size();
  waiting_bytes_ = 0;
}

void PhotoIntake::note(const RecordBatch& batch, const std::vector<bool>& in_scope) {
  const std::string member = path_of(batch.member);
  const std::string folder = member.substr(0, member.rfind('/') + 1);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!in_scope[i]) continue;
    const Range cells = batch.fields[i];
    for (std::size_t c = cells.begin; c < cells.end; ++c)
      if (batch.columns[batch.cell_column[c]].field == Field::photo)
        named_.push_back({batch.id[i], folder, std::string(batch.cell_value[c])});
  }
}

void PhotoIntake::index_names() {
  for (std::size_t i = 0; i < pictures_.size(); ++i) {
    const std::string path = path_of(pictures_[i].member);
    by_path_.emplace(path, i);
    const auto [at, is_new] = by_name_.emplace(lower(last_part(path)), i);
    std::optional<std::size_t>& only = at->second;
    if (!is_new && only && pictures_[*only].sha256 != pictures_[i].sha256) only.reset();
  }
}

const PhotoIntake::Picture* PhotoIntake::find_path(const std::string& folder,
                                                   std::string_view name) const {
  const std::string path = path_of(name);
  for (const std::string& full : {path, folder + path})
    if (const auto at = by_path_.find(full); at != by_path_.end()) return &pictures_[at->second];
  return nullptr;
}

const PhotoIntake::Picture* PhotoIntake::find(const std::string& folder,
                                              std::string_view name) const {
  if (const Picture* picture = find_path(folder, name)) return picture;
  const std::string path = path_of(name);
  const auto at = by_name_.find(lower(last_part(path)));
  if (at == by_name_.end()) return nullptr;
  const std::optional<std::size_t>& only = at->second;
  return only ? &pictures_[*only] : nullptr;
}

std::vector<PhotoSight> PhotoIntake::finish() {
  decode_waiting();
  index_names();
  std::vector<PhotoSight> sights;
  for (const Named& named : named_) {
    const auto names = photo_names(named.cell);
    for (std::size_t n = 0; n < names.size(); ++n) {
      // A cell that could be a list is one name only where exactly that file is there.
      const bool maybe_list = n == 0 && names.size() > 1;
      const Picture* picture = maybe_list ? find_path(named.folder, names[n].second)
                                          : find(named.folder, names[n].second);
      if (picture != nullptr) {
        sights.push_back({named.record, std::string(names[n].second), picture->sha256,
                          picture->likeness,
                          picture->held ? std::string(picture->held->name()) : std::string()});
        ++count_.named;
        if (n == 0) break;  // the cell is one name, whatever marks stand in it
      } else if (n > 0 || names.size() == 1) {
        ++count_.missing;
      }
    }
  }
  for (Picture& picture : pictures_) {
    if (picture.held)
      held_.push_back({picture.member, *picture.held});
    else if (wanted_)
      ++count_.read;
    count_.plain += wanted_ && !picture.held && !picture.likeness;
  }
  count_.held = count_.in_file - count_.read;
  std::sort(sights.begin(), sights.end());
  sights.erase(std::unique(sights.begin(), sights.end()), sights.end());
  return sights;
}

// --- in a corpus -------------------------------------------------------------------------------

void share_out(std::vector<PhotoSight> sights, std::vector<Block>& blocks) {
  if (sights.empty()) return;
  parallel_sort(sights, std::less<>());
  sights.erase(std::unique(sights.begin(), sights.end()), sights.end());
  for (Block& block : blocks)
    for (const RecordId& id : block.records.id) {
      auto at = std::lower_bound(
          sights.begin(), sights.end(), id,
          [](const PhotoSight& sight, const RecordId& want) { return sight.record < want; });
      for (; at != sights.end() && at->record == id; ++at) block.photos.push_back(*at);
    }
}

namespace {

// Where a record names a picture; empty: its columns are read as something else.
std::optional<std::pair<std::uint16_t, Span>> place_of(const RecordBatch& records, std::size_t row,
                                                       std::string_view name) {
  const Range cells = records.fields[row];
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    if (records.columns[records.cell_column[c]].field != Field::photo) continue;
    for (const auto& [begin, text] : photo_names(records.cell_value[c]))
      if (text == name)
        return std::pair(records.cell_column[c],
                         Span{begin, begin + static_cast<std::uint32_t>(text.size())});
  }
  return std::nullopt;
}

using Representatives = std::map<Likeness, Likeness>;

void append_finds(const RecordBatch& records, std::size_t row, const PhotoSight& sight,
                  const Representatives& representative, std::vector<Find>& finds) {
  const auto place = place_of(records, row, sight.name);
  if (!place) return;
  const std::uint16_t column = place->first;
  const Span span = place->second;
  const auto add = [&](FindKind kind, int differing_bits, std::string canonical) {
    const auto sure = static_cast<std::uint16_t>(1000 - 1000 * differing_bits / 256);
    finds.push_back(
        {kind, Role::subject, WrittenAs::field, sure, column, span, std::move(canonical)});
  };
  add(FindKind::photo, 0, sight.sha256);
  if (!sight.likeness) return;
  const Likeness& shown = representative.at(*sight.likeness);
  add(FindKind::photo_likeness, distance(*sight.likeness, shown), shown.hex());
}

// The finds of a block again, record by record, with those of its pictures.
void rebuild(Block& block, const Representatives& representative) {
  std::map<RecordId, std::vector<const PhotoSight*>> seen;
  for (const PhotoSight& sight : block.photos) seen[sight.record].push_back(&sight);
  FindBatch out;
  std::vector<Find> finds;
  for (std::size_t row = 0; row < block.records.size(); ++row) {
    finds.clear();
    const Range range = block.finds.records[row];
    for (std::size_t f = range.begin; f < range.end; ++f) finds.push_back(block.finds[f]);
    if (const auto at = seen.find(block.records.id[row]); at != seen.end()) {
      for (const PhotoSight* sight : at->second)
        append_finds(block.records, row, *sight, representative, finds);
      std::stable_sort(finds.begin(), finds.end(), [](const Find& a, const Find& b) {
        return std::tie(a.column, a.span.begin, a.span.end) <
               std::tie(b.column, b.span.begin, b.span.end);
      });
    }
    for (const Find& find : finds) out.push_back(find);
    out.close_record();
  }
  block.finds = std::move(out);
}

}  // namespace

void add_photo_finds(std::vector<Block>& blocks) {
  std::vector<Likeness> likenesses;
  for (const Block& block : blocks)
    for (const PhotoSight& sight : block.photos)
      if (sight.likeness) likenesses.push_back(*sight.likeness);
  const std::vector<Likeness> group = photo::near_equal(likenesses);
  Representatives representative;
  for (std::size_t i = 0; i < group.size(); ++i) representative.emplace(likenesses[i], group[i]);
  parallel_for(blocks.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b)
      if (!blocks[b].photos.empty()) rebuild(blocks[b], representative);
  });
}

}  // namespace ovillo::flow
