#include "policygraph/query/procedure.hpp"

#include <gtest/gtest.h>

#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

const ProcedureBody kNothing = [](std::span<const Value>, const Snapshot&) { return ProcedureRows(); };

std::string trouble_of(const std::string& signature) {
  try {
    return Procedure(signature, kNothing).signature();
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + " " + error.what();
  }
}

TEST(Procedure, ReadsItsSignature) {
  const Procedure procedure("rates.of( currency::STRING ,year :: INTEGER? )\n:: (rate :: FLOAT, of :: NODE?)", kNothing);
  EXPECT_EQ(procedure.name(), "rates.of");
  ASSERT_EQ(procedure.arguments().size(), 2U);
  EXPECT_EQ(procedure.arguments()[1].name, "year");
  EXPECT_EQ(procedure.arguments()[1].type, ProcedureType::integer);
  EXPECT_TRUE(procedure.arguments()[1].is_nullable);
  EXPECT_FALSE(procedure.arguments()[0].is_nullable);
  EXPECT_EQ(procedure.results()[1].type, ProcedureType::node);
  EXPECT_EQ(procedure.signature(), "rates.of(currency :: STRING, year :: INTEGER?) :: (rate :: FLOAT, of :: NODE?)");
}

TEST(Procedure, SaysWhereASignatureBreaks) {
  EXPECT_EQ(trouble_of("a() :: ()"), "a() :: ()");
  EXPECT_EQ(trouble_of("a(x :: TEXT) :: ()"),
            "format 1:8: signature of a procedure: expected a type: ANY, BOOLEAN, INTEGER, FLOAT, NUMBER, STRING, LIST, MAP, NODE, "
            "RELATIONSHIP or PATH");
  EXPECT_EQ(trouble_of("a(x :: ANY, x :: ANY) :: ()"),
            "format 1:14: signature of a procedure: expected a name other than 'x', which stands twice");
  EXPECT_EQ(trouble_of("a()"), "format 1:4: signature of a procedure: expected '::'");
  EXPECT_EQ(trouble_of("a() :: () x"), "format 1:11: signature of a procedure: expected the end of the signature");
  EXPECT_EQ(trouble_of(""), "format 1:1: signature of a procedure: expected the name of a procedure");
  EXPECT_THROW(Procedure("a() :: ()", nullptr), Error);
  EXPECT_EQ(trouble_of("a(x = 'b' :: STRING?, y = -3 :: INTEGER, z = null :: ANY?, t = true :: BOOLEAN) :: ()"),
            "a(x = 'b' :: STRING?, y = -3 :: INTEGER, z = null :: ANY?, t = true :: BOOLEAN) :: ()");
  EXPECT_EQ(trouble_of("a(x = 1 :: INTEGER, y :: INTEGER) :: ()"), "format 1:23: signature of a procedure: expected '=', as after 'x'");
  EXPECT_EQ(trouble_of("a(x = soon :: ANY) :: ()"),
            "format 1:11: signature of a procedure: expected null, true, false, an integer or a text, not 'soon'");
}

TEST(Procedures, TakeANameOnce) {
  Procedures all;
  all.add(Procedure("b() :: ()", kNothing));
  all.add(Procedure("a() :: ()", kNothing));
  EXPECT_THROW(all.add(Procedure("a(x :: ANY) :: ()", kNothing)), Error);
  ASSERT_EQ(all.all().size(), 2U);
  EXPECT_EQ(all.all()[0]->name(), "a");
  EXPECT_EQ(all.find("c"), nullptr);
}

TEST(Procedures, OutliveThePreparedQuery) {
  auto graph = open_in_memory(Schema::open());
  auto procedures = std::make_shared<Procedures>();
  procedures->add(Procedure("one() :: (n :: INTEGER)", [](std::span<const Value>, const Snapshot&) { return ProcedureRows{{Value(1)}}; }));
  QueryOptions options;
  options.procedures = std::move(procedures);
  const auto prepared = prepare(graph.snapshot(), "CALL one() YIELD n RETURN n", options);
  options.procedures.reset();
  EXPECT_EQ(prepared.run()[0][0], Value(1));
}

// Nodes that a procedure gives bring what they rest on.
TEST(Procedures, BringTheEvidenceOfTheirNodes) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "CREATE (:A {v: 1}), (:B {v: 2})");
  auto procedures = std::make_shared<Procedures>();
  procedures->add(Procedure("all.of(label :: STRING) :: (node :: NODE)", [](std::span<const Value> a, const Snapshot& snapshot) {
    ProcedureRows rows;
    for (const auto row : snapshot.nodes(a[0].as_string())) rows.push_back({Value(snapshot.key(row))});
    return rows;
  }));
  QueryOptions options;
  options.procedures = procedures;
  const auto called = query(graph, "CALL all.of('A') YIELD node RETURN node.v", {}, options);
  const auto matched = query(graph, "MATCH (node:A) RETURN node.v");
  EXPECT_FALSE(called[0].evidence_ids().empty());
  EXPECT_EQ(called[0].evidence_ids(), matched[0].evidence_ids());
}

}  // namespace
}  // namespace policygraph::testing
