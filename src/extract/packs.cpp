#include "extract/packs.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/name_table.hpp"
#include "extract/built_in_packs.hpp"
#include "extract/folding.hpp"
#include "extract/json_tree.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using namespace detail::extract;
using Files = std::map<std::string, std::string>;

constexpr std::string_view kFolder = "packs/";
constexpr std::string_view kNames = "names/";  // what names mean: read by resolve, nothing in a text is sought by it

// Where a file's entries hold, by its path.
struct Scope {
  std::string language;
  std::string jurisdiction;
};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

Scope scope_of(std::string_view file) {
  const std::size_t slash = file.find('/');
  const std::string_view folder = file.substr(0, slash);
  std::string_view rest = slash == std::string_view::npos ? std::string_view() : file.substr(slash + 1);
  if (folder == "jurisdictions") return {"", upper(rest.substr(0, rest.rfind('.')))};
  if (folder != "languages") throw Error(ErrorCode::format, std::string(file) + ": packs lie in languages/, jurisdictions/ or names/");
  const std::size_t end = rest.find('/');
  const std::string_view language = end == std::string_view::npos ? rest.substr(0, rest.rfind('.')) : rest.substr(0, end);
  return {language == "any" ? std::string() : std::string(language), {}};
}

// Whether dates and citations of acts are read by the phrases of a category.
bool is_of_acts(std::string_view category) {
  constexpr std::array<std::string_view, 3> kBeginnings{"act_", "date_", "year_"};
  constexpr std::array<std::string_view, 3> kOthers{"months", "jurisdiction_names", "publication_series"};
  const auto begins = [&](std::string_view beginning) { return category.starts_with(beginning); };
  return std::ranges::any_of(kBeginnings, begins) || std::ranges::find(kOthers, category) != kOthers.end();
}

// The phrases of entries, their steps one after another.
struct Patterns {
  struct Pattern {
    std::uint32_t first = 0, last = 0;  // steps
    EntryIndex entry = 0;
  };

  void add(const std::string& phrase, EntryIndex entry, Vocabulary& vocabulary) {
    const auto first = static_cast<std::uint32_t>(steps.size());
    compile_phrase(phrase, vocabulary, steps);
    all.push_back({first, static_cast<std::uint32_t>(steps.size()), entry});
  }

  std::vector<PhraseStep> steps;
  std::vector<Pattern> all;
};

// Reads one file into the entries.
class FileLoader {
 public:
  FileLoader(Packs::Data& data, Patterns& patterns, Patterns& act_patterns, const std::string& file, const std::string& text)
      : data_(data), patterns_(patterns), act_patterns_(act_patterns), file_(file), text_(text), root_(parse_json(text, file)), scope_(scope_of(file)) {}

  void load() {
    if (root_.kind != JsonNode::Kind::object) refuse("a pack is an object of categories", root_, text_, file_);
    const JsonNode* everywhere = root_.find("everywhere");
    if (everywhere != nullptr && everywhere->text == "true") scope_.language.clear();
    for (auto& [name, node] : root_.children) {
      if (name != "comment" && name != "everywhere") load_category(name, node);
    }
  }

 private:
  [[noreturn]] void fail(std::string_view fault, const JsonNode& node) const { refuse(fault, node, text_, file_); }

  void load_category(const std::string& name, JsonNode& node) {
    const auto made = data_.categories.try_emplace(name, static_cast<CategoryIndex>(data_.categories.size()));
    category_ = made.first->second;
    is_of_acts_ = is_of_acts(name);
    if (node.kind != JsonNode::Kind::array && node.kind != JsonNode::Kind::object) {
      fail("category '" + name + "' is neither a list nor an object", node);
    }
    for (auto& [id, child] : node.children) load_entry(std::move(id), child);
  }

