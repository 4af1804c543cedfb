// synth: an invented case of any size, with its truth.
//
// Organised advertisers with templates, phones that rotate and rounds of towns; accredited
// employers who lawfully pay for many adverts; building firms that take wages back; many
// independents who write the same stock phrases, tour too, share flats for safety and pay through
// the same booking platform; tips, some of which cannot wait; transfers to Portugal and Brazil;
// calls. Nothing in it is about anybody: names, firms, streets and bank codes are invented, and
// phone numbers come from data/fiction_numbers.toml alone.
//
// The same options and vocabulary give the same bytes on any machine. Figures measured on a case
// are measured on invented data; they say nothing about trafficking. Formats:
// docs/formats/synth.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/synth/options.hpp"
#include "ovillo/synth/vocabulary.hpp"

namespace ovillo::synth {

/// The files of a case. The sealed ones are of a second compartment that shares phones and accounts
/// with the first; the truth is for tests and is never imported.
enum class SynthFile : std::uint8_t {
  adverts,
  transfers,
  statement_1,
  statement_2,
  reports,
  calls,
  employers,
  sealed_adverts,
  sealed_transfers,
  truth,
  truth_networks,
};
inline constexpr std::size_t kSynthFiles = 11;

/// Path inside a case's folder: "ghent-thb/adverts.csv".
std::string_view file_path(SynthFile file);

/// Receives the files piece by piece, each in order, the header first. Pieces of different files
/// may alternate. An error stops the run and is passed on.
using SynthSink = std::function<Result<void>(SynthFile file, std::string_view bytes)>;

/// What was written.
struct SynthCount {
  std::uint64_t n_adverts = 0;  ///< sum of the five kinds of actor below
  std::uint64_t n_independent = 0;
  std::uint64_t n_organised = 0;
  std::uint64_t n_accredited = 0;
  std::uint64_t n_labour = 0;
  std::uint64_t n_employer = 0;
  std::uint64_t n_transfers = 0;
  std::uint64_t n_reports = 0;
  std::uint64_t n_calls = 0;
  std::uint64_t n_sealed_adverts = 0;
  std::uint64_t n_sealed_transfers = 0;
  std::uint64_t n_persons = 0;     ///< of the cast
  std::uint64_t n_organisers = 0;  ///< networks, accredited employers and building firms
  std::uint64_t n_urgent = 0;      ///< adverts and tips
  std::uint64_t n_text_bytes = 0;  ///< of advert texts
};

/// Writes a case.
///
/// @error base.bad_argument without adverts; synth.no_numbers_left; what the sink returns.
/// @cost  linear; some 60 bytes of memory per advert, whatever their length. About 5 us per advert.
Result<SynthCount> generate(const SynthOptions& options, const Vocabulary& vocabulary,
                            const SynthSink& sink);

/// Writes a case as files below `folder`, which is made when absent; files of an earlier case of
/// the same names are replaced.
/// @error as generate; base.cannot_write.
Result<SynthCount> write_case(const SynthOptions& options, const Vocabulary& vocabulary,
                              const std::filesystem::path& folder);

}  // namespace ovillo::synth
