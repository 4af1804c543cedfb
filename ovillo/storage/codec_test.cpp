#include "ovillo/storage/codec.hpp"

#include <filesystem>
#include <limits>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"

namespace ovillo::storage {
namespace {

std::string words(Rng& rng, std::size_t most) {
  std::string out;
  const std::size_t n = rng.below(most + 1);
  for (std::size_t i = 0; i < n; ++i) out.push_back(static_cast<char>(rng.below(256)));
  return out;
}

RecordBatch random_records(Rng& rng) {
  RecordBatch batch;
  batch.source = static_cast<SourceId>(rng.next());
  batch.compartment = static_cast<CompartmentId>(rng.next());
  batch.authorisation = static_cast<AuthorisationId>(rng.next());
  batch.source_key = words(rng, 20);
  batch.region = "BE";
  batch.file_name = words(rng, 20);
  batch.file_sha256 = words(rng, 64);
  batch.member = words(rng, 9);
  const std::size_t n_columns = 1 + rng.below(9);
  for (std::size_t c = 0; c < n_columns; ++c)
    batch.columns.push_back({words(rng, 12), static_cast<Field>(rng.below(names(Field{}).size()))});
  const std::size_t n = rng.below(40);
  const bool with_ids = rng.below(4) != 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (with_ids) batch.id.push_back({rng.next(), rng.next()});
    batch.kind.push_back(static_cast<RecordKind>(rng.below(names(RecordKind{}).size())));
    std::optional<Time> time;
    if (rng.below(3) != 0) {
      time.emplace();
      time->begin_utc_s = static_cast<std::int64_t>(rng.next());
      time->end_utc_s = static_cast<std::int64_t>(rng.next());
      time->offset_s = static_cast<std::int32_t>(rng.next());
      time->precision = static_cast<TimePrecision>(rng.below(5));
      time->zone = static_cast<ZoneBasis>(rng.below(2));
    }
    batch.time.push_back(time);
    batch.row.push_back(rng.below(5) == 0 ? rng.next() : i);
    batch.byte.push_back(rng.below(5) == 0 ? rng.next() : i * 600);
    batch.length.push_back(rng.below(900));
    const std::size_t n_cells = rng.below(6);
    for (std::size_t c = 0; c < n_cells; ++c) {
      batch.cell_column.push_back(static_cast<std::uint16_t>(rng.below(n_columns)));
      batch.cell_value.push_back(words(rng, 90));
    }
    batch.fields.close_row(batch.cell_column.size());
  }
  return batch;
}

FindBatch random_finds(Rng& rng) {
  FindBatch finds;
  const std::size_t n = rng.below(30);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t f = rng.below(4); f > 0; --f) {
      const auto begin = static_cast<std::uint32_t>(rng.below(1ULL << 32));
      const std::uint64_t room = std::numeric_limits<std::uint32_t>::max() - begin;
      finds.push_back({static_cast<FindKind>(rng.below(names(FindKind{}).size())),
                       static_cast<Role>(rng.below(names(Role{}).size())),
                       static_cast<WrittenAs>(rng.below(names(WrittenAs{}).size())),
                       static_cast<std::uint16_t>(rng.below(1001)),
                       static_cast<std::uint16_t>(rng.below(65536)),
                       {begin, static_cast<std::uint32_t>(begin + rng.below(room + 1))},
                       words(rng, 24)});
    }
    finds.close_record();
  }
  return finds;
}

TEST(Codec, GivesBackAnyRecordBatch) {
  Rng rng(11);
  for (int round = 0; round < 500; ++round) {
    const RecordBatch batch = random_records(rng);
    const auto back = decode_records(encode(batch));
    ASSERT_TRUE(back) << back.error().message();
    ASSERT_EQ(*back, batch) << "round " << round;
  }
}

TEST(Codec, GivesBackAnyFindBatch) {
  Rng rng(12);
  for (int round = 0; round < 500; ++round) {
    const FindBatch finds = random_finds(rng);
    const auto back = decode_finds(encode(finds));
    ASSERT_TRUE(back) << back.error().message();
    ASSERT_EQ(*back, finds) << "round " << round;
  }
}

