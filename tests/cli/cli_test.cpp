#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <thread>

namespace {

namespace fs = std::filesystem;

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

pid_t start(std::vector<std::string> arguments, const fs::path& out, const fs::path& err) {
  arguments.insert(arguments.begin(), POLICYGRAPH_PROGRAM);
  const pid_t child = fork();
  if (child != 0) return child;
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  if (std::freopen(out.c_str(), "w", stdout) == nullptr || std::freopen(err.c_str(), "w", stderr) == nullptr) _exit(126);
  execv(pointers[0], pointers.data());
  _exit(127);
}

int finish(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

class Cli : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("policygraph_cli_" + std::to_string(getpid()));
    fs::create_directories(folder_ / "documents");
    write("documents/decree.txt", "Presidential Decree No. PF-6079 dated October 5, 2020 approved the strategy.\n");
    write("documents/empty.txt", "");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }

  Outcome run(const std::vector<std::string>& arguments) const {
    Outcome outcome;
    outcome.code = finish(start(arguments, folder_ / "out", folder_ / "err"));
    outcome.out = read(folder_ / "out");
    outcome.err = read(folder_ / "err");
    return outcome;
  }
  std::string ingested() const {
    const auto file = at("graph.json");
    EXPECT_EQ(run({"ingest", at("documents"), "-o", file}).code, 0);
    return file;
  }

  fs::path folder_;
};

TEST_F(Cli, HelpAndVersionSucceed) {
  EXPECT_EQ(run({"--help"}).code, 0);
  EXPECT_EQ(run({"--version"}).out, "policygraph 0.1.0\n");
  for (const auto* command : {"ingest", "import", "query", "ask", "export", "verify", "explain", "schema", "check", "backup", "history", "diff", "salvage", "redact", "remove", "show", "audit", "review"}) EXPECT_EQ(run({command, "--help"}).code, 0) << command;
}

TEST_F(Cli, AWrongCommandLineIsTwo) {
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"guess"}).code, 2);
  EXPECT_EQ(run({"ingest"}).code, 2);
  EXPECT_EQ(run({"query", "x.json", "RETURN 1", "--format", "yaml"}).code, 2);
  EXPECT_EQ(run({"query", ingested(), "RETURN 1", "--param", "novalue"}).code, 2);
  const auto unknown = run({"ask", "acts_that_found", ingested()});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("acts_that_fund"), std::string::npos);
}

TEST_F(Cli, AnswersWithTheWordsItRestsOn) {
  const auto file = ingested();
  const auto table = run({"query", file, "MATCH (a:LegalAct) RETURN a.number AS number", "--cite"});
  EXPECT_EQ(table.code, 0);
  EXPECT_NE(table.out.find("PF-6079"), std::string::npos);
  EXPECT_NE(table.out.find("[1] “"), std::string::npos);
  EXPECT_EQ(table.err, "");
  const auto csv = run({"query", file, "MATCH (a:LegalAct) WHERE a.number = $n RETURN a.number AS number", "--param", "n=PF-6079", "--format", "csv"});
  EXPECT_EQ(csv.out, "number\r\nPF-6079\r\n");
  const auto json = run({"query", file, "RETURN $a + 1 AS b, $c AS c", "--param", "a=1", "--param", "c='1'", "--format", "json", "--no-evidence"});
  EXPECT_NE(json.out.find("\"b\":2"), std::string::npos) << json.out;
  EXPECT_NE(json.out.find("\"c\":\"1\""), std::string::npos) << json.out;
}