  // Takes the texts of the node.
  void load_entry(std::string id, JsonNode& node) {
    PackEntry entry;
    entry.id = std::move(id);
    entry.category = category_;
    entry.language = scope_.language;
    if (!scope_.jurisdiction.empty()) entry.set_field("jurisdiction", scope_.jurisdiction);
    if (node.kind == JsonNode::Kind::string) {
      entry.phrases.push_back(std::move(node.text));
    } else if (node.kind == JsonNode::Kind::array) {
      load_phrases(node, entry);
    } else if (node.kind == JsonNode::Kind::object) {
      for (auto& [name, child] : node.children) load_field(name, child, entry);
    } else {
      fail("an entry is a string, a list of strings or an object", node);
    }
    if (entry.id.empty() && !entry.phrases.empty()) entry.id = entry.phrases.front();
    if (entry.phrases.empty()) entry.phrases.push_back(entry.id);
    if (entry.id.empty()) fail("an entry without a phrase", node);
    add(std::move(entry), node);
  }

  void load_phrases(JsonNode& list, PackEntry& entry) {
    entry.phrases.reserve(list.children.size());
    for (auto& child : list.children) entry.phrases.push_back(take_string(child.value));
  }

  void load_field(const std::string& name, JsonNode& node, PackEntry& entry) {
    if (name == "phrases") {
      if (node.kind != JsonNode::Kind::array) fail("'phrases' is not a list", node);
      load_phrases(node, entry);
    } else if (name == "phrase") {
      entry.phrases.push_back(take_string(node));
    } else if (name == "id") {
      entry.id = take_string(node);
    } else {
      entry.set_field(name, joined(node));
    }
  }

  std::string joined(const JsonNode& node) const {
    if (node.kind == JsonNode::Kind::object) fail("a field is a string, a number, a boolean or a list of strings", node);
    if (node.kind != JsonNode::Kind::array) return node.text;
    std::string out;
    for (const auto& child : node.children) out += (out.empty() ? "" : "|") + string_of(child.value);
    return out;
  }

  const std::string& string_of(const JsonNode& node) const {
    if (node.kind != JsonNode::Kind::string || node.text.empty()) fail("expected a string that is not empty", node);
    return node.text;
  }

  std::string take_string(JsonNode& node) const {
    string_of(node);
    return std::move(node.text);
  }

  void add(PackEntry entry, const JsonNode& node) {
    const auto index = static_cast<EntryIndex>(data_.entries.size());
    for (const std::string& phrase : entry.phrases) {
      try {
        patterns_.add(phrase, index, data_.phrases.vocabulary);
        if (is_of_acts_) act_patterns_.add(phrase, index, data_.act_phrases.vocabulary);
      } catch (const Error& error) {
        fail(error.text(), node);
      }
    }
    data_.entries.push_back(std::move(entry));
  }

  Packs::Data& data_;
  Patterns& patterns_;
  Patterns& act_patterns_;  // of the same
  const std::string& file_;
  const std::string& text_;
  JsonNode root_;
  Scope scope_;
  CategoryIndex category_ = 0;
  bool is_of_acts_ = false;  // the category
};

// Every language's trie holds its own phrases and those that hold everywhere.
void close(PhraseBook& book, const std::vector<PackEntry>& entries, const Patterns& patterns) {
  book.vocabulary.close();
  book.tries.try_emplace("");
  for (const PackEntry& entry : entries) book.tries.try_emplace(entry.language);
  for (const auto& [first, last, index] : patterns.all) {
    const PackEntry& entry = entries[index];
    const auto steps = std::span(patterns.steps).subspan(first, last - first);
    if (!entry.language.empty()) {
      book.tries.find(entry.language)->second.add(steps, index, entry.category);
      continue;
    }
    for (auto& [language, trie] : book.tries) trie.add(steps, index, entry.category);
  }
  for (auto& [language, trie] : book.tries) trie.close();
}

