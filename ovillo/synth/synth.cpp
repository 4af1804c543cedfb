#include "ovillo/synth/synth.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/synth/cast.hpp"
#include "ovillo/synth/internal/advert_writer.hpp"
#include "ovillo/synth/internal/call_planner.hpp"
#include "ovillo/synth/internal/csv_line.hpp"
#include "ovillo/synth/internal/report_writer.hpp"
#include "ovillo/synth/internal/transfer_planner.hpp"

namespace ovillo::synth {
namespace {

constexpr std::array<std::string_view, kSynthFiles> kPaths{
    "ghent-thb/adverts.csv",     "ghent-thb/transfers.csv",    "ghent-thb/statement_1.csv",
    "ghent-thb/statement_2.csv", "ghent-thb/reports.csv",      "ghent-thb/calls.csv",
    "ghent-thb/employers.csv",   "antwerp-sealed/adverts.csv", "antwerp-sealed/transfers.csv",
    "truth/truth.csv",           "truth/truth_networks.csv"};

constexpr std::string_view kTransferHeader =
    "reference,time,from_account,to_account,amount,currency,channel,purpose\n";
constexpr std::string_view kAdvertHeader =
    "id,posted_at,platform,author,region,title,text,phone,place,price,payer\n";

// Collects rows of one file and passes them on in large pieces.
class Piece {
 public:
  Piece(SynthFile file, const SynthSink& sink) : file_(file), sink_(sink) {}

  /// What is not passed on yet: rows are added at its end.
  std::string& bytes() { return bytes_; }
  Result<void> flush_when_full() { return bytes_.size() < kFull ? Result<void>{} : flush(); }
  Result<void> flush() {
    if (bytes_.empty()) return {};
    auto done = sink_(file_, bytes_);
    bytes_.clear();
    return done;
  }

