#include "policygraph/query/questions.hpp"

#include <algorithm>

#include "model/suggestion.hpp"
#include "query/question_files.hpp"
#include "query/rows_data.hpp"
#include "query/syntax/ast.hpp"

// The head of a file: `// title: ...`, `// parameter name: ...` (`name?`: it may be left out), `// sentence: ...`; then the two queries
// below `// answer` and `// candidates`.
namespace policygraph::inline v0 {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

class QuestionReader {
 public:
  QuestionReader(std::string_view name, std::string_view text) : text_(text) { out_.name = name; }

  Question run() {
    while (at_ < text_.size()) {
      start_ = at_;
      const auto end = std::min(text_.find('\n', at_), text_.size());
      const auto line = text_.substr(at_, end - at_);
      at_ = end + 1;
      if (line.starts_with("//")) {
        read_head(trimmed(line.substr(2)));
      } else if (query_ != nullptr) {
        query_->append(line).append("\n");
      } else if (!trimmed(line).empty()) {
        fail("text before '// answer'");
      }
    }
    check();
    return std::move(out_);
  }

 private:
  [[noreturn]] void fail(std::string text) const { throw Error(ErrorCode::format, std::move(text), place_in(text_, start_)); }

  void read_head(std::string_view line) {
    if (line == "answer" || line == "candidates") {
      query_ = line == "answer" ? &out_.answer : &out_.candidates;
      return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) fail("expected 'title:', 'parameter name:', 'sentence:', 'answer' or 'candidates'");
    const auto key = trimmed(line.substr(0, colon));
    const auto value = std::string(trimmed(line.substr(colon + 1)));
    if (key == "title") {
      out_.title = value;
    } else if (key == "sentence") {
      out_.sentence = value;
    } else if (key.starts_with("parameter ")) {
      auto name = std::string(trimmed(key.substr(10)));
      const bool is_required = !name.ends_with('?');
      if (!is_required) name.pop_back();
      out_.parameters.push_back({std::move(name), value, is_required});
    } else {
      fail("unknown entry '" + std::string(key) + "'; there are title, parameter, sentence, answer and candidates");
    }
  }

  void check() {
    start_ = 0;
    if (out_.title.empty()) fail("the question has no title");
    if (trimmed(out_.answer).empty()) fail("the question has no answer query");
    if (trimmed(out_.candidates).empty()) fail("the question has no candidates query");
    out_.answer = std::string(trimmed(out_.answer)) + "\n";
    out_.candidates = std::string(trimmed(out_.candidates)) + "\n";
  }

  std::string_view text_;
  std::size_t at_ = 0, start_ = 0;
  std::string* query_ = nullptr;
  Question out_;
};

std::vector<Question> read_all() {
  std::vector<Question> out;
  for (const auto& file : detail::query::question_files()) {
    auto name = file.path.substr(file.path.rfind('/') + 1);
    name = name.substr(0, name.rfind('.'));
    out.push_back(parse_question(name, file.text));
  }
  std::sort(out.begin(), out.end(), [](const Question& a, const Question& b) { return a.name < b.name; });
  return out;
}

std::string names_of(const std::vector<Question>& all) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : ", ") + one.name;
  return text;
}

void check_parameters(const Question& question, const Parameters& given) {
  std::vector<std::string_view> names;
  for (const auto& parameter : question.parameters) {
    names.push_back(parameter.name);
    if (parameter.is_required && given.find(parameter.name) == given.end()) {
      throw Error(ErrorCode::invalid_argument, question.name + " needs the parameter '" + parameter.name + "': " + parameter.description);
    }
  }
  for (const auto& [name, value] : given) {
    if (std::ranges::find(names, name) == names.end()) {
      throw Error(ErrorCode::invalid_argument, question.name + " has no parameter '" + name + "'" + detail::model::did_you_mean(name, names));
    }
    if (value.is_null() || value.kind() == ValueKind::string) continue;
    throw Error(ErrorCode::invalid_argument, "the parameter '" + name + "' of " + question.name + " is a name, a text, not " + value.to_string());
  }
}