TEST_F(Cli, SaysWhereReadingStopped) {
  write("documents/laws.txt", "Law No. 1 of May 5, 2020.\n\nLaw No. 2 of May 6, 2020.\n");
  const auto result = run({"ingest", at("documents"), "-o", at("few.json"), "--max-mentions", "2"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.err.find("(line 3) of"), std::string::npos) << result.err;
  EXPECT_EQ(run({"ingest", at("documents"), "-o", at("few.json"), "--max-mentions", "-1"}).code, 2);
  EXPECT_EQ(run({"ingest", at("documents"), "-o", at("few.json"), "--max-mentions", "99999999999999999999"}).code, 2);
}

TEST_F(Cli, WritesOverNothingThatIsReadOrAnothers) {
  const auto source = at("documents/decree.txt");
  const auto text = read(source);
  for (const auto& input : {source, at("documents")}) EXPECT_EQ(run({"ingest", input, "-o", source}).code, 2) << input;
  write("rows.csv", "name\na\n");
  EXPECT_EQ(run({"import", at("rows.csv"), "-o", at("rows.csv"), "--schema", "open", "--nodes", "City"}).code, 2);
  write("diary.json", "Dear diary");
  EXPECT_EQ(run({"ingest", source, "-o", at("diary.json")}).code, 2);
  EXPECT_EQ(read(source), text);
  EXPECT_EQ(read(folder_ / "rows.csv"), "name\na\n");
  EXPECT_EQ(read(folder_ / "diary.json"), "Dear diary");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", ingested()}).code, 0) << "a graph of before is written over";
}

TEST_F(Cli, AnswersSayWhatIsDenied) {
  write("documents/decree.txt", "Resolution No. PP-12 of 2 January 2024 does not amend Resolution No. PP-55 of 3 March 2021.\n");
  const auto asked = run({"ask", "amended_by", ingested(), "--param", "act=PQ-55", "--format", "text"});
  EXPECT_NE(asked.out.find("(AMENDS), denied."), std::string::npos) << asked.out << asked.err;
  const auto timeline = run({"ask", "timeline_of", ingested(), "--param", "name=PQ-55", "--format", "text"});
  EXPECT_EQ(timeline.out.find("AMENDS"), std::string::npos) << timeline.out;
}

TEST_F(Cli, ReviewListsAndDecides) {
  write("documents/a.txt", "Minister Otabek Mahmudov visited Tashkent.\n");
  write("documents/b.txt", "Director O. Mahmudov spoke at the forum.\n");
  for (const auto& file : {at("names.pgraph"), at("names.json")}) {
    EXPECT_EQ(run({"ingest", at("documents"), "-o", file}).code, 0);
    const auto persons = [&] { return run({"query", file, "MATCH (p:Person) RETURN count(*) AS n", "--format", "csv"}).out; };
    const auto keys = run({"query", file, "MATCH (p:Person) RETURN id(p) AS k ORDER BY k", "--format", "csv"}).out;
    const auto first = keys.find("\r\n") + 2, second = keys.find("\r\n", first) + 2;
    const std::string a = keys.substr(first, second - 2 - first), b = keys.substr(second, keys.find("\r\n", second) - second);
    EXPECT_EQ(persons(), "n\r\n2\r\n");
    EXPECT_NE(run({"review", file}).out.find("Otabek Mahmudov"), std::string::npos);
    EXPECT_NE(run({"review", file, "--format", "json"}).out.find("\"a\": " + a), std::string::npos);
    EXPECT_EQ(run({"review", file, "reject", a, b, "--by", "anna", "--note", "his brother"}).code, 0);
    EXPECT_EQ(run({"review", file}).out, "");
    EXPECT_EQ(run({"review", file, "accept", a, b}).code, 0);
    EXPECT_EQ(persons(), "n\r\n1\r\n");
    EXPECT_EQ(run({"review", file, "accept", a}).code, 2);
    EXPECT_EQ(run({"review", file, "accept", a, "99999"}).code, 2);
    EXPECT_EQ(run({"review", file, "guess"}).code, 2);
  }
}

TEST_F(Cli, KeepsAGraphInAFile) {
  const auto file = at("graph.pgraph");
  const auto first = run({"ingest", at("documents"), "-o", file});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_NE(run({"query", file, "MATCH (a:LegalAct) RETURN a.number AS number", "--cite"}).out.find("PF-6079"), std::string::npos);
  EXPECT_EQ(run({"export", file, "-o", "-"}).out, run({"export", ingested(), "-o", "-"}).out);
  const auto again = run({"ingest", at("documents"), "-o", file});
  EXPECT_NE(again.err.find("unchanged"), std::string::npos) << again.err;
  for (const auto* command : {"verify", "check", "schema"}) EXPECT_EQ(run({command, file}).code, 0) << command;
  EXPECT_EQ(run({"ask", "acts_that_fund", file}).code, 0);
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file, "--schema", "open"}).code, 3);
  EXPECT_EQ(run({"query", at("none.pgraph"), "RETURN 1"}).code, 4);
  EXPECT_EQ(run({"check", ingested()}).code, 3);
}

