#include "ovillo/intake/propose.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/header_words.hpp"
#include "ovillo/intake/internal/kind_words.hpp"
#include "ovillo/intake/internal/value_shape.hpp"
#include "ovillo/intake/reader.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kRows = 1000;
constexpr std::size_t kSampleBytes = 60;

// What the first rows hold in one column.
struct ColumnSample {
  std::string name;
  Field given = Field::other;  // by the form itself (Neo4j, FollowTheMoney)
  std::size_t n = 0;           // values
  std::size_t bytes = 0;
  std::map<Shape, std::size_t> shapes;
  std::set<std::string> distinct;
  std::vector<std::string> shown;

  [[nodiscard]] std::size_t count(std::initializer_list<Shape> wanted) const {
    std::size_t total = 0;
    for (const Shape shape : wanted)
      if (const auto found = shapes.find(shape); found != shapes.end()) total += found->second;
    return total;
  }
  [[nodiscard]] bool mostly(std::initializer_list<Shape> wanted, std::size_t percent) const {
    return n > 0 && count(wanted) * 100 >= n * percent;
  }
  [[nodiscard]] bool unique() const { return distinct.size() == n; }
  [[nodiscard]] std::size_t mean_bytes() const { return n == 0 ? 0 : bytes / n; }
};

struct Sample {
  std::string form;
  std::vector<ColumnSample> columns;
  std::map<RecordKind, std::size_t> kinds;
  std::size_t n_rows = 0;
  std::size_t day_first = 0;  // dates that can only be read so
  std::size_t month_first = 0;
};

std::string shortened(std::string_view value) {
  if (value.size() <= kSampleBytes) return std::string(value);
  std::size_t end = kSampleBytes;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xc0) == 0x80) --end;
  return std::string(value.substr(0, end)) + "…";
}

// "24/08/2017" can only be read with the day first, "08/24/2017" only with the month first.
void note_date_order(std::string_view value, Sample& sample) {
  if (value.size() < 8 ||
      (value[1] != '/' && value[2] != '/' && value[1] != '.' && value[2] != '.' && value[2] != '-'))
    return;
  const auto number = [&](std::size_t& at) {
    int out = 0;
    while (at < value.size() && value[at] >= '0' && value[at] <= '9' && out < 100)
      out = out * 10 + (value[at++] - '0');
    return out;
  };
  std::size_t at = 0;
  const int first = number(at);
  ++at;
  const int second = number(at);
  if (first > 12 && first <= 31 && second >= 1 && second <= 12) ++sample.day_first;
  if (second > 12 && second <= 31 && first >= 1 && first <= 12) ++sample.month_first;
}

void take_batch(const RecordBatch& batch, Sample& sample) {
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    ColumnSample column;
    column.name = batch.columns[c].name;
    column.given = batch.columns[c].field;
    sample.columns.push_back(std::move(column));
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    ++sample.n_rows;
    ++sample.kinds[batch.kind[i]];
    const Range cells = batch.fields[i];
    for (std::size_t cell = cells.begin; cell < cells.end; ++cell) {
      ColumnSample& column = sample.columns[batch.cell_column[cell]];
      const std::string_view value = batch.cell_value[cell];
      const Shape shape = shape_of(value);
      ++column.n;
      column.bytes += value.size();
      ++column.shapes[shape];
      column.distinct.insert(std::string(value));
      if (shape == Shape::date) note_date_order(value, sample);
      const bool shown = std::find(column.shown.begin(), column.shown.end(), shortened(value)) !=
                         column.shown.end();
      if (!shown && column.shown.size() < 3) column.shown.push_back(shortened(value));
    }
  }
}

Result<Sample> sample_of(const std::string& path) {
  Sample sample;
  bool enough = false;
  ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    take_batch(batch, sample);
    enough = true;
    return Error(ErrorCode::base_internal);  // ends the read; told apart by `enough`
  };
  sink.reject = [](Reject&&) -> Result<void> { return {}; };
  sink.picture = [](const PictureFile&) -> Result<void> { return {}; };
  sink.form = [&](const std::string&, const std::string& form) {
    if (!enough) sample.form = form;
  };
  ReadOptions options;
  options.batch_rows = kRows;
  options.read_pictures = PictureReading::none;  // its columns are known
  const auto read = read_file(path, Profile(), Zone::utc(), options, sink);
  if (!read && !enough) return read.error();
  return sample;
}

// How many values read as what a field needs; empty: any value will do.
struct Evidence {
  std::size_t n = 0;
  std::string_view what;
};

