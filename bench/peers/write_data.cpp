#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <numeric>
#include <utility>

#include "data.hpp"
#include "random.hpp"

namespace bench::peers {
namespace {

using Words = std::array<std::string_view, 24>;
// No word of one list is part of another of it, and none of the English ones is a plural.
constexpr Words kEnglish = {"water",      "energy",  "digital", "health",  "transport", "education",
                            "irrigation", "poverty", "climate", "trade",   "industry",  "housing",
                            "tourism",    "customs", "forest",  "mining",  "pension",   "budget",
                            "airport",    "railway", "cotton",  "village", "bank",      "desert"};
constexpr Words kRussian = {"вода",     "энергия",  "цифровой", "здоровье", "транспорт",      "образование",
                            "орошение", "бедность", "климат",   "торговля", "промышленность", "жильё",
                            "туризм",   "таможня",  "лес",      "рудник",   "пенсия",         "бюджет",
                            "аэропорт", "железная", "хлопок",   "село",     "банк",           "пустыня"};
constexpr Words kUzbekLatin = {"suv",       "energiya",     "raqamli", "sogʻliq", "transport", "taʼlim",
                               "sugʻorish", "kambagʻallik", "iqlim",   "savdo",   "sanoat",    "uy-joy",
                               "turizm",    "bojxona",      "oʻrmon",  "kon",     "pensiya",   "byudjet",
                               "aeroport",  "temiryoʻl",    "paxta",   "qishloq", "bank",      "choʻl"};
constexpr Words kUzbekCyrillic = {"сув",      "энергия",     "рақамли", "соғлиқ", "транспорт", "таълим",
                                  "суғориш",  "камбағаллик", "иқлим",   "савдо",  "саноат",    "уй-жой",
                                  "туризм",   "божхона",     "ўрмон",   "кон",    "пенсия",    "бюджет",
                                  "аэропорт", "темирйўл",    "пахта",   "қишлоқ", "банк",      "чўл"};
constexpr std::array<const Words*, 4> kLanguages = {&kEnglish, &kRussian, &kUzbekLatin, &kUzbekCyrillic};
constexpr std::array<std::string_view, 4> kLanguageNames = {"en", "ru", "uz-Latn", "uz-Cyrl"};
constexpr std::array<std::string_view, 10> kCountries = {"UZ", "KZ", "KR", "EU", "UN", "TR", "CN", "JP", "DE", "US"};
constexpr std::array<std::string_view, 5> kActKinds = {"decree", "resolution", "law", "order", "other"};
constexpr std::array<std::string_view, 4> kCurrencies = {"UZS", "USD", "EUR", "KZT"};
constexpr std::array<std::string_view, 4> kSumKinds = {"grant", "loan", "budget", "pledge"};
constexpr std::array<std::string_view, 3> kProgrammeKinds = {"programme", "project", "strategy"};
constexpr std::uint32_t kTextSize = 440;
constexpr std::uint32_t kLongestChain = 40;

class Csv {
 public:
  Csv(const std::string& path, std::string_view header) : out_(path, std::ios::binary) {
    if (!out_) fail("cannot write " + path);
    out_ << header << '\n';
  }
  struct Field {
    Field(std::uint32_t number) : text(std::to_string(number)) {}
    Field(std::string words) : text(std::move(words)) {}
    Field(std::string_view words) : text(words) {}
    Field(const char* words) : text(words) {}
    std::string text;
  };
  // A list, for its fields are drawn in their order.
  void line(std::initializer_list<Field> fields) {
    const auto* mark = "";
    for (const auto& field : fields) out_ << mark << field.text, mark = ",";
    out_ << '\n';
  }

 private:
  std::ofstream out_;
};

struct Range {
  std::uint32_t first = 0, count = 0;
  std::uint32_t id(std::uint32_t place) const { return first + place; }
};
using Pair = std::pair<std::uint32_t, std::uint32_t>;

class Writer {
 public:
  Writer(std::string folder, std::uint32_t edges, std::uint64_t seed)
      : folder_(std::move(folder)), edges_(edges), random_(seed) {
    std::uint32_t next = 1;
    const auto take = [&next](std::uint32_t count) {
      const Range range{next, std::max(count, 2U)};
      next += range.count;
      return range;
    };
    documents_ = take(edges / 100), acts_ = take(edges / 10), agencies_ = take(edges / 2000), sums_ = take(edges / 16);
    programmes_ = take(edges / 100), partners_ = take(edges / 500), more_ = take(edges / 4000);
    std::filesystem::create_directories(folder_ + "/increment");
  }

  void write() {
    write_documents("documents.csv", documents_);
    write_acts();
    write_bodies();
    write_sums();
    write_mentions("mentions.csv", documents_, edges_ * 2 / 5);
    write_cites();
    write_amends();
    write_issuers();
    write_money();
    write_documents("increment/documents.csv", more_);
    write_mentions("increment/mentions.csv", more_, edges_ / 100);
    write_arguments();
  }