// "Узбекистан*", "Итали*" as they end a name: "Министерство юстиции (Республики) Узбекистан".
void add_genitives(const PackEntry& entry, const std::string& phrase, CountryNames& countries) {
  if (entry.language != "ru" || !phrase.ends_with('*') || phrase.find(' ') != std::string::npos) return;
  const auto words = folded_words(phrase.substr(0, phrase.size() - 1));
  if (words.empty()) return;
  for (const std::string_view ending : {"", "а", "и", "ии"}) {
    const std::string name = join_words(words, 0, words.size()) + std::string(ending);
    countries.try_emplace(name, entry.id);
    countries.try_emplace("республики " + name, entry.id);
  }
}

void index_entries(Packs::Data& data) {
  data.hashes.resize(data.categories.size());
  for (const auto& [name, number] : data.categories) {
    data.numbers.add(name, number);
    data.hashes[number] = CategoryName::hash_of(name);
  }
  data.by_category.resize(data.categories.size());
  const auto countries = data.categories.find("countries");
  for (EntryIndex i = 0; i < data.entries.size(); ++i) {
    const PackEntry& entry = data.entries[i];
    data.by_category[entry.category].push_back(i);
    if (countries == data.categories.end() || entry.category != countries->second) continue;
    for (const std::string& phrase : entry.phrases) {
      const auto words = folded_words(phrase);
      data.countries.try_emplace(join_words(words, 0, words.size()), entry.id);
      add_genitives(entry, phrase, data.countries);
    }
  }
  if (const auto heads = data.categories.find("definite_heads"); heads != data.categories.end()) {
    for (const EntryIndex i : data.by_category[heads->second]) data.definite_kinds.insert(data.entries[i].id);
  }
  if (const auto heads = data.categories.find("definite_bare"); heads != data.categories.end()) {
    for (const EntryIndex i : data.by_category[heads->second]) {
      if (data.entries[i].field("label") == "Organization") data.definite_kinds.insert(data.entries[i].id);
    }
  }
  const auto put = [&](std::string_view category, std::vector<std::string_view>& out) {
    for (const PackEntry* ending : data.words("en", category)) out.push_back(ending->id);
  };
  put("surname_endings", data.surname_endings);
  put("patronymic_endings", data.patronymic_endings);
  put("no_given_name_endings", data.adjective_endings);
}

std::vector<std::string> folded_phrases(const PackEntry& entry) {
  std::vector<std::string> out;
  for (const std::string& phrase : entry.phrases) out.push_back(fold_word(phrase));
  return out;
}

// The longest ending that fits tells the case.
void add_cases(const PackEntry& entry, CaseGrammar& out) {
  const Role role = role_by_name(entry.id);
  if (role == Role::none) throw Error(ErrorCode::format, "case_endings: '" + entry.id + "' is no role; see Role in extract/case_grammar.hpp");
  for (std::string& text : folded_phrases(entry)) out.cases.push_back({std::move(text), role});
  std::ranges::stable_sort(out.cases, [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
}

std::vector<std::string> parts(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t bar = 0; !list.empty(); list.remove_prefix(std::min(bar + 1, list.size()))) {
    bar = std::min(list.find('|'), list.size());
    out.emplace_back(list.substr(0, bar));
  }
  return out;
}

// "ом>", "ием>ий"
std::vector<PersonCase::Swap> swaps(const PackEntry& entry, std::string_view field) {
  std::vector<PersonCase::Swap> out;
  for (const std::string& one : parts(entry.field(field))) {
    const auto mark = one.find('>');
    if (mark == std::string::npos || mark == 0) throw Error(ErrorCode::format, "person_cases: '" + one + "' is no 'ending>ending'");
    out.push_back({one.substr(0, mark), one.substr(mark + 1)});
  }
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return a.from.size() > b.from.size(); });
  return out;
}

void add_person_case(const PackEntry& entry, CaseGrammar& out) {
  out.persons.push_back({swaps(entry, "given"), swaps(entry, "patronymics"), swaps(entry, "surnames"), swaps(entry, "titled"),
                         parts(entry.field("titles")), parts(entry.field("fixed"))});
}

