// Pictures: how well a likeness survives what happens between two sites, how often it matches
// strangers, and how fast it is. All pictures are invented: photographs of real scenes will differ.
//
//   bench_photo                   measures
//   bench_photo --golden FOLDER   writes the pictures of tests/golden/photo, for reference.py
//   bench_photo --corpus FOLDER   writes the seeds of fuzz/corpus/photo
#include <algorithm>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/photo/decode.hpp"
#include "ovillo/photo/invented_pictures.hpp"
#include "ovillo/photo/near_equal.hpp"
#include "ovillo/photo/pdq.hpp"

namespace {

using namespace ovillo;
using namespace ovillo::photo;

constexpr std::uint64_t kScenes = 400;

double cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

struct Change {
  const char* name;
  std::function<std::string(const InventedPicture&)> file;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> all = {
      {"JPEG, quality 90", [](const auto& p) { return jpeg_file(p, 90); }},
      {"JPEG, quality 50", [](const auto& p) { return jpeg_file(p, 50); }},
      {"WebP, quality 60", [](const auto& p) { return webp_file(p, 60); }},
      {"resized to half, JPEG 75",
       [](const auto& p) { return jpeg_file(resized(p, p.width / 2, p.height / 2), 75); }},
      {"resized to 200 x 200, JPEG 75",
       [](const auto& p) { return jpeg_file(resized(p, 200, 200), 75); }},
      {"cropped by 2 %, JPEG 75", [](const auto& p) { return jpeg_file(cropped(p, 0.02), 75); }},
      {"cropped by 5 %, JPEG 75", [](const auto& p) { return jpeg_file(cropped(p, 0.05), 75); }},
      {"brighter by 20 %, JPEG 75",
       [](const auto& p) { return jpeg_file(brightened(p, 1.2, 0), 75); }},
      {"darker by 30, JPEG 75", [](const auto& p) { return jpeg_file(brightened(p, 1, -30), 75); }},
      {"watermarked, JPEG 75", [](const auto& p) { return jpeg_file(watermarked(p), 75); }},
      {"half, watermarked, brighter, JPEG 50",
       [](const auto& p) {
         return jpeg_file(brightened(watermarked(resized(p, p.width / 2, p.height / 2)), 1.1, 5),
                          50);
       }},
  };
  return all;
}

std::optional<Likeness> of_file(const std::string& bytes) {
  const auto picture = decode(bytes);
  return picture ? likeness_of(*picture) : std::nullopt;
}

void measure_robustness() {
  std::vector<std::optional<Likeness>> original(kScenes);
  std::vector<std::vector<std::optional<Likeness>>> changed(
      changes().size(), std::vector<std::optional<Likeness>>(kScenes));
  parallel_for(kScenes, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const InventedPicture scene = invented(1000 + i, 640, 480 + static_cast<int>(i % 5) * 80);
      original[i] = of_file(jpeg_file(scene, 92));
      for (std::size_t c = 0; c < changes().size(); ++c)
        changed[c][i] = of_file(changes()[c].file(scene));
    }
  });
  const auto hashed = std::count_if(original.begin(), original.end(),
                                    [](const auto& one) { return one.has_value(); });
  fmt::print("{} invented scenes, {} of them varied enough for a likeness; near is <= {} bits\n\n",
             kScenes, hashed, kNearBits);
  fmt::print("{:<40} {:>8} {:>10} {:>10} {:>10}\n", "what was done", "recall", "median", "95 %",
             "worst");
  for (std::size_t c = 0; c < changes().size(); ++c) {
    std::vector<int> bits;
    for (std::size_t i = 0; i < kScenes; ++i)
      if (original[i]) bits.push_back(changed[c][i] ? distance(*original[i], *changed[c][i]) : 256);
    std::sort(bits.begin(), bits.end());
    const auto near = std::upper_bound(bits.begin(), bits.end(), kNearBits) - bits.begin();
    fmt::print("{:<40} {:>8.4f} {:>10} {:>10} {:>10}\n", changes()[c].name,
               static_cast<double>(near) / static_cast<double>(bits.size()), bits[bits.size() / 2],
               bits[bits.size() * 95 / 100], bits.back());
  }
  std::vector<std::pair<std::size_t, Likeness>> all;
  for (std::size_t i = 0; i < kScenes; ++i) {
    if (original[i]) all.emplace_back(i, *original[i]);
    for (const auto& column : changed)
      if (column[i]) all.emplace_back(i, *column[i]);
  }
  std::uint64_t pairs = 0;
  std::uint64_t false_matches = 0;
  int nearest = 256;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].first == all[j].first) continue;
      const int bits = distance(all[i].second, all[j].second);
      ++pairs;
      false_matches += bits <= kNearBits;
      nearest = std::min(nearest, bits);
    }
  fmt::print("\nstrangers: {} pairs, {} within {} bits ({:.2e}), the nearest at {} bits\n", pairs,
             false_matches, kNearBits,
             static_cast<double>(false_matches) / static_cast<double>(pairs), nearest);
  std::vector<Likeness> likenesses;
  for (const auto& [scene, likeness] : all) likenesses.push_back(likeness);
  const auto group = near_equal(likenesses);
  std::uint64_t together = 0;
  std::uint64_t of_one = 0;
  std::uint64_t welded = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const bool same = all[i].first == all[j].first;
      of_one += same;
      together += same && group[i] == group[j];
      welded += !same && group[i] == group[j];
    }
  fmt::print("groups: {:.4f} of the pairs of one scene together, {} pairs of strangers welded\n\n",
             static_cast<double>(together) / static_cast<double>(of_one), welded);
}

