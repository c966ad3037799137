#include "random/expressions.hpp"

// Exact decimals, dates, partial dates, date-times and durations.
namespace policygraph::testing {

std::string ExpressionMaker::exact_literal(Base base) {
  switch (base) {
    case Base::decimal: return random_.pick({"decimal('1')", "decimal('0.5')", "decimal('-1.25')", "decimal('2.50')", "decimal('3')", "decimal('0.1')"});
    case Base::date: return random_.pick({"date('2024-01-31')", "date('2024-02-29')", "date('2023-12-31')", "date('2024-05-06')"});
    case Base::partial:
      return random_.pick({"partial_date('2024')", "partial_date('2024-02')", "partial_date('2023/2024')", "partial_date('2024/..')", "partial_date('../2023-06')",
                           "partial_date('2024-02-29')", "partial_date('2024-01/2024-05')"});
    case Base::moment:
      return random_.pick({"localdatetime('2024-01-31T10:00')", "localdatetime('2023-12-31T23:59:59.5')", "datetime('2024-05-06T10:00+05:00')",
                           "datetime('2024-05-06T05:00Z')", "localdatetime('2024-05-06T10:00')"});
    default: return random_.pick({"duration('P1M')", "duration('P1D')", "duration('PT36H')", "duration('P1M1D')", "duration('-P1M')", "duration('PT0.5S')"});
  }
}

std::string ExpressionMaker::decimal(int depth) {
  const Kind same{Base::decimal, Shape::one};
  if (depth <= 0) return random_.chance(50) ? property(Base::decimal, 0) : literal(Base::decimal);
  switch (random_.below(7)) {
    case 0: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - ", " * "}) + expression(same, depth - 1) + ")";
    case 1: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - ", " * "}) + expression({Base::integer, Shape::one}, depth - 1) + ")";
    case 2: return "(" + expression(same, depth - 1) + random_.pick({" / 3)", " / 4)", " % 2)", " / decimal('0.3'))", " % decimal('0.7'))"});
    case 3: return "(- " + expression(same, depth - 1) + ")";
    case 4: return random_.pick({"abs(", "floor(", "ceil("}) + expression(same, depth - 1) + ")";
    default: return random_.chance(70) ? property(Base::decimal, depth) : literal(Base::decimal);
  }
}

std::string ExpressionMaker::date(int depth) {
  if (depth <= 0) return random_.chance(50) ? property(Base::date, 0) : literal(Base::date);
  const Kind same{Base::date, Shape::one};
  switch (random_.below(5)) {
    case 0: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - "}) + expression({Base::duration, Shape::one}, depth - 1) + ")";
    case 1: return random_.pick({"date.truncate('month', ", "date.truncate('year', ", "date.truncate('week', "}) + expression(same, depth - 1) + ")";
    case 2: return random_.pick({"earliest(", "latest("}) + partial(depth - 1) + ")";
    default: return random_.chance(70) ? property(Base::date, depth) : literal(Base::date);
  }
}

std::string ExpressionMaker::partial(int depth) {
  if (depth > 0 && random_.chance(20)) return "partial_date(" + date(depth - 1) + ")";
  return random_.chance(50) ? property(Base::partial, depth) : literal(Base::partial);
}

std::string ExpressionMaker::moment(int depth) {
  const Kind same{Base::moment, Shape::one};
  if (depth > 0 && random_.chance(35)) {
    return "(" + expression(same, depth - 1) + random_.pick({" + ", " - "}) + expression({Base::duration, Shape::one}, depth - 1) + ")";
  }
  return random_.chance(50) ? property(Base::moment, depth) : literal(Base::moment);
}

std::string ExpressionMaker::duration(int depth) {
  if (depth <= 0) return random_.chance(50) ? property(Base::duration, 0) : literal(Base::duration);
  const Kind same{Base::duration, Shape::one};
  switch (random_.below(6)) {
    case 0: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - "}) + expression(same, depth - 1) + ")";
    case 1: return "(" + expression(same, depth - 1) + random_.pick({" * 2)", " * -1)", " / 2)", " / 3)", " * 1.5)"});
    case 2: return "duration.between(" + expression({Base::date, Shape::one}, depth - 1) + ", " + expression({Base::date, Shape::one}, depth - 1) + ")";
    default: return random_.chance(70) ? property(Base::duration, depth) : literal(Base::duration);
  }
}

// A number out of a value of time.
std::string ExpressionMaker::part(int depth) {
  switch (random_.below(3)) {
    case 0: return "(" + date(depth) + ")" + random_.pick({".year", ".month", ".day", ".week"});
    case 1: return "(" + moment(depth) + ")" + random_.pick({".hour", ".day", ".second"});
    default: return "(" + duration(depth) + ")" + random_.pick({".months", ".days", ".seconds"});
  }
}

// Of days that are known and days that are known in part.
std::string ExpressionMaker::day_test(int depth) {
  const auto day = [&] { return random_.chance(50) ? date(depth) : partial(depth); };
  if (random_.chance(30)) return random_.pick({"overlaps(", "within("}) + day() + ", " + day() + ")";
  return "(" + day() + random_.pick({" < ", " <= ", " = ", " > ", " <> ", " >= "}) + day() + ")";
}

}  // namespace policygraph::testing
