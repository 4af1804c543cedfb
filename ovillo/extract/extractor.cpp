#include "ovillo/extract/extractor.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "ovillo/base/parallel.hpp"
#include "ovillo/extract/internal/account.hpp"
#include "ovillo/extract/internal/doubt.hpp"
#include "ovillo/extract/internal/field.hpp"
#include "ovillo/extract/internal/link.hpp"
#include "ovillo/extract/internal/mark_tokens.hpp"
#include "ovillo/extract/internal/name.hpp"
#include "ovillo/extract/internal/phone_decoder.hpp"
#include "ovillo/extract/internal/phrases.hpp"
#include "ovillo/extract/internal/place.hpp"
#include "ovillo/extract/internal/quantity.hpp"
#include "ovillo/extract/internal/scan.hpp"
#include "ovillo/extract/internal/vocabulary.hpp"
#include "ovillo/extract/phone_plans.hpp"
#include "ovillo/text/language.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

namespace {

constexpr std::size_t kRowsPerChunk = 512;
constexpr std::size_t kUsualFinds = 8;  // room in advance; most adverts hold fewer

// What a text states as free text; the fields beside it are read one by one.
bool is_searched(RecordKind, Field field) { return field == Field::text || field == Field::title; }

void sort_finds(std::vector<Find>& finds) {
  const auto before = [](const Find& a, const Find& b) {
    return std::tie(a.column, a.span.begin, a.span.end, a.kind) <
           std::tie(b.column, b.span.begin, b.span.end, b.kind);
  };
  if (std::is_sorted(finds.begin(), finds.end(), before)) return;
  std::stable_sort(finds.begin(), finds.end(), before);
}

// Of two finds of one kind that overlap, the one that begins first stays.
void drop_overlapping(std::vector<Find>& finds) {
  std::array<std::uint32_t, 256> end_of_kind{};
  std::erase_if(finds, [&](const Find& find) {
    std::uint32_t& end = end_of_kind[static_cast<std::uint8_t>(find.kind)];
    if (find.span.begin < end) return true;
    end = find.span.end;
    return false;
  });
}

// What a find of the text owes to a sign that was read with doubt is a candidate.
void mark_doubtful(const RecordBatch& batch, std::string_view doubts, std::vector<Find>& finds) {
  const std::vector<Doubt> all = read_doubts(doubts);
  for (Find& find : finds) {
    if (batch.columns[find.column].field != Field::text) continue;
    for (const Doubt& doubt : all) {
      if (doubt.span.end <= find.span.begin || doubt.span.begin >= find.span.end) continue;
      find.written_as = WrittenAs::doubtful;
      find.confidence_per_mille = std::min(find.confidence_per_mille, doubt.confidence_per_mille);
    }
  }
}

void append(FindBatch& out, FindBatch&& part) {
  const std::size_t before = out.size();
  const auto move_to = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  move_to(out.kind, part.kind);
  move_to(out.role, part.role);
  move_to(out.written_as, part.written_as);
  move_to(out.confidence_per_mille, part.confidence_per_mille);
  move_to(out.column, part.column);
  move_to(out.span, part.span);
  out.canonical.append(part.canonical);
  for (std::size_t i = 0; i < part.records.size(); ++i)
    out.records.close_row(before + part.records[i].end);
}

}  // namespace

struct Extractor::Impl {
  Vocabulary vocabulary;
  PhonePlans plans;
  NumberVocabulary numbers;
  Phrases phrases;
  Gazetteer gazetteer;

  // Reads one text into scan.finds; the scan's memory is reused from text to text.
  void read(std::string_view text, std::string_view region, Scope scope, Scan& scan) const {
    prepare(text, region, text::Order::shown, scan);
    find_all(scope, scan);
    if (!scan.folded.has_override || has_phone(scan)) return;
    // Mirrored text showed no number: read the bytes in the order they are stored.
    prepare(text, region, text::Order::stored, scan);
    find_all(scope, scan);
  }

  void prepare(std::string_view text, std::string_view region, text::Order order,
               Scan& scan) const {
    scan.raw = text;
    scan.region = region;
    scan.finds.clear();
    scan.finds.reserve(kUsualFinds);
    text::fold(text, scan.folded, order);
    text::tokenize(scan.folded.text, scan.tokens);
    scan.words.resize(scan.tokens.size());
    for (std::size_t i = 0; i < scan.tokens.size(); ++i)
      scan.words[i] = &vocabulary.find(scan.tokens[i].hash);
    scan.taken.assign(scan.tokens.size(), Taken::free);
    mark_tokens(scan, numbers.words);
    scan.language.clear();
  }

