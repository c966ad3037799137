// names.* and text.*: what they answer, and what their rows rest on.
#include <gtest/gtest.h>

#include <set>

#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

class Search : public ::testing::Test {
 protected:
  void SetUp() override {
    auto edit = graph.begin();
    add(edit, "fund.txt", "The Aral Sea Trust Fund was established in 2018. It gives grants for drinking water.");
    add(edit, "note.txt", "Water is life. A grant is money.");
    edit.commit();
    query(graph, "CREATE (:Person {name: 'Farkhod Akhmedov'})");  // a document each
    query(graph, "MATCH (p:Person) SET p.bio = 'drinks clean water'");
    query(graph, "CREATE (:Person {name: 'Anvar Sobirov'})");
  }
  static void add(Transaction& edit, const std::string& uri, const std::string& text) {
    SourceDocument source;
    source.uri = source.title = uri;
    source.language = "en";
    edit.add_document(source, std::make_shared<const std::string>(text));
  }
  std::set<std::string> quotes(const std::string& text, std::size_t row = 0, const QueryOptions& options = {}) {
    const auto rows = query(graph, text, {}, options);
    std::set<std::string> out;
    if (row < rows.size()) {
      for (const auto& citation : rows[row].evidence()) out.insert(citation.quote);
    }
    return out;
  }
  using Quotes = std::set<std::string>;
  const std::string kFund = "It gives grants for drinking water.", kNote = "Water is life.";
  Graph graph = open_in_memory(Schema::open());
};

TEST_F(Search, TextCitesItsSentence) {
  const auto rows = query(graph, "CALL text.search('drinking water') YIELD document, node, score, title, quote, line RETURN document, node, score, title, quote, line");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["title"], Value("fund.txt"));
  EXPECT_EQ(rows[0]["quote"], Value(kFund));
  EXPECT_EQ(rows[0]["line"], Value(1));
  EXPECT_TRUE(rows[0]["node"].is_null());
  EXPECT_GT(rows[0]["score"].as_double(), 0);
  ASSERT_EQ(rows[0].evidence().size(), 1U);
  const auto citation = rows[0].evidence()[0];
  EXPECT_EQ(citation.quote, kFund);
  EXPECT_EQ(citation.document.value, static_cast<std::uint64_t>(rows[0]["document"].as_integer()));
  EXPECT_EQ(citation.extractor, "text.search/1");
  EXPECT_FALSE(citation.evidence);
  EXPECT_TRUE(rows[0].evidence_ids().empty());
}

TEST_F(Search, FindsTheSameWhereNobodyLooksAtTheWords) {
  QueryOptions quiet;
  quiet.evidence = false;
  for (const std::string call : {"CALL text.nodes('water OR anvar') YIELD node", "CALL names.prefix('a', 5, 'Person') YIELD node", "CALL names.prefix('', 5) YIELD node"}) {
    const auto full = query(graph, call + (call.find("text") != std::string::npos ? ", quote" : ", name") + " RETURN id(node)");
    const auto lean = query(graph, call + " RETURN id(node)", {}, quiet);
    ASSERT_EQ(lean.size(), full.size()) << call;
    for (std::size_t i = 0; i < lean.size(); ++i) EXPECT_EQ(lean[i][0], full[i][0]) << call;
  }
  const auto scores = query(graph, "CALL text.nodes('water') YIELD node, score RETURN score", {}, quiet);
  const auto all = query(graph, "CALL text.nodes('water') YIELD score, quote RETURN score");
  ASSERT_EQ(scores.size(), 1U);
  EXPECT_EQ(scores[0][0], all[0][0]);
}

TEST_F(Search, ItsCitationsPassThroughEveryClause) {
  const std::string call = "CALL text.search('water') YIELD quote, title ";
  EXPECT_EQ(quotes(call + "RETURN 1 AS one ORDER BY title", 0), Quotes{kFund});
  EXPECT_EQ(quotes(call + "WITH title ORDER BY title SKIP 1 RETURN title"), Quotes{kNote});
  EXPECT_EQ(quotes(call + "RETURN count(*) AS n"), (Quotes{kFund, kNote}));
  EXPECT_EQ(quotes(call + "WITH DISTINCT 1 AS one RETURN one"), (Quotes{kFund, kNote}));
  EXPECT_EQ(quotes("CALL { " + call + "WHERE title = 'note.txt' RETURN title } RETURN title"), Quotes{kNote});
  EXPECT_EQ(quotes("RETURN EXISTS { " + call + "WHERE title = 'fund.txt' RETURN title } AS e"), Quotes{kFund});
  EXPECT_EQ(quotes(call + "RETURN title UNION " + call + "RETURN title", 1).size(), 1U);
  QueryOptions narrow;
  narrow.vector_size = 1;
  EXPECT_EQ(quotes("UNWIND ['life', 'established'] AS word CALL text.search(word) YIELD quote RETURN quote", 1, narrow),
            Quotes{"The Aral Sea Trust Fund was established in 2018."});
  narrow.evidence = false;
  EXPECT_TRUE(quotes(call + "RETURN title", 0, narrow).empty());
}

