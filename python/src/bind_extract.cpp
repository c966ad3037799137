// extract: the acts of a text, and recognisers written in Python. These see code points, as Python's strings count; the library counts bytes.
#include "bind_extract.hpp"

#include <algorithm>
#include <optional>

#include "policygraph/extract/extractor.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::python {
namespace {

/// A document while a recogniser looks at it, and what has been found in it.
class HeldView {
 public:
  HeldView(const DocumentView& view, const Extraction& found) : view_(view), found_(found), index_(view.text()) {}

  std::string text() const { return std::string(view_.text()); }
  std::string title() const { return view_.document().source().title; }
  std::string language() const { return view_.document().source().language; }
  std::string uri() const { return view_.document().source().uri; }
  std::vector<std::pair<std::size_t, std::size_t>> sentences() const {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (const auto& sentence : view_.sentences()) out.push_back(code_points(sentence.span));
    return out;
  }
  /// Each as (number, start, end, label, properties).
  py::list found() const {
    py::list out;
    for (std::size_t i = 0; i < found_.mentions.size(); ++i) {
      const auto& mention = found_.mentions[i];
      if (mention.label.empty()) continue;
      py::dict properties;
      for (const auto& property : mention.properties) properties[py::str(property.name)] = py::str(property.value.to_string());
      const auto [start, end] = code_points(mention.span);
      out.append(py::make_tuple(i, start, end, mention.label, properties));
    }
    return out;
  }
  /// Past the end stays past the end: validation says so.
  Span bytes(std::int64_t start, std::int64_t end) const {
    if (start < 0 || end < start) throw Error(ErrorCode::invalid_argument, "a span from " + std::to_string(start) + " to " + std::to_string(end));
    return {byte(start), byte(end)};
  }

 private:
  std::pair<std::size_t, std::size_t> code_points(Span span) const {
    return {index_.code_points_before(span.start), index_.code_points_before(span.end)};
  }
  std::uint32_t byte(std::int64_t point) const {
    const auto size = index_.size();
    const auto wanted = static_cast<std::size_t>(point);
    return static_cast<std::uint32_t>(wanted <= size ? index_.byte_of(wanted) : view_.text().size() + 1);
  }

  const DocumentView& view_;
  const Extraction& found_;
  CodePointIndex index_;
};

Modality modality_of(py::handle proposal) {
  const auto name = proposal.attr("modality").cast<std::string>();
  if (const auto modality = modality_by_name(name)) return *modality;
  throw Error(ErrorCode::invalid_argument, "unknown modality '" + name + "'");
}

Span span_of(const HeldView& view, py::handle proposal) {
  return view.bytes(proposal.attr("start").cast<std::int64_t>(), proposal.attr("end").cast<std::int64_t>());
}

std::vector<ExtractedProperty> extracted_properties(py::handle proposal, Span span) {
  std::vector<ExtractedProperty> out;
  for (auto& [name, value] : properties_of(proposal.attr("properties").cast<py::dict>()))
    out.push_back({std::move(name), std::move(value), span, "", proposal.attr("confidence").cast<float>()});
  return out;
}

/// One look of a recogniser at a document: proposals one after another, mentions before the relations that name them.
class Proposals {
 public:
  Proposals(const HeldView& view, const std::string& extractor, Extraction& out) : view_(view), extractor_(extractor), out_(out) {}

  void take(py::handle proposal) {
    if (py::hasattr(proposal, "label")) take_mention(proposal);
    else take_relation(proposal);
  }

 private:
  void take_mention(py::handle proposal) {
    ExtractedMention mention;
    mention.span = span_of(view_, proposal);
    mention.label = proposal.attr("label").cast<std::string>();
    mention.properties = extracted_properties(proposal, mention.span);
    mention.modality = modality_of(proposal);
    mention.extractor = extractor_;
    mention.confidence = proposal.attr("confidence").cast<float>();
    proposal.attr("_number") = out_.mentions.size();
    out_.mentions.push_back(std::move(mention));
  }

  void take_relation(py::handle proposal) {
    ExtractedRelation relation;
    relation.type = proposal.attr("type").cast<std::string>();
    relation.from = end_of(proposal, "source");
    relation.to = end_of(proposal, "target");
    relation.span = span_of(view_, proposal);
    relation.properties = extracted_properties(proposal, relation.span);
    relation.modality = modality_of(proposal);
    relation.extractor = extractor_;
    relation.confidence = proposal.attr("confidence").cast<float>();
    out_.relations.push_back(std::move(relation));
  }

