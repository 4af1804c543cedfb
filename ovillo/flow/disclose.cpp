#include "ovillo/flow/disclose.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/flow/case_work.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/flow/live_hands.hpp"
#include "ovillo/flow/owner.hpp"
#include "ovillo/flow/package.hpp"
#include "ovillo/flow/package_answers.hpp"
#include "ovillo/flow/record_copy.hpp"
#include "ovillo/flow/show.hpp"

namespace ovillo::flow {

namespace {

namespace fs = std::filesystem;

constexpr int kMostSteps = 3;  // from text to text, beside the records themselves

constexpr std::string_view kReadMe =
    R"(Disclosure package of case {0}

What it is. The networks of this case as they stood in the case file, with every record they rest
on, so that anybody can work them out again and contest them. It holds personal data: keep it and
hand it on as you would the case itself.

  answers/networks/  each network as a page to read (.html) and as data (.json)
  answers/records.jsonl  every record behind them: where it came from, its fields, what was read in it
  case.json          exhibits with their custody, and decisions about these networks
  originals/         files of the exhibits, as they were received; named by their SHA-256
  workspace/         the same records as the program keeps them
  program/           the program and the vocabulary that it was made with
  package.json       what was made, when, by whom, with which build and model

Whether it is as it was made:

  sha256sum --check SHA256SUMS
  openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig

The second says that the holder of signer.pem made it; compare that key with the one that the
office gives you by another way.

Whether the answers follow from the records, on a computer without network (Debian 12):

  program/ovillo replay .

It works everything out anew and compares each byte of answers/. With --data FOLDER it does so with
another vocabulary, which shows what a changed parameter would change.

What it does not hold. Records of the installation that are joined to none of these networks. Of {1}
texts by others, which were compared with texts of these networks, only the words are here: without
them nobody could see which words are common. Ids of things are this package's own.
)";

Result<void> make_folder(const fs::path& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) return Error(ErrorCode::base_cannot_write, folder.string() + ": " + fault.message());
  return {};
}

/// Takes a half-written package away unless it was finished.
class UnfinishedFolder {
 public:
  explicit UnfinishedFolder(fs::path path) : path_(std::move(path)) {}
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;
  ~UnfinishedFolder() {
    std::error_code fault;
    if (!path_.empty()) fs::remove_all(path_, fault);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

  Result<void> finish_as(const fs::path& folder) {
    std::error_code fault;
    fs::rename(path_, folder, fault);
    if (fault) return Error(ErrorCode::base_cannot_write, folder.string() + ": " + fault.message());
    path_.clear();
    return {};
  }

 private:
  fs::path path_;
};

/// What an opened network says, without ids of things, which a copy makes with a key of its own.
std::set<std::string> facts_of(const std::string& network) {
  const auto json = nlohmann::json::parse(network);
  std::map<std::string, std::string> value_of;
  std::set<std::string> out;
  for (const auto& member : json.at("members")) {
    value_of[member.at("entity")] = member.at("canonical");
    out.insert(fmt::format("{} {} in {} records", member.at("kind").get<std::string>(),
                           member.at("canonical").get<std::string>(),
                           member.at("n_records").get<std::uint64_t>()));
  }
  for (const auto& link : json.at("links")) {
    const auto [a, b] = std::minmax(value_of[link.at("a")], value_of[link.at("b")]);
    out.insert(fmt::format("{} of {} and {}, {} bits, {} records",
                           link.at("kind").get<std::string>(), a, b, link.at("weight_bits").dump(),
                           link.at("n_records").get<std::uint64_t>()));
  }
  for (const auto& sign : json.at("signs"))
    out.insert(fmt::format("sign {} {}, {} places", sign.at("side").get<std::string>(),
                           sign.at("indicator").get<std::string>(),
                           sign.at("n_evidence").get<std::uint64_t>()));
  for (const auto& record : json.at("records"))
    out.insert("record " + record.at("record").get<std::string>());
  return out;
}

class PackageWriter {
 public:
  PackageWriter(CaseFile& file, const casework::CaseFolder& folder, const casework::AuditLog& log,
                const Asker& asker, const DiscloseOrder& order)
      : file_(file),
        folder_(folder),
        log_(log),
        asker_(asker),
        order_(order),
        unfinished_(order.folder.string() + ".unfinished") {}