 private:
  Csv csv(std::string_view name, std::string_view header) const { return {folder_ + "/" + std::string(name), header}; }
  template <class List>
  const auto& any(const List& list) {
    return list[random_.below(static_cast<std::uint32_t>(list.size()))];
  }
  std::uint32_t any_of(const Range& range) { return range.id(random_.below(range.count)); }
  std::uint32_t popular(const Range& range) { return range.id(random_.skewed(range.count)); }

  std::size_t language() {
    const auto share = random_.below(100);
    return share < 50 ? 0 : share < 70 ? 1 : share < 85 ? 2 : 3;
  }
  std::string words(std::size_t language, std::uint32_t count) {
    std::string text;
    for (std::uint32_t i = 0; i < count; ++i)
      text.append(text.empty() ? "" : " ").append((*kLanguages[language])[random_.skewed(24)]);
    return text;
  }
  std::string date(std::uint32_t first_year, std::uint32_t years) {
    const auto year = first_year + random_.below(years), month = 1 + random_.below(12), day = 1 + random_.below(28);
    char text[16];
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", year % 10'000, month % 100, day % 100);
    return text;
  }
  static std::string numbered(std::string text, std::uint32_t number) {
    char digits[16];
    std::snprintf(digits, sizeof digits, " %07u", number);
    return std::move(text) + digits;
  }
  std::string passage() {
    std::string text;
    while (text.size() < kTextSize) text.append((*kLanguages[0])[random_.below(24)]).append(" ");
    text.resize(kTextSize, '.');
    return text;
  }