TEST_F(Cli, WritesToAFileThatLasts) {
  const auto file = at("graph.pgraph");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file, "--schema", "open"}).code, 0);
  const std::string create = "CREATE (c:City {name: 'Nukus'}) RETURN c.name AS name";
  EXPECT_EQ(run({"query", file, create}).code, 2);
  EXPECT_EQ(run({"query", ingested(), create, "--write"}).code, 2);
  EXPECT_NE(run({"query", file, create, "--write"}).out.find("Nukus"), std::string::npos);
  const auto copy = at("copy.pgraph");
  EXPECT_EQ(run({"backup", file, "-o", copy}).code, 0);
  EXPECT_EQ(run({"backup", file, "-o", copy}).code, 3);
  EXPECT_EQ(run({"query", copy, "MATCH (c:City) RETURN c.name AS name", "--format", "csv"}).out, "name\r\nNukus\r\n");
}

TEST_F(Cli, SalvagesRedactsAndShows) {
  const auto file = at("graph.pgraph"), saved = at("saved.pgraph");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file}).code, 0);
  const auto shown = run({"show", file, "1"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("#1  "), std::string::npos);
  EXPECT_NE(shown.out.find("[1] "), std::string::npos);
  EXPECT_EQ(run({"show", file, "999999"}).code, 4);
  EXPECT_EQ(run({"show", file, "nobody is called so"}).code, 4);
  EXPECT_EQ(run({"redact", file, "1"}).code, 0);
  EXPECT_EQ(run({"redact", file, "777"}).code, 4);
  EXPECT_EQ(run({"check", file}).code, 0);
  EXPECT_EQ(run({"salvage", file, "-o", saved}).code, 0);
  EXPECT_EQ(run({"check", saved}).code, 0);
  EXPECT_EQ(run({"salvage", file, "-o", saved}).code, 3);
}

TEST_F(Cli, RemovesADocumentAndWhatItAloneSaid) {
  write("one.txt", "Decree No. PF-9 of 5 May 2023 was signed.");
  write("two.txt", "Decree No. PF-9 of 5 May 2023 amends Resolution No. PP-1 of 3 March 2021.");
  const auto file = at("two.pgraph");
  EXPECT_EQ(run({"ingest", at("one.txt"), at("two.txt"), "-o", file}).code, 0);
  EXPECT_EQ(run({"remove", file, "no such document"}).code, 4);
  EXPECT_EQ(run({"remove", file, "777"}).code, 4);
  const auto removed = run({"remove", file, at("two.txt")});
  EXPECT_EQ(removed.code, 0) << removed.err;
  EXPECT_EQ(run({"query", file, "MATCH (a:LegalAct) RETURN a.number AS number", "--format", "csv"}).out, "number\r\nPF-9\r\n");
  EXPECT_EQ(run({"check", file}).code, 0);
}

TEST_F(Cli, ShowsByNameAndSaysWhatIsDenied) {
  write("note.txt", "Decree No. PF-9 of 5 May 2023 does not amend Resolution No. PP-1 of 3 March 2021.");
  const auto file = at("note.pgraph");
  EXPECT_EQ(run({"ingest", at("note.txt"), "-o", file}).code, 0);
  const auto shown = run({"show", file, "PF-9"});
  EXPECT_NE(shown.out.find("-[AMENDS]-> "), std::string::npos) << shown.out << shown.err;
  EXPECT_NE(shown.out.find("  (denied)"), std::string::npos) << shown.out;
  EXPECT_NE(run({"export", file, "--format", "dot", "-o", "-"}).out.find("AMENDS (denied)\", style=dashed"), std::string::npos);
}