// CPU seconds of `work`, the best of three.
double cost(const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < 3; ++round) {
    const double start = cpu_s();
    work();
    best = std::min(best, cpu_s() - start);
  }
  return best;
}

void measure_reading() {
  fmt::print("{:<40} {:>16}\n", "reading, one core", "pictures/s");
  const auto tell = [](const char* name, const std::string& bytes) {
    constexpr int kTimes = 10;
    const double s = cost([&] {
      for (int i = 0; i < kTimes; ++i)
        if (!of_file(bytes)) fmt::print("no likeness\n");
    });
    fmt::print("{:<40} {:>16.0f}\n", name, kTimes / s);
  };
  const InventedPicture small = invented(7, 800, 600);
  const InventedPicture large = invented(8, 4000, 3000);
  tell("JPEG 800 x 600", jpeg_file(small, 85));
  tell("JPEG 800 x 600, progressive", jpeg_file(small, 85, true));
  tell("PNG 800 x 600", png_file(small));
  tell("WebP 800 x 600", webp_file(small, 80));
  tell("JPEG 4000 x 3000", jpeg_file(large, 85));
  const GrayPicture gray = gray_of(small);
  const double s = cost([&] {
    for (int i = 0; i < 20; ++i)
      if (pdq(gray).quality == 0) fmt::print("flat\n");
  });
  fmt::print("{:<40} {:>16.0f}\n\n", "likeness alone of 800 x 600", 20 / s);
}

Likeness random_likeness(Rng& rng) { return {{rng.next(), rng.next(), rng.next(), rng.next()}}; }

Likeness moved(Likeness likeness, Rng& rng, std::uint64_t bits) {
  for (std::uint64_t i = 0; i < bits; ++i) {
    const auto bit = rng.below(256);
    likeness.words[bit / 64] ^= std::uint64_t{1} << (bit % 64);
  }
  return likeness;
}

void measure_joining() {
  fmt::print("{:<40} {:>12} {:>16} {:>12}\n", "joining near-equal ones", "hashes", "hashes/CPU s",
             "CPU s");
  const auto tell = [](const char* name, const std::vector<Likeness>& likenesses) {
    const double start = cpu_s();
    const auto group = near_equal(likenesses);
    const double s = cpu_s() - start;
    fmt::print("{:<40} {:>12} {:>16.0f} {:>12.2f}\n", name, group.size(),
               static_cast<double>(group.size()) / s, s);
  };
  for (const std::size_t n : {std::size_t{10'000}, std::size_t{100'000}, std::size_t{1'000'000}}) {
    Rng rng(n);
    std::vector<Likeness> likenesses;
    while (likenesses.size() < n) {  // two in three stand alone, the rest in families of four
      const Likeness one = random_likeness(rng);
      likenesses.push_back(one);
      if (rng.below(9) == 0)
        for (int k = 0; k < 3; ++k) likenesses.push_back(moved(one, rng, rng.below(14)));
    }
    tell("unlike pictures and families of four", likenesses);
  }
  Rng rng(5);
  const Likeness stock = random_likeness(rng);
  std::vector<Likeness> copies;
  for (int i = 0; i < 1'000'000; ++i) copies.push_back(moved(stock, rng, rng.below(24)));
  tell("one stock picture, a million variants", copies);
  std::vector<Likeness> chain = {random_likeness(rng)};
  for (int i = 1; i < 100'000; ++i) chain.push_back(moved(chain.back(), rng, 6));
  tell("one chain that runs away", chain);
}

void write_golden(const std::filesystem::path& folder) {
  for (std::uint64_t seed = 1; seed <= kGoldenPictures; ++seed)
    std::ofstream(folder / fmt::format("{}.png", seed), std::ios::binary)
        << png_file(golden_picture(seed));
}

void write_corpus(const std::filesystem::path& folder) {
  const auto write = [&](const char* name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  };
  const InventedPicture scene = invented(3, 96, 72);
  const std::string jpeg = jpeg_file(scene, 60);
  write("scene.png", png_file(scene));
  write("scene.jpg", jpeg);
  write("progressive.jpg", jpeg_file(scene, 60, true));
  write("cmyk.jpg", jpeg_file(scene, 60, false, JpegColours::cmyk));
  write("cut_short.jpg", jpeg.substr(0, jpeg.size() / 2));
  write("scene.webp", webp_file(scene, 50));
  write("flat.png", png_file(blank(80, 80, 200)));
  write("tiny.png", png_file(invented(4, 6, 5)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 &&
      (std::strcmp(argv[1], "--golden") == 0 || std::strcmp(argv[1], "--corpus") == 0)) {
    std::filesystem::create_directories(argv[2]);
    std::strcmp(argv[1], "--golden") == 0 ? write_golden(argv[2]) : write_corpus(argv[2]);
    return 0;
  }
  measure_robustness();
  measure_reading();
  measure_joining();
  return 0;
}
