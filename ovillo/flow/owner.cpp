#include "ovillo/flow/owner.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <sodium.h>

#include "ovillo/casework/audit.hpp"
#include "ovillo/casework/authority.hpp"
#include "ovillo/casework/grants.hpp"
#include "ovillo/casework/view_digest.hpp"
#include "ovillo/flow/show.hpp"

namespace ovillo::flow {

namespace {

constexpr std::string_view kFirstUser = "owner";

Result<std::optional<IdKey>> parse_key(const std::string& hex) {
  if (hex.empty()) return std::optional<IdKey>();
  constexpr std::size_t kHexDigits = 64;
  IdKey key;
  std::string digits;
  for (const char c : hex)
    if (c != '\n' && c != '\r' && c != ' ') digits += c;
  for (std::size_t i = 0; i < kHexDigits && digits.size() == kHexDigits; i += 32) {
    const auto half = Id128<struct KeyHalf>::from_hex(std::string_view(digits).substr(i, 32));
    if (!half) digits.clear();
    for (std::size_t b = 0; half && b < 8; ++b) {
      key.bytes[i / 2 + b] = static_cast<std::uint8_t>(half->hi >> (56 - 8 * b));
      key.bytes[i / 2 + 8 + b] = static_cast<std::uint8_t>(half->lo >> (56 - 8 * b));
    }
  }
  if (digits.size() != kHexDigits)
    return Error(ErrorCode::base_bad_argument, "an id key is 64 hexadecimal digits");
  return std::optional<IdKey>(key);
}

}  // namespace

Owner::Owner(storage::Workspace workspace, std::filesystem::path data, casework::Roles roles,
             casework::Purposes purposes)
    : workspace_(std::move(workspace)),
      data_(std::move(data)),
      roles_(std::move(roles)),
      purposes_(std::make_shared<const casework::Purposes>(std::move(purposes))) {}

Result<Owner> Owner::create(const std::filesystem::path& folder, const std::filesystem::path& data,
                            const std::string& id_key, const std::string& store) {
  OVILLO_TRY(const auto key, parse_key(id_key));
  OVILLO_TRY(auto roles, casework::Roles::open(data));
  OVILLO_TRY(auto purposes, casework::Purposes::open(data));
  OVILLO_TRY(auto workspace, storage::Workspace::create(folder, key, store));
  OVILLO_CHECK(casework::make_first_owner(workspace, kFirstUser));
  return Owner(std::move(workspace), data, std::move(roles), std::move(purposes));
}

Result<Owner> Owner::open(const std::filesystem::path& folder, const std::filesystem::path& data) {
  OVILLO_TRY(auto roles, casework::Roles::open(data));
  OVILLO_TRY(auto purposes, casework::Purposes::open(data));
  OVILLO_TRY(auto workspace, storage::Workspace::open(folder));
  return Owner(std::move(workspace), data, std::move(roles), std::move(purposes));
}

Result<const Vocabulary*> Owner::vocabulary(const View& view) {
  auto& held = vocabulary_[view.compartments];
  if (!held) {
    OVILLO_TRY(auto loaded, Vocabulary::open(data_, workspace_, view));
    held = std::make_unique<Vocabulary>(std::move(loaded));
  }
  return held.get();
}

Session::Session(Owner& owner, Asker asker, View view)
    : owner_(&owner), asker_(std::move(asker)), view_(std::move(view)) {}

Result<Session> Session::open(Owner& owner, Asker asker) {
  OVILLO_TRY(const bool doors, owner.has_doors());
  if (doors) {
    if (asker.password.empty()) return Error(ErrorCode::casework_sign_in_needed);
    OVILLO_CHECK(casework::check_password(owner.workspace(), asker.user, asker.password));
  }
  sodium_memzero(asker.password.data(), asker.password.size());
  asker.password.clear();
  OVILLO_TRY(auto standing, owner.standing(asker.user, asker.now_utc_s));
  return Session(owner, std::move(asker), std::move(standing.view));
}

Result<casework::Standing> Session::standing() const {
  return owner_->standing(asker_.user, asker_.now_utc_s);
}

View Session::view_of(casework::Standing standing) const {
  View view = std::move(standing.view);
  auto& excluded = view.excluded_sources;
  excluded.insert(excluded.end(), left_out_.begin(), left_out_.end());
  std::sort(excluded.begin(), excluded.end());
  excluded.erase(std::unique(excluded.begin(), excluded.end()), excluded.end());
  return view;
}

Result<Disclosure> Session::disclose(const std::string& action, const std::string& query) {
  OVILLO_TRY(auto now, standing());
  const casework::Rights rights = now.rights;
  if (View renewed = view_of(std::move(now)); renewed != view_) {
    view_ = std::move(renewed);
    file_.reset();
  }
  const casework::AuditLog log = owner_->log();
  return log.open_for({action, rights, asker_.user, asker_.purpose, asker_.case_reference, view_,
                       asker_.now_utc_s, query});
}

Result<std::vector<casework::AccountLine>> Session::accounts() {
  OVILLO_TRY(const auto disclosure, disclose("users", ""));
  return casework::accounts(owner_->workspace());
}

Result<void> Session::add_account(const std::string& name, std::vector<casework::UserRole> roles) {
  OVILLO_TRY(const auto disclosure, disclose("user", name));
  OVILLO_TRY(const auto by, standing());
  return casework::add_account(owner_->workspace(), owner_->roles(), by, name, std::move(roles));
}

Result<void> Session::set_roles(const std::string& name, std::vector<casework::UserRole> roles) {
  OVILLO_TRY(const auto disclosure, disclose("user", name));
  OVILLO_TRY(const auto by, standing());
  return casework::set_roles(owner_->workspace(), owner_->roles(), by, name, std::move(roles));
}

Result<void> Session::set_password(const std::string& name, const std::string& password) {
  // One's own is no act upon somebody else: it needs no right to make accounts.
  OVILLO_TRY(const auto disclosure, disclose(name == asker_.user ? "password" : "user", name));
  OVILLO_TRY(const auto by, standing());
  return casework::set_password(owner_->workspace(), owner_->roles(), by, name, password);
}

Result<void> Session::end_account(const std::string& name) {
  OVILLO_TRY(const auto disclosure, disclose("user", name));
  OVILLO_TRY(const auto by, standing());
  return casework::end_account(owner_->workspace(), owner_->roles(), by, name);
}

Result<void> Session::add_compartment(const std::string& name) {
  OVILLO_TRY(const auto disclosure, disclose("compartment", name));
  OVILLO_TRY(const auto by, standing());
  OVILLO_TRY(const auto id, casework::add_compartment(owner_->workspace(), by, name));
  (void)id;
  OVILLO_TRY(auto after, standing());
  view_ = view_of(std::move(after));
  return {};
}

Result<std::vector<std::string>> Session::compartments() {
  OVILLO_TRY(const auto disclosure, disclose("compartments", ""));
  OVILLO_TRY(const auto now, standing());
  OVILLO_TRY(const auto held, casework::compartments_of(owner_->workspace(), now));
  std::vector<std::string> names;
  for (const storage::Compartment& compartment : held) names.push_back(compartment.name);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> Session::grant(const std::string& user, const std::string& compartment,
                            std::optional<std::int64_t> until_utc_s) {
  OVILLO_TRY(const auto disclosure, disclose("grant", user + "\n" + compartment));
  OVILLO_TRY(const auto by, standing());
  return casework::grant(owner_->workspace(), by, user, compartment, until_utc_s);
}

Result<void> Session::revoke(const std::string& user, const std::string& compartment) {
  OVILLO_TRY(const auto disclosure, disclose("revoke", user + "\n" + compartment));
  OVILLO_TRY(const auto by, standing());
  return casework::revoke(owner_->workspace(), by, user, compartment);
}

Result<void> Session::add_source(SourceOrder order) {
  OVILLO_TRY(const auto disclosure, disclose("source", order.source.name));
  OVILLO_TRY(const auto now, standing());
  OVILLO_TRY(order.source.compartment,
             casework::compartment_named(owner_->workspace(), now, order.compartment));
  OVILLO_TRY(const auto kinds, casework::AuthorisationKinds::open(owner_->data()));
  OVILLO_TRY(const auto accepted, kinds.accept(order.authorisation, ""));
  OVILLO_TRY(const auto held, owner_->workspace().sources());
  const bool taken = std::any_of(held.begin(), held.end(), [&](const Source& source) {
    return source.name == order.source.name && source.compartment == order.source.compartment;
  });
  if (taken) return Error(ErrorCode::flow_source_exists, order.source.name);
  OVILLO_TRY(order.source.authorisation, owner_->workspace().add_authorisation(accepted));
  OVILLO_TRY(const auto id, owner_->workspace().add_source(order.source));
  (void)id;
  return {};
}

Result<std::vector<Session::SourceLine>> Session::sources() {
  OVILLO_TRY(const auto disclosure, disclose("sources", ""));
  return admitted_sources();
}

Result<std::vector<Session::SourceLine>> Session::admitted_sources() const {
  OVILLO_TRY(const auto held, owner_->workspace().sources());
  OVILLO_TRY(const auto authorisations, owner_->workspace().authorisations());
  OVILLO_TRY(const auto now, standing());
  OVILLO_TRY(const auto compartments, casework::compartments_of(owner_->workspace(), now));
  std::vector<SourceLine> lines;
  for (const Source& source : held) {
    if (!view_.admits(source)) continue;
    SourceLine line{source, {}, {}};
    for (const Authorisation& one : authorisations)
      if (one.id == source.authorisation) line.authorisation = one;
    for (const storage::Compartment& one : compartments)
      if (one.id == source.compartment) line.compartment = one.name;
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end(),
            [](const SourceLine& a, const SourceLine& b) { return a.source.name < b.source.name; });
  return lines;
}

Result<ImportReport> Session::import(ImportOrder order) {
  OVILLO_TRY(const auto disclosure, disclose("import", order.source));
  order.now_utc_s = asker_.now_utc_s;
  owner_->changed();
  return flow::import(owner_->workspace(), view_, order);
}

Result<RecordId> Session::add(HandEntry entry) {
  if (entry.kind == RecordKind::judgement)
    return Error(ErrorCode::base_bad_argument, "`ovillo judge` writes judgements");
  OVILLO_TRY(const auto disclosure, disclose("add", entry.source));
  entry.now_utc_s = asker_.now_utc_s;
  owner_->changed();
  return add_by_hand(owner_->workspace(), view_, entry);
}

Result<RecordId> Session::judge(const JudgementOrder& order) {
  OVILLO_TRY(auto* file, read("judge", order.a + "\n" + order.b));
  OVILLO_TRY(const auto entry, judgement_entry(*file, order, asker_.now_utc_s));
  owner_->changed();
  return add_by_hand(owner_->workspace(), view_, entry);
}

Result<RunReport> Session::run(const Progress& progress) {
  OVILLO_TRY(const auto disclosure, disclose("run", ""));
  OVILLO_TRY(const auto* vocabulary, owner_->vocabulary(view_));
  owner_->changed();
  OVILLO_TRY(auto report, flow::run(owner_->workspace(), view_, *vocabulary, disclosure, progress,
                                    owner_->held()));
  // How much stayed as it was would tell what a hidden compartment brought.
  OVILLO_TRY(const auto now, standing());
  if (!now.owner) report.n_reused_components.reset();
  return report;
}

Result<TrainReport> Session::train() {
  OVILLO_TRY(const auto disclosure, disclose("train", ""));
  OVILLO_TRY(auto blocks, load_blocks(owner_->workspace(), view_));
  const Corpus corpus(std::move(blocks).reveal(disclosure));
  OVILLO_TRY(auto report, flow::train(owner_->workspace(), owner_->data(), view_, corpus));
  owner_->changed();
  owner_->forget_vocabulary();
  return report;
}

// The list is the installation's: it changes every user's answers.
Result<std::size_t> Session::keep_payers(const std::string& path) {
  OVILLO_TRY(const auto disclosure, disclose("payers", ""));
  OVILLO_TRY(const auto n, flow::keep_payers(owner_->workspace(), path));
  owner_->changed();
  owner_->forget_vocabulary();
  return n;
}

Result<std::vector<casework::SavedChart>> Session::saved_charts(const std::string& network) {
  OVILLO_TRY(auto* file, read("chart", network));
  OVILLO_CHECK(file->find_network(network));
  OVILLO_TRY(auto charts, casework::saved_charts(owner_->workspace(), asker_.user));
  std::erase_if(charts, [&](const auto& one) { return one.network != network; });
  return charts;
}

Result<void> Session::keep_chart(casework::SavedChart chart) {
  OVILLO_TRY(auto* file, read("chart", chart.network));
  OVILLO_CHECK(file->find_network(chart.network));
  if (!chart.case_reference.empty()) OVILLO_CHECK(case_folder(chart.case_reference, std::nullopt));
  chart.at_utc_s = asker_.now_utc_s;
  return casework::keep_chart(owner_->workspace(), asker_.user, std::move(chart));
}

Result<void> Session::drop_chart(const std::string& network, const std::string& name) {
  OVILLO_TRY(auto* file, read("chart", network));
  OVILLO_CHECK(file->find_network(network));
  OVILLO_TRY(const bool dropped,
             casework::drop_chart(owner_->workspace(), asker_.user, network, name));
  if (!dropped) return Error(ErrorCode::flow_no_such_thing, name);
  return {};
}

Result<void> Session::exclude_sources(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  OVILLO_TRY(const auto lines, admitted_sources());
  for (const std::string& name : names) {
    const std::size_t n_before = left_out_.size();
    for (const SourceLine& line : lines)  // of every compartment
      if (line.source.name == name) left_out_.push_back(line.source.id);
    if (left_out_.size() == n_before) return Error(ErrorCode::flow_no_such_source, name);
  }
  OVILLO_TRY(auto now, standing());
  view_ = view_of(std::move(now));
  file_.reset();
  return {};
}

Result<CompartmentId> Session::compartment_for(const std::string& name) const {
  OVILLO_TRY(const auto now, standing());
  if (name.empty() && now.view.compartments.size() == 1) return now.view.compartments.front();
  return casework::compartment_named(owner_->workspace(), now, name.empty() ? "main" : name);
}

Result<std::vector<storage::ImportRow>> Session::admitted_imports() const {
  OVILLO_TRY(auto rows, owner_->workspace().imports());
  OVILLO_TRY(const auto sources, owner_->workspace().sources());
  std::erase_if(rows, [&](const storage::ImportRow& row) {
    return std::none_of(sources.begin(), sources.end(), [&](const Source& source) {
      return source.id == row.source && view_.admits(source);
    });
  });
  return rows;
}

Result<std::vector<casework::CaseFolder>> Session::cases(std::optional<std::int64_t> as_of_utc_s) {
  OVILLO_TRY(const auto disclosure, disclose("case", ""));
  View view = view_;
  view.imported_before_utc_s = as_of_utc_s;
  return casework::cases(owner_->workspace(), view);
}

Result<casework::CaseFolder> Session::case_folder(const std::string& reference,
                                                  std::optional<std::int64_t> as_of_utc_s) {
  OVILLO_TRY(const auto disclosure, disclose("case", reference));
  View view = view_;
  view.imported_before_utc_s = as_of_utc_s;
  return casework::case_of(owner_->workspace(), view, reference);
}

Result<casework::CaseFolder> Session::open_case(casework::CaseOrder order,
                                                const std::string& compartment) {
  OVILLO_TRY(const auto disclosure, disclose("case.keep", order.reference));
  OVILLO_TRY(order.compartment, compartment_for(compartment));
  if (!order.network.empty()) {
    OVILLO_TRY(auto* file, read("show", order.network));
    OVILLO_TRY(const auto network, network_page(*file, order.network));
    order.network = network.id.hex();
  }
  OVILLO_TRY(const auto by, standing());
  return casework::open_case(owner_->workspace(), by, order, asker_.now_utc_s);
}

Result<casework::CaseEvent> Session::write_case(const std::string& reference,
                                                casework::CaseEvent event) {
  static const std::map<casework::Act, std::string> kActions = {
      {casework::Act::categorise, "categorise"},
      {casework::Act::decide, "decide"},
      {casework::Act::hold, "hold"}};
  const auto action = kActions.find(casework::act_of(event.kind));
  OVILLO_TRY(const auto disclosure,
             disclose(action == kActions.end() ? "case.keep" : action->second, reference));
  if (event.kind == casework::EventKind::exhibit) {
    OVILLO_TRY(auto* file, read("show", reference));
    OVILLO_TRY(const auto imports, admitted_imports());
    OVILLO_TRY(event.rests_on, exhibit_parts(*file, imports, event.rests_on));
  }
  OVILLO_TRY(const auto by, standing());
  return casework::write_event(owner_->workspace(), by, reference, std::move(event),
                               asker_.now_utc_s);
}

Result<casework::CaseEvent> Session::decide(const DecisionOrder& order) {
  OVILLO_TRY(auto* file, read("decide", order.network));
  OVILLO_TRY(auto event,
             decision_event(*file, order,
                            casework::view_digest(view_, owner_->workspace().id_key()).hex()));
  OVILLO_TRY(const auto compartment, compartment_for(order.compartment));
  OVILLO_TRY(const auto by, standing());
  return casework::decide(owner_->workspace(), by, compartment, std::move(event), asker_.now_utc_s);
}

Result<casework::CaseEvent> Session::withdraw_decision(const std::string& decision,
                                                       std::string reason) {
  OVILLO_TRY(const auto disclosure, disclose("decide", decision));
  OVILLO_TRY(const auto by, standing());
  return casework::withdraw_decision(owner_->workspace(), by, decision, std::move(reason),
                                     asker_.now_utc_s);
}

Result<std::vector<std::string>> Session::verify_exhibits(const std::string& reference) {
  OVILLO_TRY(const auto folder, case_folder(reference, std::nullopt));
  OVILLO_TRY(const auto imports, admitted_imports());
  std::vector<std::string> out;
  for (const casework::Exhibit& exhibit : folder.exhibits) {
    std::string files;
    for (const storage::ImportRow& row : imports) {
      if (std::find(exhibit.rests_on.begin(), exhibit.rests_on.end(), row.file_sha256) ==
          exhibit.rests_on.end())
        continue;
      OVILLO_CHECK(owner_->workspace().verify_originals(row.group));
      files += (files.empty() ? "" : ", ") + row.file_name;
    }
    if (files.empty()) continue;
    casework::CaseEvent event;
    event.kind = casework::EventKind::custody;
    event.subject = exhibit.number;
    event.value = std::string(name_of(casework::CustodyAct::verified));
    event.text = files + ": every kept byte gives the Merkle root of its import";
    event.reason = "periodic check";
    event.statement = StatementType::fact;
    OVILLO_TRY(const auto written, write_case(reference, std::move(event)));
    out.push_back(written.subject);
  }
  return out;
}

Result<std::vector<RetentionLine>> Session::retention() {
  OVILLO_TRY(auto* file, read("retention", ""));
  return retention_lines(*file, asker_.now_utc_s);
}

Result<RetentionReport> Session::apply_retention() {
  OVILLO_TRY(auto* file, read("retention.apply", ""));
  auto report = flow::apply_retention(owner_->workspace(), *file, asker_.now_utc_s);
  // Some sources may have gone before one could not.
  owner_->changed();
  owner_->forget_vocabulary();
  file_.reset();
  return report;
}

Result<void> Session::set_review(const std::string& source, std::int64_t review_at_utc_s,
                                 const std::string& reason) {
  if (reason.empty()) return Error(ErrorCode::casework_reason_needed);
  OVILLO_TRY(const auto disclosure, disclose("retention.apply", source + "\n" + reason));
  OVILLO_TRY(const auto lines, admitted_sources());
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const SourceLine& line) {
    return line.source.name == source;
  });
  if (found == lines.end()) return Error(ErrorCode::flow_no_such_source, source);
  return owner_->workspace().set_review(found->source.id, review_at_utc_s);
}