TEST_F(Cli, NothingReadIsAFailureAndLeavesWhatThereWas) {
  const auto file = ingested();
  const auto before = read(file);
  write("bad.txt", std::string(4'000, '\x01'));
  const auto outcome = run({"ingest", at("bad.txt"), "-o", file});
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_EQ(read(file), before);
  write("good.txt", "Decree No. PF-9 of 5 May 2023 was signed.");
  EXPECT_EQ(run({"ingest", at("bad.txt"), at("good.txt"), "-o", at("two.json")}).code, 0);
}

TEST_F(Cli, TellsWhatWasKnownWhen) {
  const auto file = at("graph.pgraph");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file, "--schema", "open"}).code, 0);
  EXPECT_EQ(run({"query", file, "CREATE (:City {name: 'Nukus', people: 230006})", "--write"}).code, 0);
  EXPECT_EQ(run({"query", file, "MATCH (c:City) SET c.people = 312100", "--write"}).code, 0);
  const auto commits = run({"history", file});
  EXPECT_EQ(std::ranges::count(commits.out, '\n'), 3) << commits.out << commits.err;
  EXPECT_NE(commits.out.find("Z  ingest\n"), std::string::npos) << commits.out;
  const auto changes = run({"diff", file, "2"});
  EXPECT_NE(changes.out.find("value  people of #"), std::string::npos) << changes.out;
  EXPECT_NE(changes.out.find("= 312100 (was 230006)\n"), std::string::npos) << changes.out;
  const auto key = run({"query", file, "MATCH (c:City) RETURN id(c) AS id", "--format", "csv"}).out.substr(4);
  const auto events = run({"history", file, key.substr(0, key.find('\r'))});
  EXPECT_NE(events.out.find("  - people of #"), std::string::npos) << events.out << events.err;
  EXPECT_EQ(run({"history", file, "999999"}).code, 4);
  EXPECT_EQ(run({"diff", ingested(), "0"}).code, 2);
}

TEST_F(Cli, ADamagedFileIsNoticed) {
  const auto file = at("graph.pgraph");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file}).code, 0);
  auto bytes = read(file);
  const auto place = bytes.find("approved the strategy");
  ASSERT_NE(place, std::string::npos);
  bytes[place] = 'A';
  write("graph.pgraph", bytes);
  const auto checked = run({"check", file});
  EXPECT_EQ(checked.code, 1);
  EXPECT_NE(checked.err.find("is not as it was written"), std::string::npos) << checked.err;
}

TEST_F(Cli, AnswersAsOfADate) {
  write("dated.json", R"({"format": "policygraph-json", "version": 1, "schema": "open",
    "nodes": [{"id": "n1", "labels": ["Person"], "properties": {"name": "Ann"}}, {"id": "n2", "labels": ["Body"], "properties": {}}],
    "edges": [{"id": "e1", "type": "HEADS", "from": "n1", "to": "n2", "properties": {}, "valid_from": "2018", "valid_to": "2020"}]})");
  const auto heads = "MATCH (p)-[:HEADS]->() RETURN p.name AS name";
  EXPECT_EQ(run({"query", at("dated.json"), heads, "--format", "csv"}).out, "name\r\nAnn\r\n");
  EXPECT_EQ(run({"query", at("dated.json"), heads, "--format", "csv", "--as-of", "2019-05-01"}).out, "name\r\nAnn\r\n");
  EXPECT_EQ(run({"query", at("dated.json"), heads, "--format", "csv", "--as-of", "2022"}).out, "name\r\n");
  EXPECT_EQ(run({"query", at("dated.json"), heads, "--as-of", "yesterday"}).code, 2);
}

TEST_F(Cli, ConvertsMoneyByATableOfRates) {
  write("rates.csv", "date,from,to,rate,source\n2024-05-06,USD,UZS,12650.5,Central Bank\n");
  write("rates.json", R"([{"date": "2024-05-06", "from": "USD", "to": "UZS", "rate": 12650.5, "source": "Central Bank"}])");
  write("torn.csv", "date,from,to,rate\n2024-05-06,USD,UZS\n");
  const auto graph = ingested();
  const auto convert = [&](const std::string& rates) {
    return run({"query", graph, "CALL money.convert(2, 'USD', 'UZS', null) YIELD amount, source RETURN amount, source", "--format", "csv", "--rates", at(rates)});
  };
  EXPECT_EQ(convert("rates.csv").out, "amount,source\r\n25301.0,Central Bank\r\n");
  EXPECT_EQ(convert("rates.json").out, convert("rates.csv").out);
  EXPECT_EQ(convert("none.csv").code, 4);
  EXPECT_EQ(convert("torn.csv").code, 3);
  EXPECT_NE(convert("torn.csv").err.find("3 fields where the first line names 4"), std::string::npos) << convert("torn.csv").err;
}

