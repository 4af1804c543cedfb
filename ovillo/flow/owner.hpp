// Owner: the one process that owns a workspace, with its vocabulary; and Session: one user's use
// of it, for one purpose. Doors do everything through a Session.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/accounts.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/casework/saved_charts.hpp"
#include "ovillo/casework/standings.hpp"
#include "ovillo/flow/backup.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/flow/case_work.hpp"
#include "ovillo/flow/disclose.hpp"
#include "ovillo/flow/excise.hpp"
#include "ovillo/flow/identities.hpp"
#include "ovillo/flow/import.hpp"
#include "ovillo/flow/pipeline.hpp"
#include "ovillo/flow/retention.hpp"
#include "ovillo/flow/train.hpp"
#include "ovillo/flow/vocabulary.hpp"
#include "ovillo/record/provenance.hpp"
#include "ovillo/storage/copy.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// Moves a workspace that is closed to another folder or engine (storage/copy.hpp).
using storage::copy_workspace;

class Owner {
 public:
  /// Makes a workspace. @param id_key  64 hex digits; empty: a new random key. @param store  as
  /// Workspace::create. @error storage.exists, storage.database.
  static Result<Owner> create(const std::filesystem::path& folder,
                              const std::filesystem::path& data, const std::string& id_key,
                              const std::string& store = "");
  /// Opens one and becomes its owner. @error storage.locked when another process owns it.
  static Result<Owner> open(const std::filesystem::path& folder, const std::filesystem::path& data);

  [[nodiscard]] storage::Workspace& workspace() { return workspace_; }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }
  [[nodiscard]] const casework::Roles& roles() const { return roles_; }
  [[nodiscard]] casework::AuditLog log() const { return {workspace_, purposes_}; }
  /// @error as casework::standing_of().
  Result<casework::Standing> standing(std::string_view user, std::int64_t now_utc_s) {
    return standings_->of(workspace_, roles_, user, now_utc_s);
  }
  /// Whether users must sign in.
  Result<bool> has_doors() { return standings_->doors(workspace_); }
  /// Loaded on first use. `reload` after `train`.
  Result<const Vocabulary*> vocabulary(const View& view);
  void forget_vocabulary() { vocabulary_.clear(); }

  /// From now on runs keep in memory what they hold of a view, so that the next one costs little
  /// more than what is new. For processes that stay.
  void stay_warm() { held_ = std::make_unique<HeldView>(); }
  /// Null unless this process stays.
  [[nodiscard]] HeldView* held() const { return held_.get(); }

  /// Counts what may have changed an answer, so that a Session knows when to read anew.
  void changed() { ++n_changes_; }
  [[nodiscard]] std::uint64_t n_changes() const { return n_changes_; }

 private:
  Owner(storage::Workspace workspace, std::filesystem::path data, casework::Roles roles,
        casework::Purposes purposes);
  storage::Workspace workspace_;
  std::filesystem::path data_;
  casework::Roles roles_;
  std::shared_ptr<const casework::Purposes> purposes_;
  std::unique_ptr<casework::Standings> standings_ = std::make_unique<casework::Standings>();
  std::map<std::vector<CompartmentId>, std::unique_ptr<Vocabulary>> vocabulary_;
  std::unique_ptr<HeldView> held_;
  std::uint64_t n_changes_ = 0;
};

/// Who asks, and why: stands in every audit entry.
struct Asker {
  std::string user = "owner";
  std::string purpose = "investigation";  ///< from data/purposes.toml
  std::string case_reference;
  std::int64_t now_utc_s = 0;
  std::string password;  ///< looked at when the installation has doors; a Session does not keep it
};

/// A source to be made, with the authorisation it rests on.
struct SourceOrder {
  Source source;  ///< compartment by number is ignored: `compartment` names it
  std::string compartment = "main";
  Authorisation authorisation;
};

class Session {
 public:
  /// @error casework.not_granted when the user is not known; where the installation has doors,
  ///        casework.sign_in_needed without a password and casework.wrong_sign_in.
  static Result<Session> open(Owner& owner, Asker asker);

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const Asker& asker() const { return asker_; }
  /// What the user may do now. @error casework.not_granted.
  Result<casework::Standing> standing() const;
  /// The time of the next acts, for sessions that last (a server's).
  void set_now(std::int64_t now_utc_s) { asker_.now_utc_s = now_utc_s; }
  /// Why the next acts are done, for sessions that last.
  void set_purpose(std::string purpose, std::string case_reference) {
    asker_.purpose = std::move(purpose);
    asker_.case_reference = std::move(case_reference);
  }

  Result<std::vector<casework::AccountLine>> accounts();
  Result<void> add_account(const std::string& name, std::vector<casework::UserRole> roles);
  Result<void> set_roles(const std::string& name, std::vector<casework::UserRole> roles);
  Result<void> set_password(const std::string& name, const std::string& password);
  Result<void> end_account(const std::string& name);

  Result<void> add_compartment(const std::string& name);  ///< granted to the owner
  Result<std::vector<std::string>> compartments();        ///< those this user is granted, by name
  /// @param until_utc_s  not from then on; empty: until it is taken back.
  Result<void> grant(const std::string& user, const std::string& compartment,
                     std::optional<std::int64_t> until_utc_s);
  /// From the next act of that user on, also in a session that is open.
  Result<void> revoke(const std::string& user, const std::string& compartment);
  Result<void> add_source(SourceOrder order);
  struct SourceLine {
    Source source;
    Authorisation authorisation;
    std::string compartment;
  };
  Result<std::vector<SourceLine>> sources();  ///< those the view admits, by name

