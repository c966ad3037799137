// Records in an image: what few of them have and what has gaps in memory goes as values, the rest as arrays.
#include <utility>

#include "graph/claim_table.hpp"
#include "graph/history.hpp"
#include "graph/record_tables.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void write_shape(ImageOut& out, const ClaimShape& shape) {
  out.number(shape.name);
  out.number(shape.confidence);
  out.number(shape.kind);
  out.number(shape.modality);
  out.number(shape.rank);
  out.number(shape.review);
  out.number(shape.form);
  out.number(shape.scale);
  for (const bool flag : {shape.has_subject, shape.has_object, shape.has_edge, shape.has_list, shape.has_details})
    out.number(static_cast<std::uint8_t>(flag));
}

ClaimShape read_shape(ImageIn& in) {
  ClaimShape shape;
  shape.name = in.small();
  shape.confidence = in.number<float>();
  shape.kind = in.number<ClaimKind>();
  shape.modality = in.number<Modality>();
  shape.rank = in.number<Rank>();
  shape.review = in.number<Review>();
  shape.form = in.number<ValueForm>();
  shape.scale = in.number<std::uint8_t>();
  for (auto* flag : {&shape.has_subject, &shape.has_object, &shape.has_edge, &shape.has_list, &shape.has_details}) *flag = in.flag();
  return shape;
}

template <class T, class Write>
void write_all(ImageOut& out, const std::vector<T>& items, Write write) {
  out.number(std::uint64_t{items.size()});
  for (const auto& item : items) write(item);
}

template <class T, class Read>
void read_all(ImageIn& in, std::vector<T>& items, Read read) {
  items.reserve(in.count());
  for (auto left = items.capacity(); left > 0; --left) items.push_back(read());
}

void write_document(ImageOut& out, const SourceDocument& document) {
  out.number(document.id.value);
  out.number(document.kind);
  for (const auto* text : {&document.title, &document.uri, &document.publisher, &document.language, &document.sha256}) out.text(*text);
  out.value(document.published);
  out.number(document.tier);
  out.number(static_cast<std::uint8_t>(document.is_redacted));
  out.number(static_cast<std::uint8_t>(document.has_text));
}

SourceDocument read_document(ImageIn& in) {
  SourceDocument document;
  document.id.value = in.number<std::uint64_t>();
  document.kind = in.number<SourceDocument::Kind>();
  for (auto* text : {&document.title, &document.uri, &document.publisher, &document.language, &document.sha256}) *text = in.text();
  document.published = in.value().as_partial_date();
  document.tier = in.number<SourceTier>();
  document.is_redacted = in.flag();
  document.has_text = in.flag();
  return document;
}

void write_judgement(ImageOut& out, const Judgement& judgement) {
  out.number(judgement.id.value);
  out.number(judgement.kind);
  out.number(judgement.a.value);
  out.number(judgement.b.value);
  out.text(judgement.by);
  out.number(judgement.score);
  out.text(judgement.reason);
  out.number(judgement.recorded_from.value);
  out.number(judgement.recorded_to.value);
}

Judgement read_judgement(ImageIn& in) {
  Judgement judgement;
  judgement.id.value = in.number<std::uint64_t>();
  judgement.kind = in.number<JudgementKind>();
  judgement.a.value = in.number<std::uint64_t>();
  judgement.b.value = in.number<std::uint64_t>();
  judgement.by = in.text();
  judgement.score = in.number<double>();
  judgement.reason = in.text();
  judgement.recorded_from.value = in.number<std::uint64_t>();
  judgement.recorded_to.value = in.number<std::uint64_t>();
  return judgement;
}

template <class IdType>
void write_ids(ImageOut& out, const std::vector<IdType>& ids) {
  write_all(out, ids, [&](IdType id) { out.number(id.value); });
}
template <class IdType>
void read_ids(ImageIn& in, std::vector<IdType>& ids) {
  read_all(in, ids, [&] { return IdType{in.number<std::uint64_t>()}; });
}

void write_finding(ImageOut& out, const Finding& finding) {
  out.text(finding.code);
  out.number(finding.severity);
  out.text(finding.explanation);
  write_ids(out, finding.nodes);
  write_ids(out, finding.evidence);
}

