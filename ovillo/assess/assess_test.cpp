#include "ovillo/assess/assess.hpp"

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::assess {
namespace {

const Assessor& shipped() {
  static const Assessor assessor = [] {
    auto opened = Assessor::open(data_folder());
    if (!opened) ADD_FAILURE() << opened.error().message();
    return std::move(*opened);
  }();
  return assessor;
}

TEST(Assessor, OpensTheShippedIndicators) { EXPECT_GT(shipped().indicators().size(), 30U); }

}  // namespace
}  // namespace ovillo::assess
