#include "ovillo/flow/package_answers.hpp"

#include <cstdlib>
#include <string>
#include <system_error>

#include "ovillo/flow/json.hpp"
#include "ovillo/flow/owner.hpp"
#include "ovillo/flow/record_copy.hpp"
#include "ovillo/flow/report_page.hpp"
#include "ovillo/flow/show.hpp"

namespace ovillo::flow {

namespace {

namespace fs = std::filesystem;

/// A folder that only this process reads, and that goes with it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code fault;
    std::string name = (fs::temp_directory_path(fault) / "ovillo-replay-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code fault;
    if (!path_.empty()) fs::remove_all(path_, fault);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<void> copy_folder(const fs::path& from, const fs::path& to) {
  std::error_code fault;
  fs::copy(from, to, fs::copy_options::recursive, fault);
  // What was handed over on a disc that cannot be written to is written to here.
  for (fs::recursive_directory_iterator at(to, fault), end; !fault && at != end;
       at.increment(fault))
    fs::permissions(at->path(), fs::perms::owner_read | fs::perms::owner_write,
                    fs::perm_options::add, fault);
  if (fault) return Error(ErrorCode::base_cannot_write, to.string() + ": " + fault.message());
  return {};
}

Result<std::string> record_lines(CaseFile& file, const std::vector<std::string>& networks) {
  OVILLO_TRY(const auto* answer, file.answer());
  std::vector<std::size_t> components;
  for (const std::string& id : networks) {
    OVILLO_TRY(const auto at, file.find_network(id));
    components.push_back(at.component);
  }
  std::string out;
  for (const Corpus::Index record : records_behind(*answer, components).whole) {
    OVILLO_TRY(const auto page, record_page(file, record));
    out += to_json(page) + "\n";
  }
  return out;
}

Asker asker_of(const PackageManifest& manifest) {
  Asker asker;
  asker.purpose = manifest.purpose;
  asker.case_reference = manifest.case_reference;
  asker.now_utc_s = manifest.made_at_utc_s;
  return asker;
}

}  // namespace

Result<PackageFiles> work_out_answers(const fs::path& package, const PackageManifest& manifest,
                                      const fs::path& data) {
  const ScratchFolder scratch;
  if (scratch.path().empty())
    return Error(ErrorCode::base_cannot_write, fs::temp_directory_path().string());
  OVILLO_CHECK(copy_folder(package / kWorkspaceFolder, scratch.path() / kWorkspaceFolder));
  OVILLO_TRY(auto owner, Owner::open(scratch.path() / kWorkspaceFolder, data));
  Asker asker = asker_of(manifest);
  OVILLO_TRY(auto session, Session::open(owner, asker));
  OVILLO_CHECK(session.run({}));
  OVILLO_TRY(auto* file, session.read("report", manifest.case_reference));
  asker.user = manifest.by;
  PackageFiles out;
  for (const std::string& id : manifest.networks) {
    const auto page = network_page(*file, id);
    if (!page && page.error().code() == ErrorCode::flow_no_such_network)
      return Error(ErrorCode::flow_replay_differs, "network " + id + " does not come out");
    if (!page) return Error(page.error());
    out["networks/" + id + ".json"] = to_json(*page, *file) + "\n";
    OVILLO_TRY(out["networks/" + id + ".html"], report_page(*file, id, asker));
  }
  OVILLO_TRY(out["records.jsonl"], record_lines(*file, manifest.networks));
  return out;
}

}  // namespace ovillo::flow