TEST_F(Cli, ClocksShowTheTimeThatIsGiven) {
  const auto graph = ingested();
  const auto now = [&](const std::string& time) { return run({"query", graph, "RETURN toString(datetime()) AS now", "--format", "csv", "--now", time}); };
  EXPECT_EQ(now("2024-05-06").out, "now\r\n2024-05-06T00:00Z\r\n");
  EXPECT_EQ(now("2024-05-06T12:30").out, "now\r\n2024-05-06T12:30Z\r\n");
  EXPECT_EQ(now("2024-05-06T12:30:15.5+05:00").out, "now\r\n2024-05-06T07:30:15.5Z\r\n");
  EXPECT_EQ(now("soon").code, 2);
}

TEST_F(Cli, ANoteShowsWhere) {
  const auto outcome = run({"query", ingested(), "MATCH (a:Decree) WHERE a.number = null RETURN a"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.err.find("warning: nothing is equal to null; write IS NULL\n  at 1:35"), std::string::npos) << outcome.err;
}

TEST_F(Cli, AQueryThatIsWrongShowsWhere) {
  const auto wrong = run({"query", ingested(), "MATCH (a:LegalAkt) RETURN a"});
  EXPECT_EQ(wrong.code, 3);
  EXPECT_EQ(wrong.out, "");
  EXPECT_NE(wrong.err.find("did you mean 'LegalAct'?"), std::string::npos);
  EXPECT_NE(wrong.err.find("\n  |          ^"), std::string::npos) << wrong.err;
  EXPECT_EQ(run({"query", ingested(), "CREATE (:Decree)"}).code, 2);  // it would write, and nobody would see it
}

TEST_F(Cli, AQuestionWithoutAnAnswerSaysNoEvidence) {
  const auto file = ingested();
  const auto answer = run({"ask", "acts_that_fund", file});
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.out.rfind("no evidence", 0), 0U) << answer.out;
  EXPECT_NE(run({"ask", "acts_that_fund", file, "--format", "json"}).out.find("\"has_evidence\": false"), std::string::npos);
  EXPECT_NE(run({"ask"}).out.find("who_implements"), std::string::npos);
}

TEST_F(Cli, FilesThatAreNotThereAreFour) {
  EXPECT_EQ(run({"verify", at("absent.json")}).code, 4);
  EXPECT_EQ(run({"verify", at("documents")}).code, 4);
  EXPECT_EQ(run({"ingest", at("absent"), "-o", at("x.json")}).code, 4);
  EXPECT_EQ(run({"ingest", at("documents"), "-o", at("absent/x.json")}).code, 4);
  EXPECT_FALSE(fs::exists(folder_ / "x.json"));
}

TEST_F(Cli, AFileThatIsNoGraphIsThree) {
  write("broken.json", "{\"format\": \"policygraph-json\", \"nodes\": [");
  EXPECT_EQ(run({"verify", at("broken.json")}).code, 3);
  write("brackets.json", std::string(2'000'000, '['));
  EXPECT_EQ(run({"verify", at("brackets.json")}).code, 3);
}