  void write_documents(std::string_view name, const Range& range) {
    auto out = csv(name, "id,title,language,published,text");
    for (std::uint32_t i = 0; i < range.count; ++i) {
      const auto spoken = language();
      out.line(
          {range.id(i), numbered(words(spoken, 4), range.id(i)), kLanguageNames[spoken], date(2000, 25), passage()});
    }
  }
  void write_acts() {
    auto out = csv("acts.csv", "id,number,kind,title,jurisdiction,date,in_force_from,in_force_to");
    for (std::uint32_t i = 0; i < acts_.count; ++i) {
      const auto is_ended = random_.below(10) < 4;
      out.line({acts_.id(i), "PF-" + std::to_string(i), kActKinds[random_.skewed(5)],
                words(language(), 3 + random_.below(6)), kCountries[random_.skewed(10)], date(1995, 30), date(1996, 20),
                is_ended ? date(2016, 12) : std::string()});
    }
  }
  void write_bodies() {
    auto agencies = csv("agencies.csv", "id,name,country");
    for (std::uint32_t i = 0; i < agencies_.count; ++i)
      agencies.line({agencies_.id(i), numbered("Agency of " + words(0, 1), i), kCountries[random_.skewed(10)]});
    auto programmes = csv("programmes.csv", "id,name,kind");
    for (std::uint32_t i = 0; i < programmes_.count; ++i) {
      programme_names_.push_back(numbered(words(language(), 3), i));
      programmes.line({programmes_.id(i), programme_names_.back(), any(kProgrammeKinds)});
    }
    auto partners = csv("partners.csv", "id,name,country");
    for (std::uint32_t i = 0; i < partners_.count; ++i)
      partners.line({partners_.id(i), numbered("Fund of " + words(0, 2), i), kCountries[random_.skewed(10)]});
    auto tree = csv("part_of.csv", "source,target");
    for (std::uint32_t i = 1; i < agencies_.count; ++i) tree.line({agencies_.id(i), agencies_.id(random_.below(i))});
  }
  void write_sums() {
    auto out = csv("fundings.csv", "id,amount,currency,kind,year");
    for (std::uint32_t i = 0; i < sums_.count; ++i)
      out.line({sums_.id(i), money_text(100 + random_.skewed(2'000'000'000)), any(kCurrencies), any(kSumKinds),
                2005 + random_.below(20)});
  }

  Pair span() {
    const auto begins = random_.below(kTextSize - 60);
    return {begins, begins + 10 + random_.below(50)};
  }
  // Every document has a mention, and some have thousands.
  void write_mentions(std::string_view name, const Range& range, std::uint32_t count) {
    auto out = csv(name, "document,act,begins,ends,confidence");
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto document = range.id(i < range.count ? i : random_.leaning(range.count));
      const auto [begins, ends] = span();
      char confidence[8];
      std::snprintf(confidence, sizeof confidence, "0.%02u", (1 + random_.below(99)) % 100);
      out.line({document, popular(acts_), begins, ends, confidence});
    }
  }
  // One in twenty says an edge again; three in ten go where the one cited before goes, which closes triangles.
  void write_cites() {
    auto out = csv("cites.csv", "source,target");
    std::vector<std::uint32_t> first_of(acts_.count, 0);
    Pair last{0, 0};
    for (std::uint32_t i = 0; i < edges_ / 5; ++i) {
      const auto chance = random_.below(100);
      Pair edge{any_of(acts_), popular(acts_)};
      const auto onward = last.second == 0 ? 0 : first_of[last.second - acts_.first];
      if (last.first != 0 && chance < 5)
        edge = last;
      else if (chance < 35 && onward != 0)
        edge = {last.first, onward};
      if (edge.first == edge.second) edge.second = acts_.id((edge.second - acts_.first + 1) % acts_.count);
      auto& first = first_of[edge.first - acts_.first];
      if (first == 0) first = edge.second;
      out.line({edge.first, edge.second});
      cites_.push_back(last = edge);
    }
  }
  // Each act is in one chain at most, so that none is deeper than the longest.
  void write_amends() {
    auto out = csv("amends.csv", "source,target,date");
    std::vector<std::uint32_t> order(acts_.count);
    std::iota(order.begin(), order.end(), 0U);
    for (std::uint32_t i = acts_.count; i > 1; --i) std::swap(order[i - 1], order[random_.below(i)]);
    for (std::uint32_t at = 0; at + 1 < acts_.count && amends_.size() < edges_ * 7 / 100;) {
      const auto length = std::min(1 + random_.skewed(kLongestChain), acts_.count - at - 1);
      for (std::uint32_t i = at; i < at + length; ++i) {
        amends_.emplace_back(acts_.id(order[i + 1]), acts_.id(order[i]));
        if (random_.below(5) == 0)
          amends_.emplace_back(acts_.id(order[i + 1]), acts_.id(order[at + random_.below(i - at + 1)]));
      }
      at += length + 1;
    }
    for (const auto& [source, target] : amends_) out.line({source, target, date(2000, 25)});
  }
  void write_issuers() {
    auto out = csv("issued_by.csv", "source,target");
    for (std::uint32_t i = 0; i < acts_.count; ++i) out.line({acts_.id(i), popular(agencies_)});
  }
  void write_money() {
    auto authorises = csv("authorises.csv", "source,target,document,begins,ends");
    auto funds = csv("funds.csv", "source,target"), provides = csv("provides.csv", "source,target");
    auto partner_in = csv("partner_in.csv", "source,target");
    for (std::uint32_t i = 0; i < sums_.count; ++i) {
      const auto [begins, ends] = span();
      authorises_.emplace_back(popular(acts_), sums_.id(i));
      authorises.line({authorises_.back().first, sums_.id(i), any_of(documents_), begins, ends});
      funds.line({sums_.id(i), popular(programmes_)});
      provides.line({popular(partners_), sums_.id(i)});
      partner_in.line({popular(partners_), any_of(programmes_)});
    }
  }

  void write_arguments() {
    std::ofstream out(folder_ + "/arguments.tsv", std::ios::binary);
    for (int i = 0; i < 200; ++i) {
      out << "point_by_key\ti:" << any_of(acts_) << '\n';
      out << "one_hop\ti:" << any(cites_).first << "\td:" << date(1995, 25) << '\n';
      out << "money_path\ti:" << any(authorises_).first << '\n';
      const auto& known = any(authorises_);
      out << "provenance\ti:" << known.first << "\ti:" << known.second << '\n';
    }
    for (int i = 0; i < 100; ++i) {
      out << "name_exact\ts:" << any(programme_names_) << '\n';
      const auto& name = any(programme_names_);
      out << "name_prefix\ts:" << name.substr(0, name.size() - 1) << '\n';
      out << "closure\ti:" << any(amends_).first << '\n';
    }
    for (std::uint32_t i = 0; i < 20; ++i) {
      out << "full_text\ts:" << kEnglish[23 - i % 7] << "\ts:" << kEnglish[16 - i % 5] << '\n';
      out << "shortest_path\ti:" << any(cites_).first << "\ti:" << any(cites_).second << '\n';
    }
    for (const auto* day : {"2005-06-30", "2012-01-01", "2018-05-17", "2024-12-31"})
      out << "in_force\td:" << day << '\n';
    for (const auto* name : {"most_cited", "optional_sum", "not_exists", "triangles", "three_way", "co_mention",
                             "page_rank", "components", "all_mentions", "mentions_arrow"})
      out << name << '\n';
    out << "money_by_year\ts:USD\n";
    for (int i = 0; i < 200; ++i)
      out << "write_mix\ti:" << any_of(acts_) << "\ts:" << numbered("Written", static_cast<std::uint32_t>(i)) << '\n';
  }

  std::string folder_;
  std::uint32_t edges_;
  Random random_;
  Range documents_, acts_, agencies_, sums_, programmes_, partners_, more_;
  std::vector<std::string> programme_names_;
  std::vector<Pair> cites_, amends_, authorises_;
};

}  // namespace

void write_data(const std::string& folder, std::uint32_t edges, std::uint64_t seed) {
  Writer(folder, edges, seed).write();
}

}  // namespace bench::peers
