#include "ovillo/flow/owner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/casework/audit.hpp"
#include "ovillo/casework/authority.hpp"
#include "ovillo/casework/grants.hpp"

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

Owner::Owner(storage::Workspace workspace, std::filesystem::path data)
    : workspace_(std::move(workspace)), data_(std::move(data)) {}

Result<Owner> Owner::create(const std::filesystem::path& folder, const std::filesystem::path& data,
                            const std::string& id_key) {
  OVILLO_TRY(const auto key, parse_key(id_key));
  OVILLO_TRY(auto workspace, storage::Workspace::create(folder, key));
  OVILLO_CHECK(casework::make_first_owner(workspace, kFirstUser));
  return Owner(std::move(workspace), data);
}

Result<Owner> Owner::open(const std::filesystem::path& folder, const std::filesystem::path& data) {
  OVILLO_TRY(auto workspace, storage::Workspace::open(folder));
  return Owner(std::move(workspace), data);
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
  OVILLO_TRY(auto view, casework::view_for(owner.workspace(), asker.user));
  return Session(owner, std::move(asker), std::move(view));
}

Result<Disclosure> Session::disclose(const std::string& action, const std::string& query) {
  OVILLO_TRY(auto granted, casework::view_for(owner_->workspace(), asker_.user));
  if (granted.compartments != view_.compartments) {
    view_.compartments = std::move(granted.compartments);
    file_.reset();
  }
  OVILLO_TRY(const auto log, casework::AuditLog::open(owner_->workspace(), owner_->data()));
  return log.open_for(
      {action, asker_.user, asker_.purpose, asker_.case_reference, view_, asker_.now_utc_s, query});
}

Result<void> Session::add_compartment(const std::string& name) {
  OVILLO_TRY(const auto disclosure, disclose("compartment", name));
  OVILLO_CHECK(casework::add_compartment(owner_->workspace(), asker_.user, name));
  OVILLO_TRY(view_, casework::view_for(owner_->workspace(), asker_.user));
  return {};
}

Result<std::vector<std::string>> Session::compartments() {
  OVILLO_TRY(const auto disclosure, disclose("compartments", ""));
  OVILLO_TRY(const auto held, casework::compartments_of(owner_->workspace(), asker_.user));
  std::vector<std::string> names;
  for (const storage::Compartment& compartment : held) names.push_back(compartment.name);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> Session::grant(const std::string& user, const std::string& compartment) {
  OVILLO_TRY(const auto disclosure, disclose("grant", user + "\n" + compartment));
  return casework::grant(owner_->workspace(), asker_.user, user, compartment);
}

Result<void> Session::revoke(const std::string& user, const std::string& compartment) {
  OVILLO_TRY(const auto disclosure, disclose("revoke", user + "\n" + compartment));
  return casework::revoke(owner_->workspace(), asker_.user, user, compartment);
}

Result<void> Session::add_source(SourceOrder order) {
  OVILLO_TRY(order.source.compartment,
             casework::compartment_named(owner_->workspace(), asker_.user, order.compartment));
  OVILLO_TRY(const auto kinds, casework::AuthorisationKinds::open(owner_->data()));
  OVILLO_TRY(const auto accepted, kinds.accept(order.authorisation, ""));
  OVILLO_TRY(const auto held, owner_->workspace().sources());
  const bool taken = std::any_of(held.begin(), held.end(), [&](const Source& source) {
    return source.name == order.source.name && source.compartment == order.source.compartment;
  });
  if (taken) return Error(ErrorCode::flow_source_exists, order.source.name);
  OVILLO_TRY(const auto disclosure, disclose("source", order.source.name));
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
  OVILLO_TRY(const auto compartments, casework::compartments_of(owner_->workspace(), asker_.user));
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
  if (!require_owner()) report.n_reused_components.reset();
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

Result<void> Session::require_owner() const {
  OVILLO_TRY(const auto users, owner_->workspace().users());
  const bool is_owner = std::any_of(users.begin(), users.end(), [&](const storage::User& one) {
    return one.owner && one.name == asker_.user;
  });
  if (!is_owner) return Error(ErrorCode::casework_not_owner);
  return {};
}

// The list is the installation's: it changes every user's answers.
Result<std::size_t> Session::keep_payers(const std::string& path) {
  OVILLO_CHECK(require_owner());
  OVILLO_TRY(const auto disclosure, disclose("payers", ""));
  OVILLO_TRY(const auto n, flow::keep_payers(owner_->workspace(), path));
  owner_->changed();
  owner_->forget_vocabulary();
  return n;
}

Result<void> Session::exclude_sources(const std::vector<std::string>& names) {
  if (names.empty()) return {};
  OVILLO_TRY(const auto lines, admitted_sources());
  for (const std::string& name : names) {
    const std::size_t n_before = view_.excluded_sources.size();
    for (const SourceLine& line : lines)  // of every compartment
      if (line.source.name == name) view_.excluded_sources.push_back(line.source.id);
    if (view_.excluded_sources.size() == n_before)
      return Error(ErrorCode::flow_no_such_source, name);
  }
  std::sort(view_.excluded_sources.begin(), view_.excluded_sources.end());
  file_.reset();
  return {};
}

Result<Session::AuditView> Session::audit(std::size_t limit, const std::string& kept) {
  OVILLO_CHECK(require_owner());
  OVILLO_TRY(const auto disclosure, disclose("audit", ""));
  OVILLO_TRY(const auto log, casework::AuditLog::open(owner_->workspace(), owner_->data()));
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
