#include "ovillo/employment/answers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "ovillo/employment/internal/pay.hpp"
#include "ovillo/employment/internal/same.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::employment {

namespace {

constexpr std::array<std::string_view, 7> kQuestions = {"employs",
                                                        "directs",
                                                        "stands_behind",
                                                        "attended_undeclared",
                                                        "declared_unattended",
                                                        "paid_below_hours",
                                                        "returns_wages"};

bool same_site(std::string_view a, std::string_view b) { return words_key(a) == words_key(b); }

std::string day_of(const Time& time) { return format_time(time).substr(0, 10); }

// Whether a declaration holds on a moment; what it does not state does not limit it.
bool covers(const Declaration& declaration, const Time& when) {
  return (!declaration.start || declaration.start->begin_utc_s <= when.begin_utc_s) &&
         (!declaration.end || when.begin_utc_s < declaration.end->end_utc_s);
}

class Work {
 public:
  Work(const Tables& tables, const Options& options)
      : t_(tables), options_(options), people_(tables) {
    for (std::size_t i = 0; i < t_.declarations.size(); ++i)
      declared_[people_.key(t_.declarations[i].worker)].push_back(i);
    for (std::size_t i = 0; i < t_.attendance.size(); ++i)
      attended_[people_.key(t_.attendance[i].worker)].push_back(i);
  }

  Answers all() {
    employs();
    directs();
    stands_behind();
    attended_undeclared();
    declared_unattended();
    paid_below_hours();
    for (Answer& answer : out_.answer) {
      if (answer.question != Question::stands_behind)
        std::sort(answer.source.begin(), answer.source.end());
    }
    std::stable_sort(out_.answer.begin(), out_.answer.end(), [](const Answer& a, const Answer& b) {
      return std::tie(a.question, a.site, a.subject, a.words, a.source) <
             std::tie(b.question, b.site, b.subject, b.words, b.source);
    });
    return std::move(out_);
  }

 private:
  void not_known(Question question, std::string why) {
    out_.not_known.push_back({question, std::move(why)});
  }

  void employs();
  void directs();
  void stands_behind();
  void attended_undeclared();
  void declared_unattended();
  void paid_below_hours();

  // By site, then company: as the site is written first, the company's name, and the workers.
  struct Employer {
    std::string name;
    std::map<std::string, Answer> workers;
  };
  std::map<std::string, std::map<std::string, Employer>> on_site_;
  std::map<std::string, std::string> site_name_;