std::optional<Evidence> evidence_for(Field field, const ColumnSample& column) {
  switch (field) {
    case Field::phone:
    case Field::from_phone:
    case Field::to_phone:
      return Evidence{column.count({Shape::phone, Shape::integer}), "numbers"};
    case Field::email:
      return Evidence{column.count({Shape::email}), "e-mail addresses"};
    case Field::url:
      return Evidence{column.count({Shape::url}), "web addresses"};
    case Field::iban:
      return Evidence{column.count({Shape::iban}), "IBANs with the right check digits"};
    case Field::time:
    case Field::time_end:
    case Field::received:
    case Field::birth_date:
      return Evidence{column.count({Shape::date, Shape::clock}), "dates or times"};
    case Field::amount:
    case Field::duration_s:
      return Evidence{column.count({Shape::integer, Shape::number, Shape::money, Shape::phone}),
                      "numbers"};
    case Field::age:
      return Evidence{column.count({Shape::integer}), "numbers"};
    case Field::latitude:
    case Field::longitude:
      return Evidence{column.count({Shape::integer, Shape::number}), "numbers"};
    case Field::photo:
      return Evidence{column.count({Shape::picture, Shape::url}), "picture files"};
    case Field::currency:
      return Evidence{column.count({Shape::currency}), "currencies"};
    default:
      return std::nullopt;
  }
}

bool is_free_text(const ColumnSample& column) {
  return column.mostly({Shape::sentence}, 50) || column.mean_bytes() >= 60;
}

// Why a column that the header calls `field` is not that; empty: nothing speaks against it.
std::string objection(Field field, const ColumnSample& column) {
  if (column.n == 0) return {};
  switch (field) {
    case Field::local_id:
      return column.unique() ? "" : "but values repeat";
    case Field::text:
    case Field::title:
      return column.mostly({Shape::integer, Shape::number, Shape::date, Shape::money}, 60)
                 ? "but the values are numbers or dates"
                 : "";
    case Field::name:
    case Field::place:
    case Field::country:
    case Field::language:
    case Field::author:
    case Field::handle:
    case Field::account:
    case Field::payer:
    case Field::plate:
      return column.mean_bytes() > 80 ? "but the values are long texts" : "";
    default:
      return {};
  }
}

ColumnProposal by_header(const ColumnSample& column, const HeaderMatch& match) {
  ColumnProposal out;
  out.column = column.name;
  const std::string said =
      fmt::format("header {} \"{}\"{}", match.whole ? "says" : "contains", match.phrase,
                  match.language == "en" ? "" : fmt::format(" ({})", match.language));
  const auto evidence = evidence_for(match.field, column);
  if (evidence) {
    out.why =
        fmt::format("{}; {} of {} values read as {}", said, evidence->n, column.n, evidence->what);
    const std::size_t percent = match.whole ? 60 : 80;
    const bool fits = column.n == 0 ? match.whole : evidence->n * 100 >= column.n * percent;
    if (fits) out.field = match.field;
    return out;
  }
  const std::string against = objection(match.field, column);
  // Part of a header is a hint for a person, not enough for a proposal.
  if (match.whole && against.empty()) out.field = match.field;
  out.why = said;
  if (!against.empty()) out.why += ", " + against;
  if (!match.whole) out.why += "; not sure enough";
  return out;
}

ColumnProposal by_values(const ColumnSample& column) {
  ColumnProposal out;
  out.column = column.name;
  static constexpr std::array<std::pair<Field, Shape>, 5> kTelling = {
      {{Field::email, Shape::email},
       {Field::url, Shape::url},
       {Field::iban, Shape::iban},
       {Field::phone, Shape::phone},
       {Field::photo, Shape::picture}}};
  for (const auto& [field, shape] : kTelling) {
    if (!column.mostly({shape}, 80)) continue;
    out.field = field;
    out.why = fmt::format("{} of {} values look like {}", column.count({shape}), column.n,
                          field == Field::photo ? "picture files" : name_of(field));
    return out;
  }
  if (is_free_text(column)) {
    out.field = Field::text;
    out.why = fmt::format("free text, {} bytes on average", column.mean_bytes());
    return out;
  }
  out.why = column.n == 0 ? "no value among the first rows" : "kept as it is";
  return out;
}

ColumnProposal propose_column(const ColumnSample& column, const HeaderWords& words) {
  ColumnProposal out;
  if (column.given != Field::other) {
    out.column = column.name;
    out.field = column.given;
    out.why = "the format itself says so";
  } else {
    out = by_values(column);
    if (const auto match = words.match(column.name)) {
      const ColumnProposal named = by_header(column, *match);
      if (named.field != Field::other || out.field == Field::other) out = named;
    }
  }
  out.samples = column.shown;
  return out;
}

