// What trust costs: verifying a million audit entries and the size of a proof; sealing an advert in
// a block and a field of a row; many compartments instead of one. Answers are checked before times.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/storage/internal/seal.hpp"
#include "ovillo/storage/workspace.hpp"

namespace {

using namespace ovillo;
namespace fs = std::filesystem;

bool all_met = true;

double cpu_s() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Took {
  double wall_s = 0, cpu_s = 0;
};

/// The least of several rounds: what others do on the machine only ever adds.
template <class Work>
Took least_of(int rounds, const Work& work) {
  Took least{1e9, 1e9};
  for (int i = 0; i < rounds; ++i) {
    const double cpu = cpu_s();
    const auto wall = std::chrono::steady_clock::now();
    work();
    least.cpu_s = std::min(least.cpu_s, cpu_s() - cpu);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - wall;
    least.wall_s = std::min(least.wall_s, passed.count());
  }
  return least;
}

void say(std::string_view what, double figure, std::string_view unit, double most) {
  const bool met = figure <= most;
  all_met &= met;
  fmt::print("{:<58} {:9.3f} {:<6} at most {:g}{}\n", what, figure, unit, most,
             met ? "" : "   MISSED");
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << result.error().message() << "\n";
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "wrong answer: " << what << "\n";
  std::exit(1);
}

// ---- the audit log

std::string entry_of(Rng& rng, std::uint64_t i) {
  return fmt::format(
      R"({{"v":1,"nonce":"{:016x}{:016x}","at_utc_s":{},"outcome":"allowed","action":"search",)"
      R"("user":"ana","purpose":"investigation","case":"GE-{}/2026","view":"{:032x}",)"
      R"("query":"{:016x}{:016x}"}})",
      rng.next(), rng.next(), 1'790'000'000 + i, i % 40, 7, rng.next(), rng.next());
}

void measure_audit(const storage::Workspace& workspace, std::uint64_t n) {
  Rng rng(1);
  for (std::uint64_t made = 0; made < n;) {
    std::vector<std::string> entries;
    for (; entries.size() < 10'000 && made < n; ++made) entries.push_back(entry_of(rng, made));
    must(workspace.audit().append_all(entries));
  }
  const auto audit = must(casework::AuditLog::open(workspace, data_folder()));
  const Took verify = least_of(5, [&] { must(audit.verify()); });
  say(fmt::format("verify {} entries, wall on all threads", n), verify.wall_s, "s", 2);
  fmt::print("{:<58} {:9.3f} s\n", "    of it CPU, all threads together", verify.cpu_s);

  const auto now = must(audit.checkpoint(1'790'000'000));
  std::size_t longest = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t at = rng.below(n);
    const auto proof = must(audit.inclusion_proof(at, n));
    longest = std::max(longest, proof.size());
    require(storage::verify_inclusion(storage::leaf_hash(must(audit.entry_bytes(at))), at, n, proof,
                                      now.root),
            "inclusion");
  }
  say("inclusion proof, longest of 1,000", 32.0 * static_cast<double>(longest), "bytes", 1000);
  longest = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t m = 1 + rng.below(n);
    const auto proof = must(audit.consistency_proof(m, n));
    longest = std::max(longest, proof.size());
    const auto old_root = must(storage::merkle_root(m, workspace.audit().nodes()));
    require(storage::verify_consistency(m, n, proof, old_root, now.root), "consistency");
  }
  say("consistency proof, longest of 1,000", 32.0 * static_cast<double>(longest), "bytes", 1000);
}

// ---- sealing

constexpr std::size_t kAdvertsPerBlock = 250;
constexpr std::size_t kBytesPerAdvert = 600;

/// Advert-like text: words of a vocabulary of 4,000, so that it compresses about as adverts do.
std::string words(Rng& rng, std::size_t n_bytes) {
  std::string text;
  while (text.size() < n_bytes) {
    std::uint64_t word = mix64(rng.below(1 + rng.below(4000)));
    for (std::size_t n = 2 + word % 7; n > 0; --n, word >>= 5)
      text.push_back(static_cast<char>('a' + word % 26));
    text.push_back(' ');
  }
  text.resize(n_bytes);
  return text;
}

std::string encrypted(const storage::Key& key, std::string_view bytes) {
  std::string out(bytes.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
  std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES> nonce;
  randombytes_buf(nonce.data(), nonce.size());
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr,
                                             reinterpret_cast<const unsigned char*>(bytes.data()),
                                             bytes.size(), nullptr, 0, nullptr, nonce.data(),
                                             key.data());
  return out;
}

void measure_sealing() {
  Rng rng(2);
  const storage::Key key = storage::Key::random();
  std::vector<std::string> blocks;
  for (int i = 0; i < 200; ++i) blocks.push_back(words(rng, kAdvertsPerBlock * kBytesPerAdvert));
  require(must(open_sealed(key, "place", seal(key, "place", blocks[0]))) == blocks[0], "seal");
  std::size_t n = 0;
  std::vector<std::string> sealed;
  const Took whole = least_of(5, [&] {
    sealed.clear();
    for (const std::string& block : blocks) sealed.push_back(seal(key, "place", block));
  });
  // The cipher alone, over bytes as long as those that seal() gave it.
  const Took cipher = least_of(5, [&] {
    for (const std::string& bytes : sealed) n += encrypted(key, bytes).size();
  });
  constexpr double kAdverts = 200 * kAdvertsPerBlock;
  say("cipher per 600-byte advert in a block", 1e6 * cipher.cpu_s / kAdverts, "us", .5);
  fmt::print("{:<58} {:9.3f} us\n", "    with its compression", 1e6 * whole.cpu_s / kAdverts);

  std::vector<std::string> fields;
  for (int i = 0; i < 20'000; ++i) fields.push_back(words(rng, 20 + rng.below(100)));
  const Took rows = least_of(5, [&] {
    for (const std::string& field : fields) n += seal(key, "ovillo row 1", field).size();
  });
  say("sealing a row field of 20 to 120 bytes", 1e6 * rows.cpu_s / 20'000, "us", 1.5);
  require(n > 0, "sealed");
}

// ---- compartments

constexpr std::uint32_t kBlocks = 2000;

struct Compartmented {
  storage::Workspace workspace;
  View view;
};

/// The same blocks, in one compartment or dealt out to many. All are granted.
Compartmented spread_over(const fs::path& folder, std::size_t n_compartments) {
  Compartmented out{must(storage::Workspace::create(folder)), {}};
  std::vector<std::pair<CompartmentId, SourceId>> places;
  Source source;
  source.authorisation = must(out.workspace.add_authorisation({}));
  for (std::size_t i = 0; i < n_compartments; ++i) {
    source.compartment = must(out.workspace.add_compartment(fmt::format("unit {}", i)));
    source.name = fmt::format("source {}", i);
    places.emplace_back(source.compartment, must(out.workspace.add_source(source)));
    out.view.compartments.push_back(source.compartment);
  }
  std::sort(out.view.compartments.begin(), out.view.compartments.end());
  auto transaction = must(out.workspace.begin());
  std::vector<std::uint64_t> groups;
  for (std::size_t i = 0; i < n_compartments; ++i) groups.push_back(must(transaction.new_group()));
  Rng rng(3);
  for (std::uint32_t part = 0; part < kBlocks; ++part) {
    const std::size_t at = part % n_compartments;
    must(transaction.put_block({storage::BlockKind::record, places[at].first, places[at].second,
                                groups[at], part, kAdvertsPerBlock, 0},
                               words(rng, 30'000)));
  }
  for (std::size_t i = 0; i < n_compartments; ++i) {
    storage::ImportRow row;
    row.group = groups[i];
    row.compartment = places[i].first;
    row.source = places[i].second;
    must(transaction.put_import(row));
  }
  must(transaction.commit());
  return out;
}

struct Reading {
  double keyed_us = 0, scan_s = 0;
};

Reading read(const Compartmented& of) {
  const auto places = must(of.workspace.block_places(of.view, storage::BlockKind::record));
  require(places.size() == kBlocks, "all blocks are seen");
  std::size_t n = 0;
  Reading out;
  out.keyed_us = 1e6 / kBlocks * least_of(5, [&] {
                                   for (const auto& place : places)
                                     n += must(of.workspace.read_block(place)).size();
                                 }).cpu_s;
  out.scan_s = least_of(7, [&] {
                 must(of.workspace.read_blocks(of.view, storage::BlockKind::record,
                                               [&](const auto&, std::string_view bytes) {
                                                 n += bytes.size();
                                                 return Result<void>();
                                               }));
               }).cpu_s;
  require(n == 12 * std::size_t{kBlocks} * 30'000, "every byte is read");
  return out;
}

void measure_compartments(const fs::path& folder) {
  const Reading one = read(spread_over(folder.string() + "_one", 1));
  const Reading many = read(spread_over(folder.string() + "_many", 100));
  fmt::print("{:<58} {:9.3f} us\n", "    a keyed read of one compartment", one.keyed_us);
  say("a keyed read, 100 compartments instead of 1", many.keyed_us / one.keyed_us, "times", 2);
  fmt::print("{:<58} {:9.3f} s\n", "    a scan of one compartment, 60 MB", one.scan_s);
  say("a scan, 100 compartments instead of 1", many.scan_s / one.scan_s, "times", 1.05);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bench_casework FOLDER [--small]\n";
    return 2;
  }
  const bool small = argc > 2 && std::string_view(argv[2]) == "--small";
  const fs::path folder = argv[1];
  measure_audit(must(storage::Workspace::create(folder)), small ? 100'000 : 1'000'000);
  measure_sealing();
  measure_compartments(folder);
  return all_met ? 0 : 1;
}