  Result<ImportReport> import(ImportOrder order);
  /// @error  as add_by_hand; base.bad_argument for a judgement, which judge() writes.
  Result<RecordId> add(HandEntry entry);
  /// Writes down what a person decided about two persons or companies; the next run follows it.
  /// @error  as judgement_entry and add_by_hand.
  Result<RecordId> judge(const JudgementOrder& order);
  Result<RunReport> run(const Progress& progress);
  Result<TrainReport> train();
  /// Replaces the list of payers known to be lawful (payers.hpp). @return how many.
  Result<std::size_t> keep_payers(const std::string& path);

  /// The same session as if these sources had never been.
  Result<void> exclude_sources(const std::vector<std::string>& names);

  /// @param as_of_utc_s  what they were at that moment; empty: now.
  Result<std::vector<casework::CaseFolder>> cases(std::optional<std::int64_t> as_of_utc_s);
  /// @error casework.no_such_case.
  Result<casework::CaseFolder> case_folder(const std::string& reference,
                                           std::optional<std::int64_t> as_of_utc_s);
  /// @param compartment  in which it is kept; empty: the only one granted, else `main`.
  Result<casework::CaseFolder> open_case(casework::CaseOrder order, const std::string& compartment);
  /// Writes into a case. Of an exhibit `rests_on` is named as exhibit_parts() takes it.
  /// @error casework.* as casework::write_event.
  Result<casework::CaseEvent> write_case(const std::string& reference, casework::CaseEvent event);
  /// Decides about a network. @error flow.no_such_network, casework.*.
  Result<casework::CaseEvent> decide(const DecisionOrder& order);
  /// Takes back a decision on a network. @param decision  its id. @error casework.*.
  Result<casework::CaseEvent> withdraw_decision(const std::string& decision, std::string reason);
  /// Charts this user keeps of a network. @error flow.no_such_network.
  Result<std::vector<casework::SavedChart>> saved_charts(const std::string& network);
  /// Keeps one under its name. @error as keep_chart() and saved_charts(); casework.no_such_case.
  Result<void> keep_chart(casework::SavedChart chart);
  /// @error flow.no_such_thing, and as saved_charts().
  Result<void> drop_chart(const std::string& network, const std::string& name);
  /// Opens the kept originals of every file an exhibit of the case rests on and compares them with
  /// their Merkle root; each gets a line of custody. @return numbers of the exhibits looked at.
  /// @error storage.damaged_block, naming the file; casework.*.
  Result<std::vector<std::string>> verify_exhibits(const std::string& reference);

  /// What would go now, and what is held. @error storage.*.
  Result<std::vector<RetentionLine>> retention();
  /// Lets go what is due: what was shown, printed or exported before is not called back.
  Result<RetentionReport> apply_retention();
  /// Moves the review date of a source, with the reason. @error flow.no_such_source,
  /// casework.reason_needed.
  Result<void> set_review(const std::string& source, std::int64_t review_at_utc_s,
                          const std::string& reason);

  /// What rests on something; with `really`, takes it out of every view from now on.
  /// @error casework.reason_needed, and as what_rests_on().
  Result<ExciseReport> excise(const ExciseOrder& order, bool really);
  /// What is taken out now, of what this user may know of; oldest first.
  Result<std::vector<casework::Excision>> excisions();
  /// Takes one of them back. @param number  from 1. @error casework.nothing_to_undo,
  /// casework.reason_needed.
  Result<void> take_back_excision(std::size_t number, const std::string& reason);

  /// Writes down that the workspace is about to be copied as a whole (storage/copy.hpp).
  /// @error casework.role_may_not.
  Result<void> note_copy(const std::string& to);
  /// Backs the workspace up (flow/backup.hpp). @error casework.role_may_not, storage.busy.
  Result<BackupReport> back_up(const BackupOrder& order);
  /// Writes down that this workspace was restored from a backup. @error casework.role_may_not.
  Result<void> note_restore(const std::string& from);
  /// Writes the disclosure package of a case. @error as write_package(), casework.*.
  Result<DiscloseReport> disclose_case(const std::string& reference,
                                       const std::filesystem::path& folder, bool with_program);

  /// The audit log, verified as a whole: for who may audit, since its length alone tells of what
  /// others do. @param kept  text of a checkpoint kept earlier, against which the log is checked;
  /// empty: none. @error casework.role_may_not, casework.damaged_log, base.bad_argument (no
  /// checkpoint).
  struct AuditView {
    std::uint64_t size = 0;
    std::string checkpoint;                     ///< signed: keep one to check the log against later
    std::optional<std::uint64_t> goes_on_from;  ///< size of the checkpoint kept, when one was given
    std::vector<std::string> entries;           ///< the last `limit`, oldest first, one line each
  };
  Result<AuditView> audit(std::size_t limit, const std::string& kept);

  /// Opens the case file for reading: the audit entry is durable before it is given.
  /// @param action  what is done: "networks", "search" ...  @param query  what was asked; only its
  ///                keyed hash is kept.
  Result<CaseFile*> read(const std::string& action, const std::string& query);

 private:
  Session(Owner& owner, Asker asker, View view);
  /// Renews the view first: what was revoked or excised since the session began is gone.
  Result<Disclosure> disclose(const std::string& action, const std::string& query);
  /// The view of a standing, without what this session leaves out.
  [[nodiscard]] View view_of(casework::Standing standing) const;
  Result<std::vector<SourceLine>> admitted_sources() const;
  Result<std::vector<storage::ImportRow>> admitted_imports() const;
  /// A compartment as an order names it. @error casework.not_granted.
  Result<CompartmentId> compartment_for(const std::string& name) const;
  Owner* owner_;
  Asker asker_;
  View view_;
  std::vector<SourceId> left_out_;  ///< of this session alone: exclude_sources()
  std::unique_ptr<CaseFile> file_;
  std::uint64_t seen_change_ = 0;
};

}  // namespace ovillo::flow