  Result<DiscloseReport> write() {
    if (fs::exists(order_.folder) || fs::exists(root()))
      return Error(ErrorCode::base_bad_argument,
                   "the folder of a package must be a new one: " + order_.folder.string());
    OVILLO_CHECK(make_folder(root()));
    OVILLO_CHECK(choose_networks());
    OVILLO_CHECK(put_program());
    OVILLO_CHECK(put_records_and_answers());
    OVILLO_CHECK(put_originals());
    OVILLO_CHECK(put(kManifestFile, to_json(manifest_) + "\n"));
    OVILLO_CHECK(put("case.json", disclosed_json(folder_, manifest_.networks) + "\n"));
    OVILLO_CHECK(put("README.txt", fmt::format(fmt::runtime(kReadMe), folder_.reference,
                                               manifest_.n_words_only)));
    OVILLO_CHECK(sign());
    OVILLO_CHECK(unfinished_.finish_as(order_.folder));
    return std::move(report_);
  }

 private:
  [[nodiscard]] const fs::path& root() const { return unfinished_.path(); }

  Result<void> put(const fs::path& path, std::string_view bytes) {
    OVILLO_CHECK(make_folder((root() / path).parent_path()));
    return write_file(root() / path, bytes);
  }

  /// The networks of the case that the last answer has.
  Result<void> choose_networks() {
    OVILLO_TRY(const auto* answer, file_.answer());
    std::set<std::string> ids;
    for (const std::string& named : casework::networks_of(folder_)) {
      const auto at = file_.find_network(named);
      if (!at && at.error().code() == ErrorCode::flow_no_such_network) continue;
      if (!at) return Error(at.error());
      components_.push_back(at->component);
      ids.insert(answer->components[at->component].networks[at->network].id.hex());
    }
    if (ids.empty()) return Error(ErrorCode::flow_nothing_to_disclose, folder_.reference);
    manifest_.build = "Ovillo " OVILLO_VERSION;
    manifest_.model = answer->model;
    manifest_.case_reference = folder_.reference;
    manifest_.case_title = folder_.title;
    manifest_.by = asker_.user;
    manifest_.purpose = asker_.purpose;
    manifest_.made_at_utc_s = asker_.now_utc_s;
    manifest_.networks.assign(ids.begin(), ids.end());
    report_.networks = manifest_.networks;
    return {};
  }

  /// As few texts of others as do: more only where with fewer something else would come out.
  Result<void> put_records_and_answers() {
    OVILLO_TRY(const auto* answer, file_.answer());
    OVILLO_TRY(const auto* corpus, file_.corpus());
    std::vector<std::vector<Corpus::Index>> compared;
    const int most_steps = rests_on_counts(answer->model) ? kMostSteps : 0;
    for (int steps = 0;; ++steps) {
      if (steps == 1) {
        OVILLO_TRY(const auto counts,
                   counts_of(file_.workspace(), file_.view(), file_.vocabulary(), *corpus));
        OVILLO_TRY(compared, records_compared(*corpus, *counts));
      }
      selection_ = records_behind(*answer, components_, compared, steps);
      OVILLO_CHECK(put_workspace());
      const auto same = put_answers();
      if (same) break;
      if (same.error().code() != ErrorCode::flow_replay_differs || steps == most_steps)
        return Error(same.error());
      std::error_code fault;
      fs::remove_all(root() / kWorkspaceFolder, fault);
    }
    report_.n_records = manifest_.n_records = selection_.whole.size();
    report_.n_words_only = manifest_.n_words_only = selection_.words_only.size();
    return {};
  }

  Result<void> put_program() {
    OVILLO_CHECK(make_folder(root() / "program"));
    std::error_code fault;
    fs::copy(order_.data, root() / kDataFolder, fs::copy_options::recursive, fault);
    if (!fault && order_.with_program)
      fs::copy_file("/proc/self/exe", root() / "program" / "ovillo", fault);
    if (fault)
      return Error(ErrorCode::base_cannot_write,
                   (root() / "program").string() + ": " + fault.message());
    return {};
  }