void build_grammars(Packs::Data& data) {
  const auto each = [&](std::string_view category, auto read) {
    const auto found = data.categories.find(category);
    if (found == data.categories.end()) return;
    for (const EntryIndex index : data.by_category[found->second]) read(data.entries[index], data.grammars[data.entries[index].language]);
  };
  const auto put = [](std::vector<std::string> CaseGrammar::* list) {
    return [list](const PackEntry& entry, CaseGrammar& out) {
      for (std::string& text : folded_phrases(entry)) (out.*list).push_back(std::move(text));
    };
  };
  each("case_grammar", [](const PackEntry& entry, CaseGrammar& out) { out.is_head_last = entry.id == "head_last"; });
  each("case_endings", add_cases);
  each("person_cases", add_person_case);
  each("genitive_endings", put(&CaseGrammar::genitives));
  each("verb_endings", put(&CaseGrammar::verbs));
  each("verb_ending_nouns", put(&CaseGrammar::nouns));
  each("name_modifier_endings", put(&CaseGrammar::modifiers));
  each("place_adjective_endings", put(&CaseGrammar::places));
}

std::shared_ptr<const Packs::Data> build(Files files) {
  auto data = std::make_shared<Packs::Data>();
  data->files = std::move(files);
  Patterns patterns, act_patterns;
  for (const auto& [file, text] : data->files) {
    if (file.starts_with(kNames)) continue;
    FileLoader(*data, patterns, act_patterns, file, text).load();
  }
  index_entries(*data);
  build_grammars(*data);
  close(data->phrases, data->entries, patterns);
  close(data->act_phrases, data->entries, act_patterns);
  return data;
}

Files built_in_files() {
  Files out;
  for (const auto& file : built_in_packs()) out.emplace(file.path.substr(kFolder.size()), file.text);
  return out;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) throw Error(ErrorCode::io, "cannot read pack '" + path.string() + "'");
  return out.str();
}

}  // namespace

namespace detail::extract {

std::string_view PackEntry::field(std::string_view name) const noexcept {
  for (const auto& [known, value] : fields) {
    if (base::are_same_names(known, name)) return value;
  }
  return {};
}

const PhraseTrie& PhraseBook::trie(std::string_view language) const noexcept {
  const auto found = tries.find(language);
  return found == tries.end() ? tries.find("")->second : found->second;
}

void PackEntry::set_field(std::string_view name, std::string value) {
  for (auto& [known, text] : fields) {
    if (known != name) continue;
    text = std::move(value);
    return;
  }
  fields.emplace_back(name, std::move(value));
}

}  // namespace detail::extract

std::vector<const PackEntry*> Packs::Data::words(std::string_view language, std::string_view category) const {
  std::vector<const PackEntry*> out;
  const auto found = categories.find(category);
  if (found == categories.end()) return out;
  for (const EntryIndex index : by_category[found->second]) {
    const PackEntry& entry = entries[index];
    if (entry.language.empty() || entry.language == language) out.push_back(&entry);
  }
  return out;
}

const CaseGrammar* Packs::Data::grammar(std::string_view language) const noexcept {
  const auto found = grammars.find(language);
  return found == grammars.end() ? nullptr : &found->second;
}

Packs::Packs(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}

const Packs& Packs::built_in() {
  static const Packs packs(build(built_in_files()));
  return packs;
}

Packs Packs::load(const std::string& folder) {
  namespace fs = std::filesystem;
  if (!fs::is_directory(folder)) throw Error(ErrorCode::not_found, "no folder of packs '" + folder + "'");
  Files files = built_in_files();
  for (const auto& found : fs::recursive_directory_iterator(folder)) {
    if (!found.is_regular_file() || found.path().extension() != ".json") continue;
    files[found.path().lexically_relative(folder).generic_string()] = read_file(found.path());
  }
  return Packs(build(std::move(files)));
}

Packs Packs::from_json(const std::map<std::string, std::string>& files) { return Packs(build(files)); }

std::vector<std::string> Packs::names() const {
  std::vector<std::string> out;
  for (const auto& file : data_->files) out.push_back(file.first);
  return out;
}

}  // namespace policygraph::inline v0