  static MentionIndex end_of(py::handle proposal, const char* name) {
    const py::object number = proposal.attr(name).attr("_number");
    if (number.is_none()) throw Error(ErrorCode::invalid_argument, "a relation names a mention that was not proposed before it");
    return number.cast<MentionIndex>();
  }

  const HeldView& view_;
  const std::string& extractor_;
  Extraction& out_;
};

/// Runs with the interpreter's lock. What Python raises becomes an Error, which the extractor turns into a diagnostic.
void recognise_in_python(py::handle recognizer, const std::string& name, const DocumentView& view, Extraction& out) {
  const HeldView held(view, out);
  const py::object seen = py::module_::import("policygraph.recognizer").attr("_view")(py::cast(&held, py::return_value_policy::reference));
  Extraction proposed;
  proposed.mentions = out.mentions;  // numbers of mentions go on from those found before
  Proposals proposals(held, name, proposed);
  const auto answer = recognizer.attr("recognise")(seen);
  if (!answer.is_none())
    for (const auto proposal : answer) proposals.take(proposal);
  std::move(proposed.mentions.begin() + static_cast<std::ptrdiff_t>(out.mentions.size()), proposed.mentions.end(), std::back_inserter(out.mentions));
  std::ranges::move(proposed.relations, std::back_inserter(out.relations));
}

/// Code points of the text that was given, whatever was normalised in it.
py::list act_mentions(const Document& document, const Extraction& extraction, std::string_view given) {
  const auto snapshot = open_in_memory().snapshot();
  const CodePointIndex index(given);
  py::list out;
  for (const auto& mention : extraction.mentions) {
    if (mention.label.empty() || !snapshot.schema().is_a(mention.label, "LegalAct")) continue;
    py::dict properties;
    for (const auto& property : mention.properties) properties[py::str(property.name)] = to_python(property.value, snapshot);
    const Span span = document.source_span(mention.span);
    out.append(py::make_tuple(index.code_points_before(span.start), index.code_points_before(span.end), mention.label, properties, mention.confidence));
  }
  return out;
}

/// Each as (start, end, label, properties, confidence), in order.
py::list find_acts(const std::string& text, const std::string& language) {
  static const Extractor extractor;
  DocumentOptions options;
  options.language = language;
  options.encoding = "utf-8";
  std::optional<Document> document;
  Extraction extraction;
  {
    const py::gil_scoped_release unlocked;
    document.emplace(read_document_bytes(text, "text.txt", options));
    extraction = extractor.find_acts(*document);
  }
  return act_mentions(*document, extraction, text);
}

}  // namespace

PythonRecognizer::PythonRecognizer(py::object recognizer) : recognizer_(std::move(recognizer)) {
  const py::object name = recognizer_.attr("name");
  if (!py::isinstance<py::str>(name) || py::len(name) == 0)
    throw Error(ErrorCode::invalid_argument, "a recogniser has a name with a version, such as \"tram-lines/1\"");
  name_ = name.cast<std::string>();
}

PythonRecognizer::~PythonRecognizer() {
  const py::gil_scoped_acquire locked;
  recognizer_ = py::object();
}

void PythonRecognizer::recognise(const DocumentView& view, Extraction& out) const {
  const py::gil_scoped_acquire locked;
  try {
    recognise_in_python(recognizer_, name_, view, out);
  } catch (py::error_already_set& error) {
    const auto text = py::str(error.type().attr("__name__")).cast<std::string>() + ": " + py::str(error.value()).cast<std::string>();
    throw Error(ErrorCode::run, text);
  } catch (const py::cast_error&) {
    throw Error(ErrorCode::invalid_argument, "a proposal is not a Mention or a Relation with fields of the right types");
  }
}

void bind_extract(py::module_& core) {
  py::class_<HeldView>(core, "DocumentView")
      .def_property_readonly("text", &HeldView::text)
      .def_property_readonly("title", &HeldView::title)
      .def_property_readonly("language", &HeldView::language)
      .def_property_readonly("uri", &HeldView::uri)
      .def_property_readonly("sentences", &HeldView::sentences)
      .def_property_readonly("found", &HeldView::found);
  core.def("find_acts", &find_acts, py::arg("text"), py::arg("language"));
}

}  // namespace policygraph::python