  Result<void> put_workspace() {
    const fs::path folder = root() / kWorkspaceFolder;
    {
      OVILLO_TRY(auto owner, Owner::create(folder, order_.data, ""));
      Asker asker = asker_;
      asker.user = Asker{}.user;
      OVILLO_TRY(auto session, Session::open(owner, asker));
      OVILLO_CHECK(copy_records(file_, selection_, owner.workspace()));
      OVILLO_CHECK(copy_model(file_, selection_, owner.workspace(), session.view()));
    }
    std::error_code fault;
    fs::remove(folder / "lock", fault);
    return {};
  }

  Result<void> put_originals() {
    std::set<std::string> wanted;
    for (const casework::Exhibit& exhibit : folder_.exhibits)
      wanted.insert(exhibit.rests_on.begin(), exhibit.rests_on.end());
    OVILLO_TRY(const auto imports, file_.workspace().imports());
    OVILLO_TRY(auto places,
               file_.workspace().block_places(file_.view(), storage::BlockKind::original));
    for (const storage::ImportRow& row : imports) {
      if (!wanted.contains(row.file_sha256) || written_.contains(row.file_sha256)) continue;
      std::string bytes;
      for (const storage::BlockPlace& place : places) {
        if (place.group != row.group) continue;
        OVILLO_TRY(const auto part, file_.workspace().read_block(place));
        bytes += part;
      }
      if (sha256_hex(bytes) != row.file_sha256) continue;  // not of this view, or of several files
      OVILLO_CHECK(put(fs::path("originals") / row.file_sha256, bytes));
      written_.insert(row.file_sha256);
    }
    report_.n_originals = written_.size();
    return {};
  }

  Result<void> put_answers() {
    OVILLO_TRY(const auto answers, work_out_answers(root(), manifest_, root() / kDataFolder));
    OVILLO_CHECK(check_against_case_file(answers));
    for (const auto& [path, bytes] : answers)
      OVILLO_CHECK(put(fs::path(kAnswersFolder) / path, bytes));
    return {};
  }

  Result<void> sign() {
    OVILLO_TRY(const auto sums, sums_of_with_key());
    const auto signature = log_.sign(sums);
    OVILLO_CHECK(put(kSumsFile, sums));
    report_.sums_sha256 = sha256_hex(sums);
    return put(kSignatureFile,
               std::string_view(reinterpret_cast<const char*>(signature.data()), signature.size()));
  }
  Result<std::string> sums_of_with_key() {
    OVILLO_CHECK(put("signer.pem", public_key_pem(log_.public_key())));
    return sums_of(root());
  }

  /// What the copy gives must be what the case file shows: else it would disclose something else.
  Result<void> check_against_case_file(const PackageFiles& answers) {
    for (const std::string& id : manifest_.networks) {
      OVILLO_TRY(const auto page, network_page(file_, id));
      const auto here = facts_of(to_json(page, file_));
      const auto there = facts_of(answers.at("networks/" + id + ".json"));
      std::vector<std::string> only;
      std::set_symmetric_difference(here.begin(), here.end(), there.begin(), there.end(),
                                    std::back_inserter(only));
      if (!only.empty())
        return Error(ErrorCode::flow_replay_differs,
                     fmt::format("network {}: {} of {} facts differ between the case file and what "
                                 "the package gives, first: {}",
                                 id, only.size(), here.size(), only.front()));
    }
    return {};
  }

  CaseFile& file_;
  const casework::CaseFolder& folder_;
  const casework::AuditLog& log_;
  const Asker& asker_;
  const DiscloseOrder& order_;
  UnfinishedFolder unfinished_;
  std::vector<std::size_t> components_;
  RecordSelection selection_;
  PackageManifest manifest_;
  DiscloseReport report_;
  std::set<std::string> written_;
};

}  // namespace

Result<DiscloseReport> write_package(CaseFile& file, const casework::CaseFolder& folder,
                                     const casework::AuditLog& log, const Asker& asker,
                                     const DiscloseOrder& order) {
  return PackageWriter(file, folder, log, asker, order).write();
}

}  // namespace ovillo::flow