  const Tables& t_;
  const Options& options_;
  const People people_;
  std::map<std::string, std::vector<std::size_t>> declared_, attended_;  // by person
  Answers out_;
};

void Work::employs() {
  if (t_.declarations.empty() && t_.attendance.empty())
    return not_known(Question::employs, "no table of declarations or of attendance is given");
  const auto note = [&](const std::string& site, const std::string& employer, const Mention& worker,
                        std::string_view basis, const Source& source) {
    if (words_key(site).empty() || company_key(employer).empty()) return;
    site_name_.try_emplace(words_key(site), site);
    Employer& on = on_site_[words_key(site)][company_key(employer)];
    if (on.name.empty()) on.name = employer;
    Answer& answer = on.workers[people_.key(worker)];
    if (answer.source.empty()) {
      answer = {Question::employs,
                site_name_[words_key(site)],
                people_.name(worker),
                fmt::format("employed by {}", on.name),
                {}};
    }
    if (answer.words.find(basis) == std::string::npos)
      answer.words += fmt::format("{}{}", answer.source.empty() ? ": " : ", ", basis);
    answer.source.push_back(source);
  };
  for (const Declaration& d : t_.declarations)
    note(d.site, d.employer, d.worker, "declared", d.source);
  for (const Attendance& a : t_.attendance)
    note(a.site, a.employer, a.worker, "on the attendance list", a.source);
  for (const auto& [site, employers] : on_site_)
    for (const auto& [key, employer] : employers)
      for (const auto& [worker, answer] : employer.workers) out_.answer.push_back(answer);
}

void Work::directs() {
  if (t_.directorships.empty())
    return not_known(Question::directs, "no register of companies is given");
  struct Directed {
    std::string name;
    std::map<std::string, std::string> companies;
    std::vector<Source> source;
  };
  std::map<std::string, Directed> directors;
  for (const Directorship& d : t_.directorships) {
    if (name_key(d.director).empty()) continue;
    Directed& director = directors[name_key(d.director)];
    if (director.name.empty()) director.name = d.director;
    director.companies.try_emplace(company_key(d.company), d.company);
    director.source.push_back(d.source);
  }
  for (const auto& [key, director] : directors) {
    if (director.companies.size() < 2) continue;
    std::vector<std::string> names;
    for (const auto& [company, name] : director.companies) names.push_back(name);
    out_.answer.push_back({Question::directs, "", director.name,
                           fmt::format("directs {}", fmt::join(names, ", ")), director.source});
  }
}

// From each employer on a site up through those who gave the work, as long as there are links.
void Work::stands_behind() {
  if (t_.contracts.empty())
    return not_known(Question::stands_behind, "no table of contracts is given");
  std::map<std::string, std::vector<const Contract*>> given_to;
  for (const Contract& c : t_.contracts) given_to[company_key(c.subcontractor)].push_back(&c);
  std::map<std::string, std::map<std::string, std::string>> bottoms;  // site, company, its name
  for (const auto& [site, employers] : on_site_)
    for (const auto& [key, employer] : employers) bottoms[site][key] = employer.name;
  // Without a list of who works there: the subcontractors of a site who pass no work on.
  if (bottoms.empty())
    for (const Contract& c : t_.contracts) {
      const bool passes_on =
          std::any_of(t_.contracts.begin(), t_.contracts.end(), [&](const Contract& other) {
            return company_key(other.contractor) == company_key(c.subcontractor) &&
                   same_site(other.site, c.site);
          });
      if (passes_on) continue;
      site_name_.try_emplace(words_key(c.site), c.site);
      bottoms[words_key(c.site)][company_key(c.subcontractor)] = c.subcontractor;
    }
  constexpr std::size_t kMostLinks = 32;
  constexpr std::size_t kMostChains = 1'000;
  for (const auto& [site, companies] : bottoms)
    for (const auto& [bottom, name] : companies) {
      std::vector<std::vector<const Contract*>> open = {{}};
      std::size_t n_told = 0;
      while (!open.empty() && n_told < kMostChains) {
        const auto chain = std::move(open.back());
        open.pop_back();
        std::set<std::string> passed = {bottom};
        for (const Contract* link : chain) passed.insert(company_key(link->contractor));
        bool is_top = true;
        const Contract* closes = nullptr;  // one that gives work back to the top of the chain
        const auto links =
            given_to.find(chain.empty() ? bottom : company_key(chain.back()->contractor));
        if (links != given_to.end() && chain.size() < kMostLinks)
          for (const Contract* link : links->second) {
            if (!words_key(link->site).empty() && words_key(link->site) != site) continue;
            if (passed.contains(company_key(link->contractor))) {
              closes = link;
              continue;
            }
            is_top = false;
            open.push_back(chain);
            open.back().push_back(link);
          }
        if (!is_top || chain.empty()) continue;
        ++n_told;
        Answer answer{Question::stands_behind, site_name_[site], name, "", {}};
        for (auto link = chain.rbegin(); link != chain.rend(); ++link)
          answer.words += (*link)->contractor + " > ";
        answer.words += name;
        for (const Contract* link : chain) answer.source.push_back(link->source);
        if (closes != nullptr) {
          answer.words += fmt::format("; a ring: {} gives work to {}", closes->contractor,
                                      closes->subcontractor);
          answer.source.push_back(closes->source);
        }
        out_.answer.push_back(std::move(answer));
      }
    }
}

void Work::attended_undeclared() {
  if (t_.attendance.empty())
    return not_known(Question::attended_undeclared, "no table of attendance is given");
  if (t_.declarations.empty())
    return not_known(Question::attended_undeclared, "no table of declarations is given");
  for (const auto& [person, rows] : attended_) {
    const auto declared = declared_.find(person);
    std::map<std::string, std::vector<const Attendance*>> by_site;
    for (const std::size_t i : rows) {
      const Attendance& a = t_.attendance[i];
      if (!a.date) continue;
      const bool covered =
          declared != declared_.end() &&
          std::any_of(declared->second.begin(), declared->second.end(), [&](std::size_t d) {
            const Declaration& one = t_.declarations[d];
            return covers(one, *a.date) &&
                   (words_key(one.site).empty() || words_key(a.site).empty() ||
                    same_site(one.site, a.site));
          });
      if (!covered) by_site[words_key(a.site)].push_back(&a);
    }
    for (const auto& [site, days] : by_site) {
      Answer answer{Question::attended_undeclared,
                    days.front()->site,
                    people_.name(days.front()->worker),
                    "",
                    {}};
      std::set<std::string> dates;
      for (const Attendance* a : days) {
        dates.insert(day_of(*a->date));
        answer.source.push_back(a->source);
      }
      answer.words = fmt::format(
          "there on {} {} ({} to {}), {}", dates.size(), dates.size() == 1 ? "day" : "days",
          *dates.begin(), *dates.rbegin(),
          declared == declared_.end() ? "no declaration names this person"
                                      : "declared, but not for these days and this site");
      out_.answer.push_back(std::move(answer));
    }
  }
}

void Work::declared_unattended() {
  if (t_.attendance.empty())
    return not_known(Question::declared_unattended, "no table of attendance is given");
  if (t_.declarations.empty())
    return not_known(Question::declared_unattended, "no table of declarations is given");
  struct Span {
    std::int64_t first = 0, last = 0;
  };
  std::map<std::string, Span> kept;  // by site: the days of its list; "": of all lists
  for (const Attendance& a : t_.attendance) {
    if (!a.date) continue;
    for (const std::string& site : {words_key(a.site), std::string()}) {
      const auto [span, is_new] =
          kept.try_emplace(site, Span{a.date->begin_utc_s, a.date->begin_utc_s});
      span->second.first = std::min(span->second.first, a.date->begin_utc_s);
      span->second.last = std::max(span->second.last, a.date->begin_utc_s);
    }
  }
  for (const Declaration& d : t_.declarations) {
    const auto list = kept.find(words_key(d.site));
    if (list == kept.end()) continue;  // no list of that site: nothing is known
    const Span& span = list->second;
    if ((d.start && d.start->begin_utc_s > span.last) || (d.end && d.end->end_utc_s <= span.first))
      continue;
    const auto rows = attended_.find(people_.key(d.worker));
    const bool seen = rows != attended_.end() &&
                      std::any_of(rows->second.begin(), rows->second.end(), [&](std::size_t i) {
                        const Attendance& a = t_.attendance[i];
                        return a.date && covers(d, *a.date) &&
                               (words_key(d.site).empty() || same_site(d.site, a.site));
                      });
    if (seen) continue;
    out_.answer.push_back({Question::declared_unattended,
                           d.site,
                           people_.name(d.worker),
                           fmt::format("declared by {}, on no attendance list of these days",
                                       d.employer.empty() ? "an employer not stated" : d.employer),
                           {d.source}});
  }
}

void Work::paid_below_hours() {
  if (t_.payroll.empty()) return not_known(Question::paid_below_hours, "no payroll is given");
  struct Pay {
    std::vector<const PayLine*> lines;
  };
  std::map<std::tuple<std::string, std::string, std::int64_t, std::int64_t>, Pay> pays;
  std::size_t n_unjudged = 0;
  for (const PayLine& line : t_.payroll) {
    if (!line.pay || !line.period) {
      ++n_unjudged;
      continue;
    }
    pays[{people_.key(line.worker), company_key(line.employer), line.period->begin_utc_s,
          line.period->end_utc_s}]
        .lines.push_back(&line);
  }
  for (const auto& [key, pay] : pays) {
    const auto& [person, employer, begin_s, end_s] = key;
    Answer answer{Question::paid_below_hours, "", people_.name(pay.lines.front()->worker), "", {}};
    Due due;
    for (const PayLine* line : pay.lines) {
      answer.source.push_back(line->source);
      due.add_pay(*line->pay);
      if (line->hours) due.add_stated_hours(*line->hours);
      if (line->rate) due.rate_at_most(*line->rate);
    }
    std::vector<Source> days;
    if (const auto rows = attended_.find(person); rows != attended_.end())
      for (const std::size_t i : rows->second) {
        const Attendance& a = t_.attendance[i];
        const std::string at = company_key(a.employer);
        if (!a.date || !a.hours || a.date->begin_utc_s < begin_s || a.date->begin_utc_s >= end_s ||
            (!at.empty() && !employer.empty() && at != employer))
          continue;
        due.add_attended_hours(*a.hours);
        days.push_back(a.source);
      }
    if (const auto rows = declared_.find(person); !due.rate() && rows != declared_.end())
      for (const std::size_t i : rows->second) {
        const Declaration& d = t_.declarations[i];
        if (!d.rate || !covers(d, *pay.lines.front()->period) ||
            company_key(d.employer) != employer)
          continue;
        due.rate_at_most(*d.rate);
        answer.source.push_back(d.source);
      }
    if (!due.rate() && options_.rate) due.rate_at_most(*options_.rate);
    const auto judged = due.judge();
    if (!judged) {
      n_unjudged += pay.lines.size();
      continue;
    }
    if (!judged->below) continue;
    if (judged->by_attendance) answer.source.insert(answer.source.end(), days.begin(), days.end());
    answer.words =
        fmt::format("{}: paid {} for {} hours ({}) at {}, which makes {}",
                    format_time(*pay.lines.front()->period), format_decimal(judged->pay),
                    format_decimal(judged->hours), judged->by_attendance ? "attendance" : "payroll",
                    format_decimal(*due.rate()), format_decimal(judged->due));
    out_.answer.push_back(std::move(answer));
  }
  if (n_unjudged > 0)
    not_known(Question::paid_below_hours,
              fmt::format("{} of {} lines of the payroll lack pay, period, hours or a rate",
                          n_unjudged, t_.payroll.size()));
}

}  // namespace

std::span<const std::string_view> names(Question) { return kQuestions; }

Answers answer(const Tables& tables, const Options& options) { return Work(tables, options).all(); }

}  // namespace ovillo::employment