 private:
  static constexpr std::size_t kFull = 1U << 20;
  SynthFile file_;
  const SynthSink& sink_;
  std::string bytes_;
};

std::string decimal_cents(std::int64_t cents) {
  const std::string rest = std::to_string(cents % 100);
  return std::to_string(cents / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

class CaseWriter {
 public:
  CaseWriter(const SynthOptions& options, const Vocabulary& vocabulary, const Cast& cast,
             Issuer& issuer, const SynthSink& sink)
      : options_(options),
        vocabulary_(vocabulary),
        cast_(cast),
        issuer_(issuer),
        sink_(sink),
        adverts_(options, vocabulary, cast),
        seen_(cast.organisers.size(), 0) {}

  Result<SynthCount> write() {
    Piece truth(SynthFile::truth, sink_);
    truth.bytes() = "id,kind,organiser,person,role,urgent,decoy\n";
    OVILLO_CHECK(write_adverts(truth));
    OVILLO_CHECK(write_reports(truth));
    OVILLO_CHECK(write_sealed_adverts(truth));
    OVILLO_CHECK(truth.flush());
    OVILLO_CHECK(write_transfers());
    OVILLO_CHECK(write_calls());
    OVILLO_CHECK(write_employers());
    OVILLO_CHECK(write_sealed_transfers());
    OVILLO_CHECK(write_truth_networks());
    count_.n_persons = cast_.n_persons;
    count_.n_organisers = cast_.organisers.size();
    return count_;
  }

 private:
  static std::string organiser_id(std::int32_t organiser) {
    return organiser < 0 ? std::string{} : numbered('o', static_cast<std::uint64_t>(organiser) + 1);
  }
  static std::string person_id(std::uint32_t person) { return numbered('p', person + 1ULL); }

  void advert_row(std::string& out, const std::string& id, std::int64_t time_utc_s,
                  const WrittenAdvert& advert) const {
    append_csv(out,
               {id, format_utc(time_utc_s), advert.platform, advert.account, advert.country,
                advert.title, advert.text, advert.phone, advert.place, advert.price, advert.payer});
  }

  Result<void> write_adverts(Piece& truth) {
    Piece out(SynthFile::adverts, sink_);
    out.bytes() = kAdvertHeader;
    for (const AdvertPlan& plan : cast_.adverts) {
      const WrittenAdvert advert = adverts_.write(plan);
      const std::string id = numbered('a', ++count_.n_adverts);
      advert_row(out.bytes(), id, plan.time_utc_s, advert);
      const Actor& actor = cast_.actors[plan.actor];
      append_csv(truth.bytes(),
                 {id, "advert", organiser_id(actor.organiser), person_id(advert.person),
                  advert.role, urgent_kind_name(plan.urgent), advert.decoy ? "yes" : ""});
      count(actor.kind);
      count_.n_urgent += plan.urgent != UrgentKind::none ? 1 : 0;
      count_.n_text_bytes += advert.text.size();
      OVILLO_CHECK(out.flush_when_full());
      OVILLO_CHECK(truth.flush_when_full());
    }
    return out.flush();
  }

  void count(ActorKind kind) {
    switch (kind) {
      case ActorKind::independent:
        ++count_.n_independent;
        break;
      case ActorKind::organised:
        ++count_.n_organised;
        break;
      case ActorKind::accredited:
        ++count_.n_accredited;
        break;
      case ActorKind::labour:
        ++count_.n_labour;
        break;
      case ActorKind::employer:
        ++count_.n_employer;
        break;
    }
  }

  Result<void> write_reports(Piece& truth) {
    if (options_.n_reports == 0) return {};
    Piece out(SynthFile::reports, sink_);
    out.bytes() = "id,time,text,language\n";
    for (const Report& report :
         synth::write_reports(options_, vocabulary_, cast_, adverts_, issuer_, seen_)) {
      const std::string id = numbered('t', ++count_.n_reports);
      append_csv(out.bytes(),
                 {id, format_utc(report.time_utc_s), report.text, language_code(report.language)});
      append_csv(truth.bytes(), {id, "report", organiser_id(report.organiser), "", "report",
                                 urgent_kind_name(report.urgent), report.decoy ? "yes" : ""});
      count_.n_urgent += report.urgent != UrgentKind::none ? 1 : 0;
    }
    return out.flush();
  }

  // Adverts of the second compartment hold a phone of one actor in the field and a phone of another
  // in the text, and the first one's payer: whoever sees them joins what is apart in the first
  // compartment.
  Result<void> write_sealed_adverts(Piece& truth) {
    if (options_.n_sealed_adverts == 0) return {};
    Piece out(SynthFile::sealed_adverts, sink_);
    out.bytes() = kAdvertHeader;
    Rng rng(mix64(options_.seed ^ 0x7365616c));
    for (std::uint32_t i = 0; i < options_.n_sealed_adverts; ++i) {
      const Actor& from = sealed_actor(i, rng);
      const Actor& to = sealed_actor(i + 1, rng);
      const WrittenAdvert advert = adverts_.write_bridge(from, to, rng.next());
      const std::string id = numbered('s', ++count_.n_sealed_adverts);
      const std::int64_t day = rng.between(0, std::int64_t{options_.n_days} - 1);
      advert_row(out.bytes(), id, options_.start_utc_s + day * 86400 + 43200, advert);
      append_csv(truth.bytes(),
                 {id, "sealed", organiser_id(from.organiser), "", advert.role, "", ""});
      OVILLO_CHECK(out.flush_when_full());
    }
    return out.flush();
  }

  // Two in three are organisers, one in three anybody.
  const Actor& sealed_actor(std::uint32_t i, Rng& rng) const {
    if (cast_.organisers.empty() || i % 3 == 2) return cast_.actors[rng.below(cast_.actors.size())];
    return cast_.actors[cast_.organisers[i % cast_.organisers.size()]];
  }

  std::string purpose(const Transfer& row) const {
    const auto& wordings = vocabulary_.purposes[static_cast<std::size_t>(row.purpose)];
    SlotValues slots;
    slots[Slot::month] = format_utc(row.time_utc_s).substr(0, 7);
    slots[Slot::n] = std::to_string(1 + row.wording / 7 % 12);
    std::string out;
    Rng fixed(row.wording);
    wordings[row.wording % wordings.size()].append(out, fixed, 0, slots);
    return out;
  }

  void transfer_row(std::string& out, const Transfer& row, char letter,
                    std::uint64_t number) const {
    append_csv(
        out,
        {row.has_reference ? numbered(letter, number) : std::string{}, format_utc(row.time_utc_s),
         row.has_from ? adverts_.iban(row.from) : std::string{}, adverts_.iban(row.to),
         decimal_cents(row.amount_cents), "EUR", channel_name(row.channel), purpose(row)});
  }

  Result<void> write_transfers() {
    if (options_.n_transfers == 0) return {};
    const std::vector<Transfer> rows = plan_transfers(options_, cast_, issuer_, seen_);
    Piece first(options_.two_statements ? SynthFile::statement_1 : SynthFile::transfers, sink_);
    Piece second(SynthFile::statement_2, sink_);
    first.bytes() = kTransferHeader;
    if (options_.two_statements) second.bytes() = kTransferHeader;
    for (const Transfer& row : rows) {
      const bool other = options_.two_statements && row.organiser < 0;
      transfer_row((other ? second : first).bytes(), row, 'r', ++count_.n_transfers);
      OVILLO_CHECK(first.flush_when_full());
    }
    OVILLO_CHECK(first.flush());
    return second.flush();
  }

  Result<void> write_calls() {
    if (options_.n_calls == 0) return {};
    Piece out(SynthFile::calls, sink_);
    out.bytes() = "from,to,time,duration\n";
    for (const Call& call : plan_calls(options_, cast_, issuer_)) {
      append_csv(out.bytes(), {adverts_.number(call.from).e164(), adverts_.number(call.to).e164(),
                               format_utc(call.time_utc_s), std::to_string(call.duration_s)});
      ++count_.n_calls;
    }
    return out.flush();
  }

  Result<void> write_employers() {
    Piece out(SynthFile::employers, sink_);
    out.bytes() = "name,kind,account\n";
    const auto& firms = vocabulary_.accredited_firms;
    for (std::size_t i = 0; i < cast_.accredited_accounts.size(); ++i) {
      std::string name = firms[i % firms.size()];
      if (i >= firms.size()) name += " " + std::to_string(1 + i / firms.size());
      append_csv(out.bytes(),
                 {name, "accredited_employer", adverts_.iban(cast_.accredited_accounts[i])});
    }
    for (std::size_t i = 0; i < cast_.booking_accounts.size(); ++i)
      append_csv(out.bytes(), {"Booking platform " + std::to_string(i + 1), "booking_platform",
                               adverts_.iban(cast_.booking_accounts[i])});
    return out.flush();
  }

  Result<void> write_sealed_transfers() {
    if (options_.n_sealed_transfers == 0) return {};
    Piece out(SynthFile::sealed_transfers, sink_);
    out.bytes() = kTransferHeader;
    Rng rng(mix64(options_.seed ^ 0x7472616e));
    for (std::uint32_t i = 0; i < options_.n_sealed_transfers; ++i) {
      Transfer row;
      row.from = sealed_actor(i, rng).payer;
      row.to = sealed_actor(i + 1, rng).payer;
      row.time_utc_s = options_.start_utc_s + rng.between(0, options_.n_days) * 86400;
      row.amount_cents = rng.between(5000, 250000);
      row.purpose = Purpose::handed_over;
      row.wording = static_cast<std::uint32_t>(rng.next());
      transfer_row(out.bytes(), row, 'x', ++count_.n_sealed_transfers);
    }
    return out.flush();
  }

  Result<void> write_truth_networks() {
    Piece out(SynthFile::truth_networks, sink_);
    out.bytes() = "organiser,kind,persons,phones,adverts,recruits,signs_seen,signs_unseen\n";
    for (std::size_t i = 0; i < cast_.organisers.size(); ++i) {
      const Actor& actor = cast_.actors[cast_.organisers[i]];
      append_csv(out.bytes(),
                 {organiser_id(static_cast<std::int32_t>(i)), actor_kind_name(actor.kind),
                  std::to_string(actor.n_persons), std::to_string(actor.n_phones),
                  std::to_string(actor.n_adverts), actor.recruits ? "yes" : "",
                  sign_names(seen_[i]), sign_names(actor.signs & ~seen_[i])});
    }
    return out.flush();
  }

  static std::string sign_names(int bits) {
    std::string out;
    for (std::size_t s = 0; s < kPlantedSigns; ++s) {
      if ((bits & bit(static_cast<PlantedSign>(s))) == 0) continue;
      if (!out.empty()) out += ' ';
      out += planted_sign_name(static_cast<PlantedSign>(s));
    }
    return out;
  }

  const SynthOptions& options_;
  const Vocabulary& vocabulary_;
  const Cast& cast_;
  Issuer& issuer_;
  const SynthSink& sink_;
  AdvertWriter adverts_;
  std::vector<std::uint8_t> seen_;
  SynthCount count_;
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string_view file_path(SynthFile file) { return kPaths[static_cast<std::size_t>(file)]; }

Result<SynthCount> generate(const SynthOptions& options, const Vocabulary& vocabulary,
                            const SynthSink& sink) {
  if (options.n_adverts == 0 || options.n_days == 0)
    return Error(ErrorCode::base_bad_argument, "A case needs at least one advert and one day.");
  Issuer issuer(vocabulary.numbers, options.seed);
  OVILLO_TRY(const Cast cast, make_cast(options, vocabulary, issuer));
  auto count = CaseWriter(options, vocabulary, cast, issuer, sink).write();
  if (count && issuer.exhausted()) return Error(ErrorCode::synth_no_numbers_left);
  return count;
}

Result<SynthCount> write_case(const SynthOptions& options, const Vocabulary& vocabulary,
                              const std::filesystem::path& folder) {
  std::array<std::unique_ptr<std::FILE, CloseFile>, kSynthFiles> files;
  const auto cannot_write = [](const std::filesystem::path& path) {
    return Error(ErrorCode::base_cannot_write, {},
                 Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
  };
  auto count =
      generate(options, vocabulary, [&](SynthFile which, std::string_view bytes) -> Result<void> {
        auto& file = files[static_cast<std::size_t>(which)];
        const std::filesystem::path path = folder / file_path(which);
        if (!file) {
          std::error_code ignored;
          std::filesystem::create_directories(path.parent_path(), ignored);
          file.reset(std::fopen(path.c_str(), "wb"));
          if (!file) return cannot_write(path);
        }
        if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size())
          return cannot_write(path);
        return {};
      });
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i] && std::fflush(files[i].get()) != 0) return cannot_write(folder / kPaths[i]);
  return count;
}

}  // namespace ovillo::synth
