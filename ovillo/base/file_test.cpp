#include "ovillo/base/file.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace ovillo {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "ovillo-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(File, ReadsBackWhatWasWritten) {
  std::string bytes(200'000, 'x');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  ASSERT_TRUE(write_file(folder_ / "a", bytes));
  EXPECT_EQ(read_file(folder_ / "a").value(), bytes);
  ASSERT_TRUE(write_file(folder_ / "a", ""));
  EXPECT_EQ(read_file(folder_ / "a").value(), "");
}

TEST_F(File, LeavesNothingBesideTheWrittenFile) {
  ASSERT_TRUE(write_file(folder_ / "a", "one"));
  ASSERT_TRUE(write_file(folder_ / "a", "two"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(File, KeepsTheOldFileWhenTheNewOneCannotBeWritten) {
  ASSERT_TRUE(write_file(folder_ / "a", "old"));
  fs::create_directory(folder_ / "a.new");  // the place it would write beside is taken
  const auto written = write_file(folder_ / "a", "new");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code(), ErrorCode::base_cannot_write);
  EXPECT_EQ(read_file(folder_ / "a").value(), "old");
}

TEST_F(File, SaysWhichFileCannotBeReadAndWhy) {
  const auto missing = read_file(folder_ / "none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), ErrorCode::base_cannot_read);
  EXPECT_EQ(missing.error().locus().file, (folder_ / "none").string());
  EXPECT_EQ(missing.error().detail(), "No such file or directory");
  const auto is_folder = read_file(folder_);
  ASSERT_FALSE(is_folder);
  EXPECT_EQ(is_folder.error().code(), ErrorCode::base_cannot_read);
  EXPECT_FALSE(write_file(folder_ / "no" / "folder", "x"));
}

TEST(DataFolder, IsTheNamedOneOrTheSourceTree) {
  const char* before = std::getenv("OVILLO_DATA");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("OVILLO_DATA", "/nowhere/data", 1);
  EXPECT_EQ(data_folder(), "/nowhere/data");
  ::unsetenv("OVILLO_DATA");
  EXPECT_TRUE(fs::is_regular_file(data_folder() / "errors" / "base.toml"));
  if (before != nullptr) ::setenv("OVILLO_DATA", kept.c_str(), 1);
}

}  // namespace
}  // namespace ovillo
