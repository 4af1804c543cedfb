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
#include "ovillo/base/source_folder.hpp"
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

constexpr std::size_t kTextBytes = 600;

// Labelled texts put together until they are 600 bytes: five to eight phone numbers in each.
std::vector<std::string> dense_texts(const std::vector<Labelled>& corpus) {
  std::vector<std::string> texts;
  std::string text;
  for (const Labelled& labelled : corpus) {
    text += labelled.text + "\n";
    if (text.size() < kTextBytes) continue;
    texts.push_back(std::move(text));
    text.clear();
  }
  return texts;
}

// Real job adverts in Spanish, French and English, cut to what makes 600 bytes with one labelled
// text at the end. Empty where the reference data are absent.
std::vector<std::string> advert_texts(const std::vector<Labelled>& corpus) {
  std::vector<std::string> texts;
  for (const char* name :
       {"infojobs_data_analyst.csv", "offres_emploi_fr.csv", "emscad_subset_shambhavi.csv"}) {
    const auto bytes = read_file(reference_data_folder() / "adverts" / name);
    if (!bytes) return {};
    for (std::size_t begin = 0; begin + 2 * kTextBytes < bytes->size();) {
      const std::string& labelled = corpus[texts.size() * 7 % corpus.size()].text;
      const std::size_t room = kTextBytes - std::min(labelled.size(), kTextBytes / 2);
      const std::size_t end = std::min(bytes->find(' ', begin + room), begin + 2 * room);
      texts.push_back(bytes->substr(begin, end - begin) + "\n" + labelled);
      begin = end;
    }
  }
  return texts;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print_speed(std::string_view name, const std::vector<std::string>& texts,
                 const extract::Extractor& extractor, extract::Scope scope) {
  if (texts.empty()) {
    fmt::print("{:<34} no reference data\n", name);
    return;
  }
  constexpr double kSeconds = 1.5;
  std::size_t n_bytes = 0;
  std::size_t n_texts = 0;
  std::size_t n_finds = 0;
  const double start = cpu_seconds();
  double seconds = 0;
  while (seconds < kSeconds) {
    for (const std::string& text : texts) {
      n_bytes += text.size();
      ++n_texts;
      n_finds += extractor.find(text, {}, scope).size();
    }
    seconds = cpu_seconds() - start;
  }
  fmt::print("{:<34} {:>9.0f} texts/s {:>7.1f} MB/s {:>6.0f} bytes {:>5.1f} finds a text\n", name,
             static_cast<double>(n_texts) / seconds, static_cast<double>(n_bytes) / 1e6 / seconds,
             static_cast<double>(n_bytes) / static_cast<double>(n_texts),
             static_cast<double>(n_finds) / static_cast<double>(n_texts));
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
  fmt::print("\nspeed of one core, CPU time\n");
  using extract::Scope;
  print_speed("adverts, everything", advert_texts(*corpus), *extractor, Scope::everything);
  print_speed("adverts, identifiers alone", advert_texts(*corpus), *extractor, Scope::identifiers);
  print_speed("labelled texts, everything", dense_texts(*corpus), *extractor, Scope::everything);
  return 0;
}