TEST_F(Cli, VerifyFindsAFalseQuote) {
  const auto file = ingested();
  EXPECT_EQ(run({"verify", file}).code, 0);
  auto text = read(file);
  const std::string place = "\"quote\":\"";
  const auto quote = text.find(place);
  ASSERT_NE(quote, std::string::npos);
  text[quote + place.size()] = '#';
  write("false.json", text);
  const auto outcome = run({"verify", at("false.json")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("/quote"), std::string::npos) << outcome.err;
}

TEST_F(Cli, ExportsGiveTheSameGraph) {
  const auto file = ingested();
  EXPECT_EQ(run({"export", file, "--format", "jsonl", "-o", at("graph.jsonl")}).code, 0);
  EXPECT_EQ(run({"export", at("graph.jsonl"), "-o", at("again.json")}).code, 0);
  EXPECT_EQ(read(file), read(folder_ / "again.json"));
  EXPECT_EQ(run({"export", file, "-o", "-"}).out, read(file));
  EXPECT_EQ(run({"export", file, "--no-text", "-o", at("bare.json")}).code, 0);
  EXPECT_LT(fs::file_size(at("bare.json")), fs::file_size(file));
  EXPECT_EQ(run({"export", file, "--format", "html", "--title", "A & B", "-o", at("page.html")}).code, 0);
  EXPECT_NE(read(folder_ / "page.html").find("<title>A &amp; B</title>"), std::string::npos);
}

// Killed again and again, at any point; each call goes on behind the last commit, and in the end it is as if none was killed.
TEST_F(Cli, IngestGoesOnWhereItWasKilled) {
  fs::create_directories(folder_ / "many");
  for (int i = 0; i < 40; ++i) {
    write("many/" + std::to_string(100 + i) + ".txt", "Presidential Decree No. PF-" + std::to_string(6000 + i / 2) + " dated October 5, 2020 approved the strategy of " +
                                                          std::to_string(i) + ". The Ministry of Finance allocated USD " + std::to_string(1 + i) + " million.\n");
  }
  const auto arguments = [&](const std::string& file) {
    return std::vector<std::string>{"ingest", at("many"), "-o", at(file), "--threads", "1", "--commit-every", "3"};
  };
  EXPECT_EQ(run(arguments("whole.pgraph")).code, 0);
  int killed = 0, code = -1;
  for (int turn = 0; turn < 60 && code != 0; ++turn) {
    const auto child = start(arguments("killed.pgraph"), folder_ / "out", folder_ / "err");
    std::this_thread::sleep_for(std::chrono::milliseconds(turn * 7));
    kill(child, SIGKILL);
    code = finish(child);
    killed += code != 0 ? 1 : 0;
    if (!fs::exists(at("killed.pgraph"))) continue;
    const auto checked = run({"check", at("killed.pgraph")});  // a file that was begun and has no commit is no damage
    EXPECT_TRUE(checked.code == 0 || (checked.out + checked.err).find("holds no graph yet") != std::string::npos) << turn << checked.out << checked.err;
  }
  EXPECT_EQ(run(arguments("killed.pgraph")).code, 0);
  EXPECT_GT(killed, 0);
  const auto exported = [&](const std::string& file) {
    return std::regex_replace(run({"export", at(file), "-o", "-"}).out, std::regex("[0-9]{4}-..-..T[0-9:.]+Z?"), "");  // when it was read
  };
  EXPECT_EQ(exported("killed.pgraph"), exported("whole.pgraph"));
  const auto again = run(arguments("killed.pgraph"));
  EXPECT_NE(again.err.find("(40 unchanged)"), std::string::npos) << again.err;
}

TEST_F(Cli, ImportsTables) {
  write("cities.csv", "name;people\nNukus;312100\nKhiva;093000\n");
  write("roads.csv", "start,end,km\nNukus,Khiva,177\n");
  const auto file = at("roads.pgraph");
  const auto nodes = run({"import", at("cities.csv"), "-o", file, "--schema", "open", "--nodes", "City", "--key", "name", "--type", "people=integer"});
  EXPECT_EQ(nodes.code, 0) << nodes.err;
  EXPECT_EQ(nodes.err, "2 rows, name string, people integer; 2 nodes, 0 edges -> " + file + "\n");
  const std::vector<std::string> roads{"import", at("roads.csv"), "-o", file, "--edges", "ROAD", "--from", "start=City.name", "--to", "end=City.name"};
  EXPECT_EQ(run(roads).code, 0);
  EXPECT_EQ(run(roads).err.rfind("unchanged; 2 nodes, 1 edges", 0), 0U);
  EXPECT_EQ(run({"query", file, "MATCH (a)-[r:ROAD]->(b) RETURN a.people, r.km, b.people", "--format", "csv"}).out, "a.people,r.km,b.people\r\n312100,177,93000\r\n");
  write("roads.csv", "start,end,km\nNukus,Khiva\n");
  const auto wrong = run(roads);
  EXPECT_EQ(wrong.code, 3);
  EXPECT_NE(wrong.err.find("roads.csv:2"), std::string::npos) << wrong.err;
  EXPECT_EQ(run({"import", at("cities.csv"), "-o", file}).code, 2);
  EXPECT_EQ(run({"import", at("cities.csv"), "-o", file, "--edges", "ROAD", "--from", "start=City", "--to", "x"}).code, 2);
  EXPECT_EQ(run({"import", at("none.csv"), "-o", file, "--nodes", "City"}).code, 4);
}

TEST_F(Cli, ImportSaysWhatItReplaces) {
  const auto file = at("x.pgraph");
  const std::vector<std::string> import{"import", at("c.csv"), "-o", file, "--schema", "open", "--nodes", "City", "--key", "name"};
  write("c.csv", "name,pop\nNukus,1\nKhiva,2\n");
  EXPECT_EQ(run(import).err.find("replaced"), std::string::npos);
  write("c.csv", "name,pop\nTermez,3\n");
  EXPECT_EQ(run(import).err, "what '" + at("c.csv") + "' said before as City is replaced; to keep both, import each under a path of its own, for instance its full path\n" +
                                 "1 row (replaced), name string, pop integer; 1 nodes, 0 edges -> " + file + "\n");
  EXPECT_EQ(run({"query", file, "MATCH (c:City) DETACH DELETE c", "--write"}).code, 0);
  write("c.csv", "name,pop\nTermez,4\n");
  const auto deleted = run(import);
  EXPECT_NE(deleted.err.find("1 row is a node that was deleted from the graph before; deleted it stays\n"), std::string::npos) << deleted.err;
}

TEST_F(Cli, AFailedFirstImportLeavesNothing) {
  const auto names = [&] {
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (entry.path().filename().string().rfind("new", 0) == 0) all += entry.path().filename().string() + " ";
    return all;
  };
  write("c.csv", "name,pop\nNukus,1\n");
  const auto file = at("new.pgraph");
  EXPECT_EQ(run({"import", at("c.csv"), "-o", file, "--nodes", "City"}).code, 3);  // no label of the policy schema
  EXPECT_EQ(names(), "");
  EXPECT_EQ(run({"import", at("none.csv"), "-o", file, "--schema", "open", "--nodes", "City"}).code, 4);
  EXPECT_EQ(names(), "");
  EXPECT_EQ(run({"import", at("c.csv"), "-o", file, "--schema", "open", "--nodes", "City"}).code, 0);
  EXPECT_EQ(run({"import", at("none.csv"), "-o", file, "--nodes", "City"}).code, 4);  // one that was there stays
  EXPECT_EQ(run({"query", file, "MATCH (c:City) RETURN c.name", "--format", "csv"}).out, "c.name\r\nNukus\r\n");
}

TEST_F(Cli, ExportsForOtherPrograms) {
  const auto file = ingested();
  const auto graphml = run({"export", file, "--format", "graphml", "-o", "-"}).out;
  EXPECT_EQ(graphml.rfind("<?xml", 0), 0U);
  EXPECT_EQ(run({"export", file, "--format", "graphml", "-o", at("graph.graphml")}).code, 0);
  EXPECT_EQ(read(folder_ / "graph.graphml"), graphml);
  EXPECT_EQ(run({"export", file, "--format", "dot", "-o", "-"}).out.rfind("digraph ", 0), 0U);
}

TEST_F(Cli, ExportsPictures) {
  const auto file = ingested();
  EXPECT_EQ(run({"export", file, "--format", "svg", "-o", "-"}).out.rfind("<svg ", 0), 0U);
  EXPECT_EQ(run({"export", file, "--format", "flow", "-o", at("flow.svg")}).code, 0);
  EXPECT_NE(read(folder_ / "flow.svg").find(">Flow of money<"), std::string::npos);
  const auto timeline = run({"export", file, "--format", "timeline", "--of", "PF-6079", "-o", "-"});
  EXPECT_NE(timeline.out.find(">Timeline of "), std::string::npos) << timeline.err;
  EXPECT_NE(run({"export", file, "--format", "timeline", "-o", "-"}).err.find("--of"), std::string::npos);
  EXPECT_NE(run({"export", file, "--of", "PF-6079", "-o", "-"}).code, 0);
}

TEST_F(Cli, ExportsTablesOfNodesAndEdges) {
  EXPECT_EQ(run({"export", ingested(), "--format", "csv", "-o", at("tables")}).code, 0);
  const auto nodes = read(folder_ / "tables" / "nodes.csv");
  EXPECT_EQ(nodes.rfind("id,labels,caption", 0), 0U) << nodes;
  EXPECT_NE(nodes.find("PF-6079"), std::string::npos);
  EXPECT_EQ(read(folder_ / "tables" / "edges.csv").rfind("id,type,from,to", 0), 0U);
}

TEST_F(Cli, IngestAddsToWhatIsThere) {
  const auto file = ingested();
  write("second.txt", "Presidential Decree No. PF-158 dated September 11, 2023 was signed.\n");
  EXPECT_EQ(run({"ingest", at("second.txt"), "-o", file, "--add"}).code, 0);
  const auto both = run({"query", file, "MATCH (a:LegalAct) RETURN a.number AS n ORDER BY n", "--format", "csv"});
  EXPECT_EQ(both.out, "n\r\nPF-158\r\nPF-6079\r\n");
}

TEST_F(Cli, ExplainsEachPhase) {
  const auto file = ingested();
  EXPECT_EQ(run({"explain", file, "RETURN 1 AS one", "--phase", "syntax"}).out, "RETURN 1 AS one\n");
  EXPECT_NE(run({"explain", file, "MATCH (a:LegalAct) RETURN a"}).out.find("scan a:LegalAct"), std::string::npos);
}

TEST_F(Cli, ASchemaFromAFileGoesAlongWithTheGraph) {
  write("permits.json", R"({"labels": [{"label": "Permit", "parent": "LegalAct", "properties": [{"name": "fee", "type": "decimal"}]}],
                            "relations": [{"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Place"]}]}]})");
  const auto file = at("graph.json");
  EXPECT_EQ(run({"ingest", at("documents"), "-o", file, "--schema", at("permits.json")}).code, 0);
  const auto rows = run({"query", file, "MATCH (p:Permit)-[:PERMITS]->(x) RETURN p.fee, x.name", "--format", "csv"});
  EXPECT_EQ(rows.code, 0) << rows.err;
  EXPECT_EQ(rows.out, "p.fee,x.name\r\n");
  EXPECT_NE(run({"schema", file}).out.find("### Permit"), std::string::npos);
  EXPECT_EQ(run({"schema", file}).out, run({"schema", "--schema", at("permits.json")}).out);
  write("broken.json", "{\"label\": \"Permit\",\n \"parnt\": \"LegalAct\"}");
  const auto broken = run({"ingest", at("documents"), "-o", at("x.json"), "--schema", at("broken.json")});
  EXPECT_EQ(broken.code, 3);
  EXPECT_NE(broken.err.find("unknown member 'parnt'; did you mean 'parent'?"), std::string::npos) << broken.err;
  EXPECT_NE(broken.err.find("2:11"), std::string::npos) << broken.err;
  EXPECT_EQ(run({"ingest", at("documents"), "-o", at("x.json"), "--schema", at("absent.json")}).code, 4);
}