  static void find_language(Scan& scan) {
    auto language = text::guess_language(scan.raw);
    if (!language) return;
    scan.language = language->code;
    const auto confidence = static_cast<std::uint16_t>(language->reliable ? 900 : 500);
    scan.add(FindKind::language, {0, static_cast<std::uint32_t>(scan.raw.size())}, WrittenAs::plain,
             confidence, std::move(language->code));
  }

  void find_all(Scope scope, Scan& scan) const {
    const bool everything = scope == Scope::everything;
    if (everything) find_language(scan);
    find_links(scan, vocabulary, plans);
    find_accounts(scan, vocabulary);
    take_references(scan);
    find_quantities(scan, vocabulary, numbers.words);
    if (everything) gazetteer.find(scan);
    find_phones(scan, vocabulary, numbers, plans);
    if (everything) {
      phrases.find(scan);
      find_bare_names(scan);
    } else {
      std::erase_if(scan.finds,
                    [](const Find& find) { return find.kind > FindKind::document_number; });
    }
    sort_finds(scan.finds);
    drop_overlapping(scan.finds);
  }

  static bool has_phone(const Scan& scan) {
    return std::any_of(scan.finds.begin(), scan.finds.end(),
                       [](const Find& find) { return find.kind == FindKind::phone; });
  }

  void read_record(const RecordBatch& batch, std::size_t i, Scan& scan,
                   std::vector<Find>& finds) const {
    finds.clear();
    const std::string_view own_region = batch.value(i, Field::region);
    const std::string_view region = own_region.size() == 2 ? own_region : batch.region;
    const std::string_view currency = batch.value(i, Field::currency);
    const FieldTools tools{vocabulary, plans, gazetteer};
    const std::string_view source =
        batch.kind[i] == RecordKind::judgement ? std::string_view() : batch.source_key;
    const Range cells = batch.fields[i];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      const std::uint16_t column = batch.cell_column[c];
      const Field field = batch.columns[column].field;
      const std::string_view value = batch.cell_value[c];
      if (is_searched(batch.kind[i], field)) {
        read(value, region, Scope::everything, scan);
        for (Find& find : scan.finds) {
          find.column = column;
          finds.push_back(std::move(find));
        }
      } else {
        read_field({field, column, value, region, source, currency}, tools, finds);
      }
    }
    if (const auto doubts = batch.value(i, Field::doubtful); !doubts.empty())
      mark_doubtful(batch, doubts, finds);
    sort_finds(finds);
  }
};

Extractor::Extractor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

Result<Extractor> Extractor::open(const std::filesystem::path& data) {
  OVILLO_TRY(auto plans, PhonePlans::open(data / "phones/plans.toml"));
  OVILLO_TRY(auto words, text::NumberWords::open(data / "words/numbers.tsv"));
  OVILLO_TRY(auto vocabulary, Vocabulary::open(data, words));
  OVILLO_TRY(auto alikes, SoundAlikes::open(data / "words/numbers.tsv"));
  OVILLO_TRY(auto phrases, Phrases::open(data / "words/phrases.toml"));
  OVILLO_TRY(auto gazetteer, Gazetteer::open(data / "places"));
  return Extractor(std::make_unique<Impl>(Impl{std::move(vocabulary),
                                               std::move(plans),
                                               {std::move(words), std::move(alikes)},
                                               std::move(phrases),
                                               std::move(gazetteer)}));
}

std::vector<Find> Extractor::find(std::string_view text, std::string_view region,
                                  Scope scope) const {
  static thread_local Scan scan;  // its memory is reused; nothing of a text is read again
  impl_->read(text, region, scope, scan);
  scan.raw = {};
  scan.region = {};
  return std::move(scan.finds);
}

FindBatch Extractor::find(const RecordBatch& batch) const {
  const std::size_t n_chunks = (batch.size() + kRowsPerChunk - 1) / kRowsPerChunk;
  std::vector<FindBatch> parts(n_chunks);
  parallel_for(batch.size(), kRowsPerChunk, [&](std::size_t begin, std::size_t end) {
    FindBatch& part = parts[begin / kRowsPerChunk];
    Scan scan;
    std::vector<Find> finds;
    for (std::size_t i = begin; i < end; ++i) {
      impl_->read_record(batch, i, scan, finds);
      for (const Find& find : finds) part.push_back(find);
      part.close_record();
    }
  });
  FindBatch out;
  for (FindBatch& part : parts) append(out, std::move(part));
  return out;
}

}  // namespace ovillo::extract