Finding read_finding(ImageIn& in) {
  Finding finding;
  finding.code = in.text();
  finding.severity = in.number<Severity>();
  finding.explanation = in.text();
  read_ids(in, finding.nodes);
  read_ids(in, finding.evidence);
  return finding;
}

void write_run(ImageOut& out, const Run& run) {
  out.number(run.id.value);
  out.text(run.program);
  out.text(run.options);
  out.number(run.commit.value);
}

Run read_run(ImageIn& in) {
  Run run;
  run.id.value = in.number<std::uint64_t>();
  run.program = in.text();
  run.options = in.text();
  run.commit.value = in.number<std::uint64_t>();
  return run;
}

void write_log(ImageOut& out, const History::Log& log) {
  out.number(std::uint64_t{log.part});
  out.number(log.first_judgement);
  write_all(out, *log.judgements, [&](const Judgement& judgement) { write_judgement(out, judgement); });
  write_all(out, log.findings, [&](const Finding& finding) { write_finding(out, finding); });
  write_all(out, log.runs, [&](const Run& run) { write_run(out, run); });
}

History::Log read_log(ImageIn& in) {
  History::Log log;
  log.part = static_cast<std::size_t>(in.number<std::uint64_t>());
  log.first_judgement = in.number<std::uint64_t>();
  std::vector<Judgement> judgements;
  read_all(in, judgements, [&] { return read_judgement(in); });
  log.judgements = std::make_shared<const std::vector<Judgement>>(std::move(judgements));
  read_all(in, log.findings, [&] { return read_finding(in); });
  read_all(in, log.runs, [&] { return read_run(in); });
  return log;
}

}  // namespace

// ---- claims

void ClaimTable::write(ImageOut& out) const {
  out.later([&] {
    for (const auto* column : {&shape_, &subject_, &object_, &edge_, &value_, &evidence_, &commit_}) column->write(out);
    write_odd(out);
  });
  ids_.write(out);
}

void ClaimTable::write_odd(ImageOut& out) const {
  out.number(std::uint64_t{shapes_.size()});
  for (std::size_t i = 0; i < shapes_.size(); ++i) write_shape(out, shapes_[i]);
  write_all(out, lists_, [&](std::uint32_t id) { out.number(id); });
  write_all(out, integers_, [&](std::int64_t value) { out.number(value); });
  write_all(out, decimals_, [&](const Decimal& value) { out.value(value); });
  write_all(out, floats_, [&](double value) { out.number(value); });
  write_all(out, others_, [&](const Value& value) { out.value(value); });
  write_all(out, details_, [&](const Details& details) {
    out.number(details.place);
    out.value(details.valid_from);
    out.value(details.valid_to);
    out.number(details.attributed_to.value);
    out.number(details.recorded_to.value);
  });
}

std::shared_ptr<const ClaimTable> ClaimTable::read(ImageIn& in, std::shared_ptr<StringTable> strings) {
  auto table = std::make_shared<ClaimTable>(std::move(strings));
  table->later_ = LaterPart(in.later());
  table->ids_.read(in);
  return table;
}

void ClaimTable::read_rest(ImageIn& in) {
  for (auto* column : {&shape_, &subject_, &object_, &edge_, &value_, &evidence_, &commit_}) column->read(in);
  for (auto left = in.count(); left > 0; --left) shapes_.push_back(read_shape(in));
  read_all(in, lists_, [&] { return in.small(); });
  read_all(in, integers_, [&] { return in.number<std::int64_t>(); });
  read_all(in, decimals_, [&] { return in.value().as_decimal(); });
  read_all(in, floats_, [&] { return in.number<double>(); });
  read_all(in, others_, [&] { return in.value(); });
  read_all(in, details_, [&] {
    Details details;
    details.place = in.small();
    details.valid_from = in.value().as_partial_date();
    details.valid_to = in.value().as_partial_date();
    details.attributed_to.value = in.number<std::uint64_t>();
    details.recorded_to.value = in.number<std::uint64_t>();
    return details;
  });
  ids_.need(*in.image());
}

