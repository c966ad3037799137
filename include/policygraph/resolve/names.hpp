#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/extract/extractor.hpp"

namespace policygraph::inline v0 {

/// The score from which two names are taken for one thing without asking: the published operating point (docs/quality.md).
inline constexpr double kMergedUnasked = 0.95;
/// The score from which a person is asked.
inline constexpr double kProposed = 0.7;

/// What two names alone say: whether they name one thing.
struct NameVerdict {
  double score = 0;    ///< 0: two things, or it cannot be told
  std::string rule;    ///< "rule:person-name/2"; empty with a score of 0
  std::string reason;  ///< why, or what differs
};

/// Compares names over languages and scripts, by what packs know (packs/names, docs/packs.md): persons by the parts of their names, where
/// one differing given name, patronymic, initial or gender makes two persons of the likest names; bodies, programmes and places by what
/// their words mean, where one differing number, country or word makes two. A body that a pack lists is known by all its names and acronyms.
///
///     policygraph::NameJudge judge;
///     judge.compare("Organization", "Министерство юстиции", "Adliya vazirligi").score;   // 0.99
///     judge.compare("Person", "Karimov A.B.", "Abdulla Botir o‘g‘li Karimov").score;     // 0.95
///     judge.compare("Person", "Gulnora Saidova", "Gulnoza Saidova").score;               // 0
///
/// Immutable and thread-safe; copies share. A comparison costs some microseconds; names are read up to 64 words.
class POLICYGRAPH_EXPORT NameJudge {
 public:
  /// By the packs that are compiled in.
  NameJudge();
  /// Throws Error(format) with file, line and column.
  explicit NameJudge(const Packs& packs);

  /// `label` is that of the things named: Person, Organization, Programme, Place, or one of their descendants in the policy schema. Of any
  /// other label names are one only where they are spelt the same.
  NameVerdict compare(std::string_view label, std::string_view a, std::string_view b) const;

  struct State;  ///< private

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace policygraph::inline v0