// What a table with a text is, by the words of its headers, where its fields leave that open.
RecordKind kind_of_texts(const std::vector<ColumnProposal>& columns, const KindWords& words,
                         bool has_phone) {
  std::set<RecordKind> named;
  bool text_is_advert = false;
  for (const ColumnProposal& column : columns) {
    const std::set<RecordKind> kinds = words.kinds_in(column.column);
    named.insert(kinds.begin(), kinds.end());
    text_is_advert = text_is_advert || (column.field == Field::text &&
                                        kinds.contains(RecordKind::advert) && kinds.size() == 1);
  }
  // "Ad text" is that of an advert whatever else stands beside it; a tip may well name an advert.
  if (text_is_advert) return RecordKind::advert;
  const bool other = named.size() > (named.contains(RecordKind::advert) ? 1 : 0);
  if (other) return RecordKind::document;
  return has_phone || !named.empty() ? RecordKind::advert : RecordKind::document;
}

// A kind only where the columns leave little doubt; otherwise a document, which claims nothing.
RecordKind kind_of(const std::vector<ColumnProposal>& columns, const KindWords& words) {
  const auto has = [&](std::initializer_list<Field> fields) {
    return std::any_of(columns.begin(), columns.end(), [&](const ColumnProposal& column) {
      return std::find(fields.begin(), fields.end(), column.field) != fields.end();
    });
  };
  if (has({Field::from_ref}) && has({Field::to_ref})) return RecordKind::relation;
  if (has({Field::amount}) && has({Field::from_account, Field::from_name}) &&
      has({Field::to_account, Field::to_name}))
    return RecordKind::transfer;
  if (has({Field::from_phone}) && has({Field::to_phone}))
    return has({Field::text}) ? RecordKind::message : RecordKind::call;
  if (has({Field::text})) {
    if (has({Field::received})) return RecordKind::report;
    if (has({Field::price, Field::url}) && has({Field::title, Field::phone, Field::author}))
      return RecordKind::advert;
    // Somebody's particulars with a remark are no advert.
    if (has({Field::name}) && has({Field::birth_date, Field::nationality, Field::document_number}))
      return RecordKind::document;
    return kind_of_texts(columns, words, has({Field::phone}));
  }
  if (has({Field::name}) && has({Field::birth_date, Field::nationality})) return RecordKind::person;
  return RecordKind::document;
}

std::string name_for(const std::string& path) {
  if (path == "-") return "proposed";
  const std::string stem = std::filesystem::path(path).stem().string();
  return is_valid_utf8(stem) && !stem.empty() ? stem : "proposed";
}

}  // namespace

Result<Proposal> propose(const std::string& path) {
  OVILLO_TRY(const Sample sample, sample_of(path));
  OVILLO_TRY(const HeaderWords words, HeaderWords::open(data_folder()));
  OVILLO_TRY(const auto shipped, shipped_profiles(data_folder()));
  Proposal out;
  out.format = sample.form;
  std::vector<std::string> header;
  bool given = false;
  for (const ColumnSample& column : sample.columns) {
    out.columns.push_back(propose_column(column, words));
    header.push_back(column.name);
    given = given || column.given != Field::other;
  }
  const std::string file_name = std::filesystem::path(path).filename().string();
  if (const auto fits = best_profile(shipped, header, file_name); fits && !given) {
    out.profile = *fits;
    out.shipped = true;
    for (ColumnProposal& column : out.columns) {
      const auto mapped = fits->columns.find(column.column);
      column.field = mapped == fits->columns.end() ? Field::other : mapped->second;
      column.why = mapped == fits->columns.end()
                       ? fmt::format("not in the shipped profile \"{}\"", fits->name)
                       : fmt::format("as in the shipped profile \"{}\"", fits->name);
    }
    return out;
  }
  out.profile.name = name_for(path);
  for (const ColumnProposal& column : out.columns)
    if (!given) out.profile.columns[column.column] = column.field;
  if (given) {
    const auto most =
        std::max_element(sample.kinds.begin(), sample.kinds.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most != sample.kinds.end()) out.profile.kind = most->first;
  } else {
    OVILLO_TRY(const KindWords kind_words, KindWords::open(data_folder()));
    out.profile.kind = kind_of(out.columns, kind_words);
  }
  if (sample.month_first > 0 && sample.day_first == 0)
    out.profile.date_order = DateOrder::month_first;
  return out;
}

}  // namespace ovillo::intake
