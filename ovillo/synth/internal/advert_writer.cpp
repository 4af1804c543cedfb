#include "ovillo/synth/internal/advert_writer.hpp"

#include <algorithm>
#include <array>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/synth/internal/csv_line.hpp"

namespace ovillo::synth {
namespace {

constexpr std::uint32_t kMeanSentenceBytes = 44;

// Salts: each use of an actor's seed draws from its own sequence.
enum class Salt : std::uint64_t {
  hand = 11,
  person,
  street,
  platform,
  payer,
  decoy,
  footer,
  contact
};
std::uint64_t salted(std::uint64_t seed, Salt salt, std::uint64_t number = 0) {
  return mix64(mix64(seed + static_cast<std::uint64_t>(salt)) + number);
}
bool chance(std::uint64_t hash, unsigned per_mille) { return hash % 1000 < per_mille; }

std::string hex_12(std::uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(12, '0');
  for (int i = 0; i < 12; ++i) out[static_cast<std::size_t>(i)] = kDigits[(value >> (4 * i)) & 15];
  return out;
}

// How one hand joins its sentences.
constexpr std::array<std::string_view, 12> kJoiners{" ",  " ",    " ",   " ",    "\n",  "\n",
                                                    "\n", " ✨ ", " - ", "\n\n", " ❤ ", " * "};

// Latin letters without their accents, U+00C0 to U+00FF; a space keeps the letter.
constexpr std::string_view kBare =
    "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y";
static_assert(kBare.size() == 64);

std::string without_accents(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (c.value >= 0xC0 && c.value <= 0xFF && kBare[c.value - 0xC0] != ' ') {
      out += kBare[c.value - 0xC0];
    } else {
      out.append(text.substr(pos, c.length));
    }
    pos += c.length;
  }
  return out;
}

void lower_ascii(std::string& text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

PhoneWay draw_hidden_way(Rng& rng) {
  static constexpr std::array<PhoneWay, 16> kWays{
      PhoneWay::spaced,     PhoneWay::spaced,    PhoneWay::dotted, PhoneWay::dotted,
      PhoneWay::words,      PhoneWay::words,     PhoneWay::mixed,  PhoneWay::mixed,
      PhoneWay::mixed,      PhoneWay::lookalike, PhoneWay::emoji,  PhoneWay::full_width,
      PhoneWay::zero_width, PhoneWay::split,     PhoneWay::split,  PhoneWay::link};
  return rng.pick(kWays);
}

PhoneWay draw_open_way(Rng& rng) {
  static constexpr std::array<PhoneWay, 5> kWays{
      PhoneWay::run, PhoneWay::grouped, PhoneWay::grouped, PhoneWay::grouped, PhoneWay::dashed};
  return rng.pick(kWays);
}

}  // namespace

struct AdvertWriter::Draft {
  const Actor& actor;
  const AdvertPlan& plan;
  const LanguageVocabulary& words;
  Rng draw;  // what varies from advert to advert
  std::uint64_t hand_seed = 0;
  bool recruits = false;     // this advert offers a job
  bool with_contact = true;  // the text holds the phone
  bool by_handle = false;    // or a handle instead
  std::size_t town = 0;
  PhoneRef phone;
  SlotValues slots;
  WrittenAdvert out;
};

std::string AdvertWriter::iban(AccountRef account) const {
  constexpr std::uint32_t kAccounts = 10'000'000;
  const auto country = static_cast<std::uint64_t>(account.country);
  const auto start = static_cast<std::uint32_t>(mix64(options_.seed * 8 + country) % kAccounts);
  return invented_iban(account.country, (start + account.position) % kAccounts);
}

std::string AdvertWriter::street(const Actor& actor) const {
  if (actor.flat >= 0) {
    const Flat& flat = cast_.flats[static_cast<std::size_t>(actor.flat)];
    return vocabulary_.streets[flat.street] + " " + std::to_string(flat.number);
  }
  const std::uint64_t draw = salted(actor.seed, Salt::street);
  return vocabulary_.streets[draw % vocabulary_.streets.size()] + " " +
         std::to_string(1 + (draw >> 32) % 180);
}

std::size_t AdvertWriter::town_at(const Actor& actor, std::int64_t time_utc_s) const {
  const std::int64_t stay_days = actor.kind == ActorKind::organised ? 8 : 14;
  const std::int64_t days = (time_utc_s - options_.start_utc_s) / 86400;
  return actor.towns[static_cast<std::size_t>(days / stay_days) % actor.n_towns];
}

const std::string& AdvertWriter::town(const Actor& actor, std::int64_t time_utc_s,
                                      Language language) const {
  return vocabulary_.towns[town_at(actor, time_utc_s)].name[static_cast<std::size_t>(language)];
}

const std::string& AdvertWriter::name(const Actor& actor, std::uint32_t person,
                                      std::uint64_t turn) const {
  const auto& names = vocabulary_[actor.language].first_names;
  return names[salted(actor.seed, Salt::person, std::uint64_t{person} * 16 + turn) % names.size()];
}

void AdvertWriter::choose_person(Draft& draft) const {
  const Actor& actor = draft.actor;
  const bool one_contact = actor.kind == ActorKind::labour || draft.recruits;
  const auto person =
      one_contact ? 0 : static_cast<std::uint32_t>(draft.draw.below(actor.n_persons));
  draft.out.person = actor.first_person + person;
  // In a network the same person is offered under more than one name.
  const std::uint64_t turn =
      actor.kind == ActorKind::organised && draft.draw.below(4) == 0 ? 1 + draft.draw.below(3) : 0;
  draft.slots[Slot::name] = name(actor, person, turn);
  const std::uint64_t facts = salted(actor.seed, Salt::person, (person + 1) << 20);
  draft.slots[Slot::age] = std::to_string(19 + facts % 22);
  const std::uint64_t half_hour = 60 + 10 * ((facts >> 16) % 8);
  draft.slots[Slot::price] = std::to_string(half_hour);
  draft.slots[Slot::price2] = std::to_string(2 * half_hour - 10 * ((facts >> 24) % 4));
  draft.slots[Slot::n] = std::to_string(2 + (facts >> 32) % 9);
  draft.slots[Slot::from] = std::to_string(9 + (facts >> 40) % 5) + ":00";
  draft.slots[Slot::to] = std::to_string(19 + (facts >> 44) % 5) + ":00";
}

void AdvertWriter::choose_phone(Draft& draft) const {
  const Actor& actor = draft.actor;
  std::size_t which = 0;
  if (actor.n_phones > 1) {
    // Phones are used up one after the other; now and then an older one comes back.
    which = std::size_t{draft.plan.k} * actor.n_phones / actor.n_adverts;
    if (draft.draw.below(5) == 0) which = draft.draw.below(which + 1);
  }
  draft.phone = cast_.phones[actor.first_phone + which];
  const PhoneNumber number = this->number(draft.phone);
  const std::string& site = vocabulary_.towns[draft.town].country;
  // A few write the number of home without its country code, as their readers know it.
  const bool homely = chance(salted(actor.seed, Salt::contact, 3), 30);
  const bool abroad = vocabulary_.numbers.code(draft.phone.country) != site && !homely;
  const bool in_field = draft.draw.chance_per_mille(600);
  if (in_field) {
    const PhoneWay way = draft.draw.below(5) == 0 ? PhoneWay::grouped : PhoneWay::run;
    draft.out.phone = write_phone(number, way, true, draft.words, draft.draw);
  }
  draft.with_contact = !in_field || draft.draw.chance_per_mille(500);

  Rng habit(draft.hand_seed);
  PhoneWay way = PhoneWay::grouped;
  if (habit.chance_per_mille(actor.hidden_per_mille)) {
    way = draw_hidden_way(habit);
    if (draft.draw.below(6) == 0) way = draw_hidden_way(draft.draw);
  } else {
    way = draw_open_way(habit);
  }
  if (in_field && chance(salted(actor.seed, Salt::contact), 60)) {
    draft.by_handle = true;
    draft.slots[Slot::phone] = "Telegram @flor_" + hex_12(salted(actor.seed, Salt::contact, 1));
  } else {
    draft.slots[Slot::phone] = write_phone(number, way, abroad, draft.words, draft.draw);
  }
}

void AdvertWriter::choose_account(Draft& draft) const {
  const Actor& actor = draft.actor;
  const bool job =
      actor.kind == ActorKind::labour || actor.kind == ActorKind::employer || draft.recruits;
  const auto& platforms = job ? vocabulary_.job_platforms : vocabulary_.platforms;
  const std::uint64_t own = salted(actor.seed, Salt::platform);
  std::uint64_t which = own;
  std::uint64_t account = 0;
  if (actor.kind == ActorKind::organised) {
    which = draft.draw.next();
    account = std::uint64_t{draft.out.person} * 64 + draft.plan.k / 6;
  } else if (own % 3 == 0) {
    which += draft.plan.k % 2;  // one in three uses two platforms
  }
  which %= platforms.size();
  draft.out.platform = platforms[which];
  draft.out.account = draft.out.platform + "/u" +
                      hex_12(salted(actor.seed, Salt::platform, 1 + which + 8 * account));
  draft.slots[Slot::platform] = draft.out.platform;
  if (!job)
    draft.slots[Slot::helpline] = write_phone(number(cast_.helplines[which]), PhoneWay::grouped,
                                              true, draft.words, draft.draw);
}

void AdvertWriter::choose_payer(Draft& draft) const {
  const Actor& actor = draft.actor;
  bool stated = true;
  if (actor.kind == ActorKind::independent)
    stated = actor.pays_by_booking || chance(salted(actor.seed, Salt::payer), 450);
  if (actor.kind == ActorKind::organised) stated = draft.draw.chance_per_mille(800);
  if (stated) draft.out.payer = iban(actor.payer);
}

// The next stop of the round; for who stays in one town, another town of the country.
std::size_t AdvertWriter::next_town(const Draft& draft) const {
  const Actor& actor = draft.actor;
  if (actor.n_towns > 1) return actor.towns[(draft.plan.k + 1U) % actor.n_towns];
  const auto& towns = vocabulary_.towns;
  std::size_t at = draft.town;
  for (std::uint64_t steps = 1 + actor.seed % 3; steps > 0; --steps) {
    do {
      at = (at + 1) % towns.size();
    } while (towns[at].country != towns[draft.town].country);
  }
  return at;
}

void AdvertWriter::fill_slots(Draft& draft) const {
  const Actor& actor = draft.actor;
  const auto language = static_cast<std::size_t>(actor.language);
  const Town& here = vocabulary_.towns[draft.town];
  draft.out.country = here.country;
  draft.out.place = here.name[static_cast<std::size_t>(Language::nl)];
  draft.slots[Slot::place] = here.name[language];
  draft.slots[Slot::place2] = vocabulary_.towns[next_town(draft)].name[language];
  draft.slots[Slot::street] = street(actor);
  draft.slots[Slot::salary] = std::to_string(800 + 100 * (actor.seed % 12));
  const auto& firms = actor.kind == ActorKind::accredited ? vocabulary_.accredited_firms
                      : actor.kind == ActorKind::labour   ? vocabulary_.building_firms
                                                          : vocabulary_.ordinary_firms;
  draft.slots[Slot::firm] = firms[actor.firm % firms.size()];
  if (actor.firm >= firms.size())
    draft.slots[Slot::firm] += " " + std::to_string(1 + actor.firm / firms.size());
  draft.slots[Slot::email] =
      "jobs." + hex_12(salted(actor.seed, Salt::contact, 2)) + "@example.org";
}

// What this hand always says, in its order; each sentence has a seed of its own, so that leaving
// one out does not change the others.
std::vector<AdvertWriter::Sentence> AdvertWriter::sentences(const Draft& draft) const {
  Rng hand(draft.hand_seed);
  std::vector<Sentence> out;
  const auto all = [&](Section section) {
    for (const Phrase& phrase : draft.words[section]) out.push_back({&phrase, hand.next()});
  };
  switch (draft.actor.kind) {
    case ActorKind::labour:
      all(Section::job_building);
      return out;
    case ActorKind::employer:
      all(Section::job_plain);
      return out;
    default:
      break;
  }
  if (draft.recruits) {
    all(Section::job_bait);
    return out;
  }
  if (draft.actor.kind == ActorKind::accredited) {
    all(Section::agency);
    add_own_sentences(draft, hand, out);
    return out;
  }
  const bool contact_first = hand.below(7) == 0;
  const bool closes = hand.below(5) < 3;
  const Sentence intro{&hand.pick(draft.words[Section::intro]), hand.next()};
  // The last contact phrase names no messenger of its own.
  const auto& contacts = draft.words[Section::contact];
  const Phrase* usual = &hand.pick(contacts);
  // In a house it may be the manager who answers.
  if (draft.actor.kind == ActorKind::organised && hand.below(4) == 0)
    usual = &draft.words[Section::house].back();
  const Sentence contact{draft.by_handle ? &contacts.back() : usual, hand.next()};
  const Sentence close{&hand.pick(draft.words[Section::close]), hand.next()};
  if (contact_first && draft.with_contact) out.push_back(contact);
  out.push_back(intro);
  add_own_sentences(draft, hand, out);
  if (!contact_first && draft.with_contact) out.push_back(contact);
  if (closes) out.push_back(close);
  return out;
}

// The body: sentences from all pools, none twice, as many as this hand's texts are long.
void AdvertWriter::add_own_sentences(const Draft& draft, Rng& hand,
                                     std::vector<Sentence>& out) const {
  static constexpr std::array<Section, 12> kOrder{Section::about, Section::offer, Section::where,
                                                  Section::rules, Section::when,  Section::about,
                                                  Section::price, Section::rules, Section::about,
                                                  Section::offer, Section::where, Section::when};
  const std::uint64_t target = options_.mean_text_bytes * (55 + hand.below(91)) / 100;
  const std::uint64_t wanted = std::clamp<std::uint64_t>(target / kMeanSentenceBytes, 3, 40);
  const std::size_t begin = out.size();
  const auto used = [&](const Phrase& phrase) {
    return std::any_of(out.begin(), out.end(),
                       [&](const Sentence& sentence) { return sentence.phrase == &phrase; });
  };
  if (draft.actor.kind == ActorKind::organised && hand.below(3) == 0)
    for (int i = 0; i < 2; ++i)
      out.push_back({&draft.words[Section::house][hand.below(3)], hand.next()});
  if (draft.actor.flat >= 0)
    for (const Phrase& phrase : draft.words[Section::where])
      if (phrase.has(Slot::street)) out.push_back({&phrase, hand.next()});
  for (std::size_t i = 0; out.size() - begin + 2 < wanted && i < 4 * kOrder.size(); ++i) {
    const auto& pool = draft.words[kOrder[i % kOrder.size()]];
    const Phrase& phrase = hand.pick(pool);
    if (!used(phrase)) out.push_back({&phrase, hand.next()});
  }
  for (std::size_t i = out.size(); i > begin + 1; --i)
    std::swap(out[i - 1], out[begin + hand.below(i - begin)]);
}

// A repost is edited now and then: a sentence left out, another put in.
void AdvertWriter::edit(const Draft& draft, std::vector<Sentence>& sentences, Rng& draw) const {
  const bool job = draft.recruits || draft.actor.kind == ActorKind::labour ||
                   draft.actor.kind == ActorKind::employer;
  if (job || draft.plan.k == 0 || sentences.size() < 4) return;
  const auto cut =
      sentences.begin() + 1 + static_cast<std::ptrdiff_t>(draw.below(sentences.size() - 3));
  const std::uint64_t what = draw.below(10);
  if (what < 2 && !cut->phrase->has(Slot::phone)) sentences.erase(cut);
  if (what == 2) sentences.insert(cut, {&draw.pick(draft.words[Section::rules]), draw.next()});
  if (what == 3) sentences.insert(cut, {&draw.pick(draft.words[Section::when]), draw.next()});
}

void AdvertWriter::write_text(Draft& draft) const {
  const Actor& actor = draft.actor;
  Rng style(salted(draft.hand_seed, Salt::hand));
  const std::string_view joiner = style.pick(kJoiners);
  const bool lower = style.below(10) == 0;
  const bool bare = style.below(8) == 0;

  std::vector<Sentence> sentences = this->sentences(draft);
  edit(draft, sentences, draft.draw);
  const auto say = [&](const Phrase& phrase, std::uint64_t seed) {
    if (!draft.out.text.empty()) draft.out.text += joiner;
    Rng hand(seed);
    phrase.append(draft.out.text, hand, options_.common_wording_per_mille, draft.slots);
  };
  for (const Sentence& sentence : sentences) say(*sentence.phrase, sentence.seed);
  const bool own_text = actor.kind == ActorKind::independent || actor.kind == ActorKind::organised;
  if (own_text && !draft.recruits && chance(salted(actor.seed, Salt::decoy), 25)) {
    const auto& decoys = draft.words[Section::decoy_advert];
    say(decoys[salted(actor.seed, Salt::decoy, 1) % decoys.size()], actor.seed);
    draft.out.decoy = true;
  }
  if (lower) lower_ascii(draft.out.text);
  if (bare) draft.out.text = without_accents(draft.out.text);
  if (own_text && !draft.recruits && chance(salted(actor.seed, Salt::footer), 80)) {
    draft.out.text += '\n';
    Rng fixed(0);
    draft.words.footers.front().append(draft.out.text, fixed, 1000, draft.slots);
  }

  const bool job =
      actor.kind == ActorKind::labour || actor.kind == ActorKind::employer || draft.recruits;
  const auto& titles = draft.words[job ? Section::job_title : Section::title];
  Rng hand(salted(draft.hand_seed, Salt::contact));
  hand.pick(titles).append(draft.out.title, hand, options_.common_wording_per_mille, draft.slots);
}

WrittenAdvert AdvertWriter::write(const AdvertPlan& plan) const {
  const Actor& actor = cast_.actors[plan.actor];
  Draft draft{.actor = actor,
              .plan = plan,
              .words = vocabulary_[actor.language],
              .draw = Rng(salted(actor.seed, Salt::hand, 1000 + plan.k)),
              .phone = {},
              .slots = {},
              .out = {}};
  draft.recruits = actor.recruits && plan.k % 5 == 4;
  const std::uint64_t hand = draft.recruits ? 99 : draft.draw.below(actor.n_hands);
  draft.hand_seed = salted(actor.seed, Salt::hand, hand);
  draft.town = town_at(actor, plan.time_utc_s);
  choose_person(draft);
  choose_phone(draft);
  fill_slots(draft);
  choose_account(draft);
  choose_payer(draft);
  draft.out.role = draft.recruits ? "recruiter" : actor_kind_name(actor.kind);
  write_text(draft);
  if (plan.urgent != UrgentKind::none) {
    // A plea stands alone: nothing else is written around it.
    const auto section = static_cast<Section>(static_cast<std::size_t>(Section::minority_advert) +
                                              static_cast<std::size_t>(plan.urgent) - 1);
    draft.out.text.clear();
    draft.draw.pick(draft.words[section]).append(draft.out.text, draft.draw, 0, draft.slots);
    draft.out.title = draft.slots[Slot::place];
    draft.out.decoy = false;
    return draft.out;
  }
  const bool priced = actor.kind == ActorKind::independent || actor.kind == ActorKind::organised;
  if (priced && !draft.recruits && draft.draw.chance_per_mille(400))
    draft.out.price = draft.slots[Slot::price2] + " EUR";
  return draft.out;
}

WrittenAdvert AdvertWriter::write_bridge(const Actor& from, const Actor& to,
                                         std::uint64_t seed) const {
  Actor stranger = from;
  stranger.seed = seed;
  stranger.kind = ActorKind::independent;
  stranger.n_hands = 1;
  stranger.flat = -1;
  stranger.recruits = false;
  const AdvertPlan plan{options_.start_utc_s, 0, 0, UrgentKind::none};
  Draft draft{.actor = stranger,
              .plan = plan,
              .words = vocabulary_[from.language],
              .draw = Rng(seed),
              .phone = {},
              .slots = {},
              .out = {}};
  draft.hand_seed = mix64(seed);
  draft.town = from.towns[0];
  choose_person(draft);
  choose_phone(draft);
  fill_slots(draft);
  choose_account(draft);
  draft.out.payer = iban(from.payer);
  draft.out.role = "sealed";
  draft.with_contact = true;
  draft.out.phone = number(cast_.phones[from.first_phone]).e164();
  draft.slots[Slot::phone] = number(cast_.phones[to.first_phone]).e164();
  write_text(draft);
  return draft.out;
}

}  // namespace ovillo::synth