TEST_F(Search, AWriteKeepsThem) {
  const auto rows = query(graph, "CALL text.search('drinking') YIELD quote CREATE (f:Finding {quote: quote}) SET f.seen = true RETURN f.quote");
  Quotes found;
  for (const auto& citation : rows[0].evidence()) found.insert(citation.extractor == "text.search/1" ? citation.quote : "");
  EXPECT_TRUE(found.contains(kFund));
  EXPECT_FALSE(rows[0].evidence_ids().empty());
}

TEST_F(Search, NamesRestOnTheClaimsThatSayThem) {
  const auto rows = query(graph, "CALL names.similar('Фарход Ахмедов') YIELD node, score, name RETURN node, score, name");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["score"], Value(1.0));
  EXPECT_EQ(rows[0]["name"], Value("Farkhod Akhmedov"));
  EXPECT_EQ(quotes("CALL names.similar('Farhod Ahmedov') YIELD name RETURN name"), Quotes{"CREATE (:Person {name: 'Farkhod Akhmedov'})"});
  EXPECT_EQ(quotes("CALL names.exact('FARKHOD AKHMEDOV') YIELD name RETURN name").size(), 1U);
  EXPECT_EQ(quotes("CALL names.prefix('anvar') YIELD name RETURN name"), Quotes{"CREATE (:Person {name: 'Anvar Sobirov'})"});
  EXPECT_EQ(quotes("CALL text.nodes('clean water') YIELD quote RETURN quote"), Quotes{"MATCH (p:Person) SET p.bio = 'drinks clean water'"});
}

TEST_F(Search, FollowsTheSnapshotItIsAskedOf) {
  const std::string text = "CALL names.prefix('anvar') YIELD node RETURN count(node) AS n";
  const auto before = graph.snapshot();
  EXPECT_EQ(query(graph, text)[0][0], Value(1));
  query(graph, "CREATE (:Person {name: 'Anvar Karimov'})");
  EXPECT_EQ(query(graph, text)[0][0], Value(2));
  EXPECT_EQ(query(before, text)[0][0], Value(1));
  auto edit = graph.begin();
  query(edit, "CREATE (:Person {name: 'Anvar Aliev'})");
  EXPECT_EQ(query(edit, text)[0][0], Value(3));
}

TEST_F(Search, TheCallersOwnComeFirst) {
  auto own = std::make_shared<Procedures>();
  own->add(Procedure("names.exact(text :: STRING) :: (node :: STRING)", [](auto, const auto&) { return ProcedureRows{{Value("mine")}}; }));
  QueryOptions options;
  options.procedures = own;
  EXPECT_EQ(query(graph, "CALL names.exact('x')", {}, options)[0][0], Value("mine"));
  EXPECT_EQ(query(graph, "CALL names.prefix('anvar')", {}, options).size(), 1U);
}

// What a procedure of the caller's names is cited too.
TEST_F(Search, AProcedureMayCite) {
  auto own = std::make_shared<Procedures>();
  own->add(Procedure("first.words() :: (n :: INTEGER)", [](auto, const Snapshot& snapshot) {
    ProcedureAnswer out(ProcedureRows{{Value(1)}, {Value(2)}});
    out.evidence.resize(2);
    out.evidence[1] = {{EvidenceId{1}}, {{snapshot.sources().documents()[0].id, {0, 8}}}};
    return out;
  }));
  own->add(Procedure("wrong() :: (n :: INTEGER)", [](auto, const Snapshot&) {
    ProcedureAnswer out(ProcedureRows{{Value(1)}});
    out.evidence.resize(2);
    return out;
  }));
  QueryOptions options;
  options.procedures = own;
  const auto rows = query(graph, "CALL first.words() YIELD n RETURN n", {}, options);
  EXPECT_TRUE(rows[0].evidence().empty());
  EXPECT_EQ(rows[1].evidence_ids(), std::vector<EvidenceId>{EvidenceId{1}});
  EXPECT_EQ(rows[1].evidence().size(), 2U);
  EXPECT_EQ(rows[1].evidence().back().quote, "The Aral");
  EXPECT_THROW(query(graph, "CALL wrong() YIELD n RETURN n", {}, options), Error);
}

}  // namespace
}  // namespace policygraph::testing