Result<ExciseReport> Session::excise(const ExciseOrder& order, bool really) {
  if (really && order.reason.empty()) return Error(ErrorCode::casework_reason_needed);
  OVILLO_TRY(auto* file,
             read(really ? "excise" : "show", order.source + order.authorisation + order.record));
  OVILLO_TRY(auto report, what_rests_on(*file, order));
  if (!really) return report;
  report.excision.by = asker_.user;
  report.excision.at_utc_s = asker_.now_utc_s;
  OVILLO_CHECK(casework::add_excision(owner_->workspace(), report.excision));
  owner_->changed();
  owner_->forget_vocabulary();
  return report;
}

Result<std::vector<casework::Excision>> Session::excisions() {
  OVILLO_TRY(const auto disclosure, disclose("case", ""));
  OVILLO_TRY(auto all, casework::excisions(owner_->workspace()));
  return casework::seen_by(view_, std::move(all));
}

Result<void> Session::take_back_excision(std::size_t number, const std::string& reason) {
  if (reason.empty()) return Error(ErrorCode::casework_reason_needed);
  OVILLO_TRY(const auto disclosure, disclose("excise", fmt::format("{} {}", number, reason)));
  OVILLO_TRY(auto all, casework::excisions(owner_->workspace()));
  const auto seen = casework::seen_by(view_, std::move(all));
  if (number == 0 || number > seen.size()) return Error(ErrorCode::casework_nothing_to_undo);
  OVILLO_CHECK(casework::take_back_excision(owner_->workspace(), seen[number - 1]));
  owner_->changed();
  owner_->forget_vocabulary();
  return {};
}

