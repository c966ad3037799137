#include <algorithm>

#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who said what is quoted: the person or body at the verb of saying nearest to the quotation.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReach = 8;  // tokens between the quotation and its verb

class Statements {
 public:
  explicit Statements(Scene& scene) : scene_(scene) {}

  void run() {
    for (MentionIndex i = 0; i < scene_.out().mentions.size(); ++i) {
      if (scene_.mention(i).label == "Statement") read(i);
    }
  }

 private:
  void read(MentionIndex statement) {
    const DocumentView& view = scene_.reading().view();
    const Span span = scene_.mention(statement).span;
    const std::uint32_t end = view.token_at(span.end), start = view.token_at(span.start);
    if (!behind(statement, end)) in_front(statement, start);
  }

  const Clause* clause_at(std::uint32_t token) const {
    const DocumentView& view = scene_.reading().view();
    if (token >= view.tokens().size()) return nullptr;
    const Sentence* sentence = view.sentence_at(view.tokens()[token].span.start);
    return sentence == nullptr ? nullptr : &scene_.clauses()[static_cast<std::size_t>(sentence - view.sentences().data())];
  }

  bool link(const Clause& clause, MentionIndex statement, const Thing* speaker, const PhraseMatch& verb) {
    if (speaker == nullptr) return false;
    scene_.add(clause, {"SAID", speaker->mention, statement, verb.first, verb.last, Modality::unknown, 0.85F, "said/1"});
    return true;
  }

  // “...,” said X, the head of Y.  “...,” X said.
  bool behind(MentionIndex statement, std::uint32_t end) {
    const Clause* clause = clause_at(end);
    if (clause == nullptr) return false;
    const PhraseMatch* verb = scene_.cue_in(*clause, "cue_said", end, std::min(clause->last, end + kReach));
    if (verb == nullptr) return false;
    const Thing* speaker = scene_.after(*clause, verb->last, Root::person, 8);
    if (speaker == nullptr) speaker = scene_.before(*clause, verb->first, Root::person | Root::organization, 4);
    if (speaker == nullptr) speaker = scene_.after(*clause, verb->last, Root::organization, 3);
    if (speaker == nullptr) speaker = scene_.topic(*clause, Root::person, 1);
    return link(*clause, statement, speaker, *verb);
  }

  // X said: “...”
  void in_front(MentionIndex statement, std::uint32_t start) {
    const Clause* clause = start == 0 ? nullptr : clause_at(start);
    if (clause == nullptr || start <= clause->first) return;
    const std::uint32_t from = std::max(clause->first, start > kReach * 2 ? start - kReach * 2 : 0);
    const PhraseMatch* verb = scene_.cue_in(*clause, "cue_said", from, start);
    if (verb != nullptr) link(*clause, statement, scene_.before(*clause, verb->first, Root::person | Root::organization, 12), *verb);
  }

  Scene& scene_;
};

}  // namespace

void relate_statements(Scene& scene) { Statements(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