TEST_F(Cli, PrintsASchemaInThreeForms) {
  EXPECT_EQ(run({"schema"}).out.rfind("# The policy schema", 0), 0U);
  EXPECT_EQ(run({"schema", "--format", "svg"}).out.rfind("<svg", 0), 0U);
  EXPECT_EQ(run({"schema", "--format", "json", "-o", at("policy.json")}).code, 0);
  EXPECT_EQ(run({"schema", "--schema", at("policy.json")}).out, run({"schema"}).out);
}

TEST_F(Cli, ATimeoutIsFive) {
  const auto text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b = -1 RETURN count(*)";
  EXPECT_EQ(run({"query", ingested(), text, "--timeout", "0.2"}).code, 5);
}

TEST_F(Cli, ATimeoutIsOfTheEvidenceToo) {
  const auto file = ingested();
  std::string text;  // 3 * 2^24 ways, which are counted at once and gathered one by one
  for (int i = 0; i < 24; ++i) text += "MATCH (n" + std::to_string(i) + ")--(n" + std::to_string(i + 1) + ") ";
  text += "RETURN count(*)";
  ASSERT_EQ(run({"query", file, text, "--timeout", "10"}).code, 0);
  EXPECT_EQ(run({"query", file, text, "--cite", "--timeout", "1"}).code, 5);
}

TEST_F(Cli, CtrlCEndsItWithin200Ms) {
  const auto file = ingested();
  const auto text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a + b = -1 RETURN count(*)";
  const auto child = start({"query", file, text}, folder_ / "out", folder_ / "err");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const auto asked = std::chrono::steady_clock::now();
  kill(child, SIGINT);
  EXPECT_EQ(finish(child), 130);
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::milliseconds(200));
  EXPECT_EQ(read(folder_ / "err"), "policygraph: interrupted\n");
}

}  // namespace
