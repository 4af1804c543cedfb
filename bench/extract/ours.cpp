// bench/extract: ours. Reads the labelled texts of tests/extract and prints precision, recall and
// F1 per kind and language, with and without the region told, then speed.
//
//   bench_extract [--show KIND] [--rows]
//   --show KIND  prints what is wrong or missed in the development part (never the held-out part)
//   --rows       no tables: one JSON line per text with the phones found, for comparing programs
#include <chrono>
#include <ctime>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bench/extract/corpus.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/extract/extractor.hpp"

namespace {

using namespace ovillo;
using bench::Labelled;
using bench::Score;

enum class Told : std::uint8_t { region, nothing };

std::vector<Find> read(const extract::Extractor& extractor, const Labelled& labelled, Told told) {
  return extractor.find(labelled.text, told == Told::region ? labelled.region : std::string_view{});
}

void print_row(std::string_view name, const Score& score) {
  fmt::print("{:<22} {:>6} {:>9.3f} {:>9.3f} {:>9.3f} {:>9.3f}\n", name,
             score.n_right + score.n_missed, score.precision(), score.recall(), score.f1(),
             score.n_right == 0
                 ? 0.0
                 : static_cast<double>(score.n_exact) / static_cast<double>(score.n_right));
}

void print_head(std::string_view title) {
  fmt::print("\n{}\n{:<22} {:>6} {:>9} {:>9} {:>9} {:>9}\n", title, "", "labels", "precision",
             "recall", "F1", "to byte");
}

struct Clean {
  std::size_t n_texts = 0;
  std::size_t n_clean = 0;
};

struct Tables {
  std::map<FindKind, Score> of_kind;
  std::map<std::string, Score> of_language;
  std::map<std::string, Score> of_tag;
  Score held_out;
  Clean clean;
  Clean clean_held_out;
};

Tables measure(const std::vector<Labelled>& corpus, const extract::Extractor& extractor,
               Told told) {
  Tables tables;
  for (const Labelled& labelled : corpus) {
    const auto scores = bench::score(labelled, read(extractor, labelled, told));
    for (const auto& [kind, score] : scores) tables.of_kind[kind] += score;
    const auto phones = scores.find(FindKind::phone);
    const Score phone = phones == scores.end() ? Score{} : phones->second;
    tables.of_language[labelled.language] += phone;
    tables.of_tag[labelled.tag] += phone;
    if (labelled.held_out) tables.held_out += phone;
    if (!bench::has_no_phone(labelled)) continue;
    ++tables.clean.n_texts;
    tables.clean.n_clean += phone.n_wrong == 0 ? 1 : 0;
    if (!labelled.held_out) continue;
    ++tables.clean_held_out.n_texts;
    tables.clean_held_out.n_clean += phone.n_wrong == 0 ? 1 : 0;
  }
  return tables;
}

void print_tables(const Tables& tables, std::string_view told) {
  print_head(fmt::format("every kind, {}", told));
  for (const auto& [kind, score] : tables.of_kind) print_row(name_of(kind), score);
  print_head(fmt::format("phones by language, {}", told));
  for (const auto& [language, score] : tables.of_language) print_row(language, score);
  print_row("held-out third", tables.held_out);
  fmt::print("texts without a phone kept clean: {} of {}; of the held-out third {} of {}\n",
             tables.clean.n_clean, tables.clean.n_texts, tables.clean_held_out.n_clean,
             tables.clean_held_out.n_texts);
  print_head(fmt::format("phones by way of hiding, {}", told));
  for (const auto& [tag, score] : tables.of_tag) print_row(tag, score);
}

void show(const std::vector<Labelled>& corpus, const extract::Extractor& extractor, FindKind kind) {
  for (const Told told : {Told::region, Told::nothing}) {
    for (const Labelled& labelled : corpus) {
      if (labelled.held_out) continue;
      const auto finds = read(extractor, labelled, told);
      auto scores = bench::score(labelled, finds);
      const Score& score = scores[kind];
      if (score.n_wrong + score.n_missed == 0) continue;
      fmt::print("{} {} {} [{}] {}\n", told == Told::region ? "told" : "untold", labelled.language,
                 labelled.tag, labelled.region, labelled.text);
      for (const auto& label : labelled.expected)
        if (label.kind == kind) fmt::print("    wanted {}\n", label.canonical);
      for (const Find& find : finds)
        if (find.kind == kind)
          fmt::print("    found  {} ({}, {}) \"{}\"\n", find.canonical, name_of(find.written_as),
                     find.confidence_per_mille,
                     labelled.text.substr(find.span.begin, find.span.end - find.span.begin));
    }
  }
}

// Texts of about 600 bytes, each made of whole texts of one language.
std::vector<std::string> long_texts(const std::vector<Labelled>& corpus) {
  constexpr std::size_t kBytes = 600;
  std::vector<std::string> texts;
  std::string text;
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    text += corpus[i].text + "\n";
    if (text.size() < kBytes && i + 1 < corpus.size()) continue;
    texts.push_back(std::move(text));
    text.clear();
  }
  return texts;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print_speed(const std::vector<Labelled>& corpus, const extract::Extractor& extractor) {
  const auto texts = long_texts(corpus);
  constexpr int kRounds = 40;
  std::size_t n_bytes = 0;
  std::size_t n_finds = 0;
  for (const std::string& text : texts) n_finds += extractor.find(text, "ES").size();
  const double start = cpu_seconds();
  for (int round = 0; round < kRounds; ++round) {
    for (const std::string& text : texts) {
      n_bytes += text.size();
      n_finds += extractor.find(text, "ES").size();
    }
  }
  const double seconds = cpu_seconds() - start;
  const double n_texts = static_cast<double>(texts.size()) * kRounds;
  fmt::print(
      "\neverything, one core: {:.0f} texts/s of {:.0f} bytes, {:.1f} MB/s (CPU time; {} finds)\n",
      n_texts / seconds, static_cast<double>(n_bytes) / n_texts,
      static_cast<double>(n_bytes) / 1e6 / seconds, n_finds);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  const auto source = std::filesystem::path(OVILLO_SOURCE_DIR);
  const auto extractor = extract::Extractor::open(data_folder());
  const auto corpus = bench::read_corpus(source / "tests/extract");
  if (!extractor || !corpus) {
    fmt::print(stderr, "{}\n", (!extractor ? extractor.error() : corpus.error()).message());
    return 1;
  }
  if (arguments.size() == 2 && arguments[0] == "--show") {
    const auto kind = from_name<FindKind>(arguments[1]);
    if (!kind) return 2;
    show(*corpus, *extractor, *kind);
    return 0;
  }
  std::set<std::string> languages;
  for (const Labelled& labelled : *corpus) languages.insert(labelled.language);
  fmt::print("{} labelled texts in {} languages\n", corpus->size(), languages.size());
  print_tables(measure(*corpus, *extractor, Told::region), "region told");
  print_tables(measure(*corpus, *extractor, Told::nothing), "no region");
  print_speed(*corpus, *extractor);
  return 0;
}