TEST(Codec, RefusesEveryShortenedBatchAndEveryTail) {
  Rng rng(13);
  const std::string records = encode(random_records(rng));
  const std::string finds = encode(random_finds(rng));
  for (std::size_t n = 0; n < records.size(); ++n)
    EXPECT_FALSE(decode_records(std::string_view(records).substr(0, n))) << n;
  for (std::size_t n = 0; n < finds.size(); ++n)
    EXPECT_FALSE(decode_finds(std::string_view(finds).substr(0, n))) << n;
  EXPECT_FALSE(decode_records(records + "x"));
  EXPECT_FALSE(decode_finds(finds + "x"));
  EXPECT_EQ(decode_records(finds).error().code(), ErrorCode::storage_damaged_block);
}

/// What any decoded batch must hold, whatever the bytes were.
void expect_sound(const RecordBatch& batch) {
  ASSERT_TRUE(batch.id.empty() || batch.id.size() == batch.size());
  ASSERT_EQ(batch.fields.size(), batch.size());
  for (const std::uint16_t column : batch.cell_column) ASSERT_LT(column, batch.columns.size());
  ASSERT_EQ(*decode_records(encode(batch)), batch);
}

TEST(Codec, SurvivesDamagedBytes) {
  Rng rng(14);
  std::size_t n_taken = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string records = encode(random_records(rng));
    std::string finds = encode(random_finds(rng));
    for (std::size_t flips = 1 + rng.below(4); flips > 0; --flips) {
      records[rng.below(std::min<std::size_t>(records.size(), 400))] =
          static_cast<char>(rng.below(256));
      finds[rng.below(finds.size())] = static_cast<char>(rng.below(256));
    }
    if (const auto batch = decode_records(records)) {
      ++n_taken;
      expect_sound(*batch);
    }
    if (const auto batch = decode_finds(finds)) {
      ASSERT_EQ(*decode_finds(encode(*batch)), *batch);
      for (const Span& span : batch->span) ASSERT_LE(span.begin, span.end);
    }
  }
  EXPECT_GT(n_taken, 0U);  // some damage only changes values: the seal is what finds it
}

TEST(Codec, DoesNotTakeMemoryForCountsThatTheBytesDoNotBring) {
  // "R", version, three numbers, five empty texts, then 2^60 columns.
  const std::string hostile(
      "R\x01\x00\x00\x00\x00\x00\x00\x00\x00"
      "\x80\x80\x80\x80\x80\x80\x80\x80\x10",
      19);
  EXPECT_EQ(decode_records(hostile).error().code(), ErrorCode::storage_damaged_block);
  const std::string many_finds("F\x01\x00\x80\x80\x80\x80\x80\x80\x80\x80\x10", 12);
  EXPECT_EQ(decode_finds(many_finds).error().code(), ErrorCode::storage_damaged_block);
}

TEST(Codec, GivesPicturesBackAndRefusesDamagedOnes) {
  const std::vector<PhotoSight> photos = {
      {{1, 2}, "a.jpg", std::string(64, 'a'), Likeness{{1, 2, 3, ~std::uint64_t{0}}}, ""},
      {{~std::uint64_t{0}, 3}, "ü;b.png", std::string(64, 'b'), std::nullopt, "photo.damaged"}};
  const std::string bytes = encode(photos);
  const auto again = decode_photos(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, photos);
  for (std::size_t n = 0; n < bytes.size(); ++n)
    EXPECT_FALSE(decode_photos(bytes.substr(0, n))) << n;
  EXPECT_FALSE(decode_photos(bytes + "x"));
  const std::string hostile("P\x01\x80\x80\x80\x80\x80\x80\x80\x10", 10);
  EXPECT_EQ(decode_photos(hostile).error().code(), ErrorCode::storage_damaged_block);
}

TEST(Codec, ReplaysTheFuzzCorpus) {
  std::size_t n_files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz" / "corpus" / "codec")) {
    const auto bytes = read_file(entry.path());
    ASSERT_TRUE(bytes);
    if (const auto batch = decode_records(*bytes)) expect_sound(*batch);
    if (const auto finds = decode_finds(*bytes)) {
      EXPECT_EQ(*decode_finds(encode(*finds)), *finds);
    }
    if (const auto photos = decode_photos(*bytes)) {
      EXPECT_EQ(*decode_photos(encode(*photos)), *photos);
    }
    ++n_files;
  }
  EXPECT_GE(n_files, 4U);
}

}  // namespace
}  // namespace ovillo::storage
