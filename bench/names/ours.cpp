// Pairs of names with the truth known: our answer per pair, and comparisons per CPU second.
//   bench_names PAIRS.csv [ROUNDS]
// writes "row,same" to standard output; ROUNDS > 0 also measures pairs of plain Latin letters.
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "ovillo/base/file.hpp"
#include "ovillo/resolve/name_pair.hpp"

namespace {

using ovillo::resolve::NameKind;

struct Pair {
  std::string a;
  std::string b;
  NameKind kind = NameKind::other;
};

// One line of CSV without line ends inside cells.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      out.back() += line[++i];
    } else if (line[i] == '"') {
      quoted = !quoted;
    } else if (line[i] == ',' && !quoted) {
      out.emplace_back();
    } else if (line[i] != '\r') {
      out.back() += line[i];
    }
  }
  return out;
}

std::vector<Pair> read_pairs(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const auto header = cells_of(line);
  const auto at = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  const std::size_t a = at("name1");
  const std::size_t b = at("name2");
  const std::size_t kind = at("schema");
  std::vector<Pair> out;
  while (std::getline(file, line)) {
    const auto cells = cells_of(line);
    if (cells.size() != header.size()) continue;
    const std::string& schema = cells[kind];
    out.push_back({cells[a], cells[b],
                   schema == "Person"                                ? NameKind::person
                   : schema == "Company" || schema == "Organization" ? NameKind::company
                                                                     : NameKind::other});
  }
  return out;
}

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto vocabulary = ovillo::resolve::NameVocabulary::open(ovillo::data_folder());
  if (!vocabulary) return 1;
  const std::vector<Pair> pairs = read_pairs(argv[1]);
  std::cout << "row,same,weight_bits\n";
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto match =
        ovillo::resolve::compare_names(pairs[i].a, pairs[i].b, pairs[i].kind, *vocabulary);
    std::cout << i + 1 << ',' << (match.same ? "yes" : "no") << ',' << match.quarter_bits / 4.0
              << '\n';
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 0;
  if (rounds == 0) return 0;
  std::size_t n = 0;
  std::size_t same = 0;
  const std::clock_t begin = std::clock();
  for (int round = 0; round < rounds; ++round)
    for (const Pair& pair : pairs) {
      if (!is_ascii(pair.a) || !is_ascii(pair.b)) continue;
      same += ovillo::resolve::compare_names(pair.a, pair.b, pair.kind, *vocabulary).same ? 1U : 0U;
      ++n;
    }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::cerr << n << " comparisons of plain Latin pairs (" << same << " the same), "
            << static_cast<double>(n) / seconds << " per CPU second\n";
  return 0;
}