Result<void> Session::note_copy(const std::string& to) {
  OVILLO_CHECK(disclose("copy", to));
  return {};
}

Result<BackupReport> Session::back_up(const BackupOrder& order) {
  OVILLO_CHECK(disclose("backup", order.out.string()));
  return flow::back_up(owner_->workspace(), owner_->data(), order, asker_.now_utc_s);
}

Result<void> Session::note_restore(const std::string& from) {
  OVILLO_CHECK(disclose("restore", from));
  return {};
}

Result<DiscloseReport> Session::disclose_case(const std::string& reference,
                                              const std::filesystem::path& folder,
                                              bool with_program) {
  OVILLO_TRY(auto* file, read("disclose", reference));
  OVILLO_TRY(const auto found, casework::case_of(owner_->workspace(), view_, reference));
  const casework::AuditLog log = owner_->log();
  return write_package(*file, found, log, asker_, {folder, owner_->data(), with_program});
}

Result<Session::AuditView> Session::audit(std::size_t limit, const std::string& kept) {
  OVILLO_TRY(const auto disclosure, disclose("audit", ""));
  const casework::AuditLog log = owner_->log();
  OVILLO_CHECK(log.verify());
  OVILLO_TRY(const auto checkpoint, log.checkpoint(asker_.now_utc_s));
  AuditView view;
  view.size = log.size();
  view.checkpoint = casework::signed_checkpoint_text(checkpoint);
  if (!kept.empty()) {
    OVILLO_TRY(const auto earlier, casework::parse_checkpoint(kept));
    OVILLO_CHECK(log.goes_on_from(earlier));
    view.goes_on_from = earlier.size;
  }
  for (std::uint64_t i = view.size - std::min<std::uint64_t>(view.size, limit); i < view.size;
       ++i) {
    OVILLO_TRY(const auto entry, log.entry(i));
    view.entries.push_back(
        fmt::format("{} {} {} {} by {} for {}{}", entry.position, format_utc(entry.at_utc_s),
                    name_of(entry.outcome), entry.action, entry.user, entry.purpose,
                    entry.case_reference.empty() ? "" : ", case " + entry.case_reference));
  }
  return view;
}

Result<CaseFile*> Session::read(const std::string& action, const std::string& query) {
  OVILLO_TRY(auto disclosure, disclose(action, query));
  OVILLO_TRY(const auto* vocabulary, owner_->vocabulary(view_));
  if (!file_ || seen_change_ != owner_->n_changes()) {
    file_ =
        std::make_unique<CaseFile>(owner_->workspace(), view_, *vocabulary, std::move(disclosure));
    seen_change_ = owner_->n_changes();
  }
  return file_.get();
}

}  // namespace ovillo::flow