// Those that the text uses; what was left out is null.
Parameters used(std::string_view text, const Parameters& given) {
  Parameters out;
  const auto syntax = detail::query::parse(text);
  for (const auto& e : syntax.expressions) {
    if (e.kind != detail::query::ExpressionKind::parameter) continue;
    const auto found = given.find(e.name);
    out[e.name] = found == given.end() ? Value() : found->second;
  }
  return out;
}

bool is_given(const Parameters& given, const std::string& name) {
  const auto found = given.find(name);
  return found != given.end() && !found->second.is_null();
}

std::string shown(const Value& value) {
  switch (value.kind()) {
    case ValueKind::string: return value.as_string();
    case ValueKind::decimal: return value.as_decimal().to_string();
    case ValueKind::partial_date: return value.as_partial_date().to_string();
    case ValueKind::date: return to_string(value.as_date());
    case ValueKind::list: {
      std::string out;
      for (const auto& item : value.as_list()) out += (out.empty() ? "" : ", ") + shown(item);
      return out;
    }
    case ValueKind::null: return "";
    default: return value.to_string();
  }
}

// {column} is its value; a [part] whose columns are all empty is left out.
std::string sentence_of(const Question& question, const Row& row, const std::vector<std::string>& columns) {
  std::string out, part;
  bool is_optional = false, has_value = false;
  for (std::size_t i = 0; i < question.sentence.size(); ++i) {
    const char c = question.sentence[i];
    auto& to = is_optional ? part : out;
    if (c == '[') {
      is_optional = true;
      has_value = false;
      part.clear();
    } else if (c == ']') {
      is_optional = false;
      if (has_value) out += part;
    } else if (c == '{') {
      const auto end = std::min(question.sentence.find('}', i), question.sentence.size());
      const auto name = question.sentence.substr(i + 1, end - i - 1);
      const auto found = std::find(columns.begin(), columns.end(), name);
      const auto text = found == columns.end() ? std::string() : shown(row[static_cast<std::size_t>(found - columns.begin())]);
      has_value = has_value || !text.empty();
      to += text.empty() && !is_optional ? "(unknown)" : text;
      i = end;
    } else {
      to += c;
    }
  }
  return out;
}

}  // namespace

Question parse_question(std::string_view name, std::string_view text) { return QuestionReader(name, text).run(); }

const std::vector<Question>& questions() {
  static const auto all = read_all();
  return all;
}

const Question& question(std::string_view name) {
  const auto& all = questions();
  if (const auto found = std::ranges::find(all, name, &Question::name); found != all.end()) return *found;
  const auto hint = detail::model::did_you_mean(name, all, &Question::name);
  throw Error(ErrorCode::not_found, "no question is called '" + std::string(name) + "'" + (hint.empty() ? "; there are: " + names_of(all) : hint));
}

std::string fitted(std::string_view query, const Parameters& given) {
  namespace engine = detail::query;
  std::string out(query);
  const auto syntax = engine::parse(query);
  for (const auto& e : syntax.expressions) {
    if (e.kind != engine::ExpressionKind::unary || (e.op != engine::Operation::is_null && e.op != engine::Operation::is_not_null)) continue;
    const auto& tested = syntax.expressions[e.children[0]];
    if (tested.kind != engine::ExpressionKind::parameter) continue;
    const bool holds = is_given(given, tested.name) == (e.op == engine::Operation::is_not_null);
    auto text = std::string(holds ? "true" : "false");
    text.resize(e.span.size(), ' ');
    out.replace(e.span.start, e.span.size(), text);
  }
  return out;
}

Answer ask(const Snapshot& snapshot, std::string_view name, const Parameters& parameters, const QueryOptions& options) {
  const auto& asked = question(name);
  check_parameters(asked, parameters);
  const auto rows_of = [&](const std::string& text) {
    const auto fit = fitted(text, parameters);
    return query(snapshot, fit, used(fit, parameters), options);
  };
  auto rows = rows_of(asked.answer);
  auto candidates = rows.empty() ? rows_of(asked.candidates) : Rows(std::make_shared<const Rows::Data>(snapshot));
  Answer answer{&asked, std::move(rows), std::move(candidates), {}};
  for (const auto& row : answer.rows) answer.sentences.push_back(sentence_of(asked, row, answer.rows.columns()));
  return answer;
}

}  // namespace policygraph::inline v0
