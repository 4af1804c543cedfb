#include "ovillo/base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/hash.hpp"

namespace ovillo {
namespace {

class ParallelFor : public testing::Test {
 protected:
  void TearDown() override { set_thread_count(0); }
};

// A sum of doubles depends on where it is cut, so it shows any border that moves.
double sum_of_halves(std::size_t n, std::size_t grain) {
  std::vector<double> slots((n + grain - 1) / grain);
  parallel_for(n, grain, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += 1.0 / static_cast<double>(mix64(i) % 1000 + 1);
    slots[begin / grain] = sum;
  });
  return std::accumulate(slots.begin(), slots.end(), 0.0);
}

TEST_F(ParallelFor, GivesTheSameBytesForAnyThreadCount) {
  set_thread_count(1);
  const double one = sum_of_halves(100'003, 97);
  for (const unsigned n : {2U, 3U, 8U, 0U}) {
    set_thread_count(n);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sum_of_halves(100'003, 97), one) << n << " threads";
  }
}

TEST_F(ParallelFor, VisitsEachIndexOnce) {
  for (const unsigned threads : {1U, 4U}) {
    set_thread_count(threads);
    for (const std::size_t n : {0U, 1U, 9U, 10U, 11U, 1000U}) {
      std::vector<std::atomic<int>> visits(n);
      parallel_for(n, 10, [&](std::size_t begin, std::size_t end) {
        EXPECT_EQ(begin % 10, 0U);
        EXPECT_LE(end - begin, 10U);
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      EXPECT_TRUE(std::all_of(visits.begin(), visits.end(), [](const auto& v) { return v == 1; }))
          << n;
    }
  }
}

TEST_F(ParallelFor, TakesAGrainOfZeroAsOne) {
  std::atomic<int> calls = 0;
  parallel_for(3, 0, [&](std::size_t begin, std::size_t end) {
    EXPECT_EQ(end - begin, 1U);
    ++calls;
  });
  EXPECT_EQ(calls, 3);
}

TEST_F(ParallelFor, PassesAnExceptionToTheCaller) {
  for (const unsigned threads : {1U, 2U}) {
    set_thread_count(threads);
    EXPECT_THROW(parallel_for(100, 1,
                              [](std::size_t begin, std::size_t) {
                                if (begin == 42) throw std::runtime_error("42");
                              }),
                 std::runtime_error);
  }
}

TEST_F(ParallelFor, SortsLikeOneThread) {
  for (const std::size_t n : {0U, 1U, 1000U, 40'000U, 200'001U}) {
    std::vector<std::uint64_t> items(n);
    std::uint64_t x = n;
    for (std::uint64_t& item : items) item = (x = x * 6364136223846793005ULL + 1) >> 40;
    std::vector<std::uint64_t> expected = items;
    std::sort(expected.begin(), expected.end(), std::greater<>());
    for (const unsigned threads : {1U, 3U}) {
      set_thread_count(threads);
      std::vector<std::uint64_t> sorted = items;
      parallel_sort(sorted, std::greater<>());
      EXPECT_EQ(sorted, expected) << n;
    }
  }
}

TEST_F(ParallelFor, ThreadCountIsWhatWasAskedFor) {
  set_thread_count(3);
  EXPECT_EQ(thread_count(), 3U);
  set_thread_count(0);
  EXPECT_GE(thread_count(), 1U);
}

}  // namespace
}  // namespace ovillo
