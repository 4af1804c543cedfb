#include "ovillo/flow/statement_files.hpp"

#include <ostream>

#include <fmt/format.h>

#include "ovillo/bank/reader.hpp"
#include "ovillo/bank/statement_lines.hpp"
#include "ovillo/base/file_stream.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::flow {

namespace {

std::string lines_of(const bank::AccountStatement& statement, const bank::StatementPlace& place,
                     StatementOutput output) {
  switch (output) {
    case StatementOutput::jsonl:
      return bank::entries_as_json(statement, place);
    case StatementOutput::csv:
      return bank::entries_as_csv(statement, place);
    case StatementOutput::text:
      return bank::statement_as_text(statement, place);
    case StatementOutput::summary:
      return bank::summary_as_json(statement, place);
  }
  return {};
}

}  // namespace

Result<void> write_statements(const StatementFilesAsked& asked, std::ostream& out,
                              std::ostream& warn) {
  Zone zone = Zone::utc();
  if (!asked.zone.empty()) {
    OVILLO_TRY(zone, Zone::open(asked.zone));
  }
  if (asked.output == StatementOutput::csv) out << bank::csv_head();
  std::size_t n_statements = 0;
  std::optional<Error> first_reject;
  for (const std::string& file : asked.files) {
    OVILLO_TRY(FileStream stream, FileStream::open(file));
    std::size_t ordinal = 0;
    bank::StatementSink sink;
    sink.statement = [&](bank::AccountStatement&& statement) -> Result<void> {
      out << lines_of(statement, {file, ++ordinal}, asked.output);
      ++n_statements;
      if (asked.output == StatementOutput::jsonl || asked.output == StatementOutput::csv)
        for (const bank::Remark& remark : statement.remarks)
          warn << fmt::format("{}, line {}: {}\n", file, remark.line, remark.text);
      return {};
    };
    sink.reject = [&](bank::StatementReject&& reject) -> Result<void> {
      ++ordinal;
      const std::string which = reject.statement
                                    ? fmt::format("statement {} of {}", ordinal, *reject.statement)
                                    : fmt::format("statement {}", ordinal);
      std::string sentence = fmt::format("line {}, {}: {}", reject.place_in_file.line, which,
                                         info(reject.code).sentence);
      if (!reject.reason.empty()) sentence += fmt::format(" ({})", reject.reason);
      warn << fmt::format("{}, {} [{}]\n", file, sentence, info(reject.code).name);
      if (!first_reject) {
        Locus locus;
        locus.file = file;
        locus.byte = reject.place_in_file.byte;
        first_reject = Error(ErrorCode::bank_no_statement, sentence, std::move(locus));
      }
      return {};
    };
    const auto read = bank::read_statements(stream, zone, {}, sink);
    if (!read) {
      Locus locus = read.error().locus();
      locus.file = file;
      return read.error().at(std::move(locus));
    }
  }
  if (n_statements == 0 && first_reject) return *first_reject;
  return {};
}

}  // namespace ovillo::flow