// ---- evidence, mentions

void EvidenceTable::write(ImageOut& out) const {
  out.later([&] {
    for (const auto* column : {&document_, &start_, &length_, &finder_}) column->write(out);
    write_all(out, finders_, [&](const Finder& finder) {
      out.number(finder.extractor);
      out.number(finder.confidence);
    });
  });
  ids_.write(out);
}

std::shared_ptr<const EvidenceTable> EvidenceTable::read(ImageIn& in, std::shared_ptr<StringTable> strings) {
  auto table = std::make_shared<EvidenceTable>(std::move(strings));
  table->later_ = LaterPart(in.later());
  table->ids_.read(in);
  return table;
}

void EvidenceTable::read_rest(ImageIn& in) {
  for (auto* column : {&document_, &start_, &length_, &finder_}) column->read(in);
  read_all(in, finders_, [&] {
    const auto extractor = in.small();
    return Finder{extractor, in.number<float>()};
  });
  ids_.need(*in.image());
}

void MentionTable::write(ImageOut& out) const {
  out.later([&] {
    for (const auto* column : {&type_, &surface_, &evidence_, &part_}) column->write(out);
  });
  key_.write(out);
}

std::shared_ptr<const MentionTable> MentionTable::read(ImageIn& in, std::shared_ptr<StringTable> strings) {
  auto table = std::make_shared<MentionTable>(std::move(strings));
  table->later_ = LaterPart(in.later());
  table->key_.read(in);
  return table;
}

void MentionTable::read_rest(ImageIn& in) {
  for (auto* column : {&type_, &surface_, &evidence_, &part_}) column->read(in);
  key_.need(*in.image());
}

// ---- history

void Documents::write(ImageOut& out) const {
  std::vector<const DocumentVersion*> all;
  visit([&](const DocumentVersion& version) { all.push_back(&version); });
  out.later([&] {
    write_all(out, all, [&](const DocumentVersion* version) {
      write_document(out, version->document);
      out.number(std::uint64_t{version->since});
    });
  });
}

void Documents::read(ImageIn& in) { kept_ = std::make_shared<const Kept>(in.later()); }

void Documents::Kept::read(ImageIn& in) const {
  read_all(in, all_, [&] {
    auto document = read_document(in);
    return DocumentVersion{std::move(document), static_cast<std::size_t>(in.number<std::uint64_t>())};
  });
}

void IdSet::write(ImageOut& out) const {
  std::vector<std::uint64_t> words(static_cast<std::size_t>(size_));
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = words_[i];
  out.array(words);
}

void IdSet::read(ImageIn& in) {
  const auto words = in.array<std::uint64_t>();
  in.image()->need(words);
  size_ = words.size();
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] != 0) words_.set(i, words[i], 0);
}

void History::write(ImageOut& out) const {
  strings_->write(out);
  claims_.write(out);
  evidence_.write(out);
  mentions_.write(out);
  write_all(out, logs_, [&](const auto& log) { write_log(out, *log); });
  out.number(std::uint64_t{part_count_});
  documents_.write(out);
  withdrawn_.write(out);
  withdrawn_judgements_.write(out);
  const auto& c = counters_;
  for (const auto last : {c.commit, c.document, c.evidence, c.node, c.edge, c.assertion, c.judgement, c.run}) out.number(last);
}

History History::read(ImageIn& in) {
  History history;
  history.strings_ = std::make_shared<StringTable>(in);
  history.claims_.read(in, history.strings_);
  history.evidence_.read(in, history.strings_);
  history.mentions_.read(in, history.strings_);
  read_all(in, history.logs_, [&] { return std::make_shared<const Log>(read_log(in)); });
  history.part_count_ = static_cast<std::size_t>(in.number<std::uint64_t>());
  history.documents_.read(in);
  history.withdrawn_.read(in);
  history.withdrawn_judgements_.read(in);
  auto& c = history.counters_;
  for (auto* last : {&c.commit, &c.document, &c.evidence, &c.node, &c.edge, &c.assertion, &c.judgement, &c.run})
    *last = in.number<std::uint64_t>();
  return history;
}

}  // namespace policygraph::inline v0::detail::graph
