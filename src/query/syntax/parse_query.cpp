#include <utility>

#include "query/syntax/parser.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

QuerySyntax Parser::read_query(bool is_subquery) {
  QuerySyntax query;
  query.parts.push_back(read_single_query(is_subquery));
  for (bool is_first = true; is_keyword("UNION"); is_first = false) {
    const auto place = token().span.start;
    ++at_;
    const bool is_all = take_keyword("ALL");
    if (!is_first && is_all != query.is_union_all) {
      fail_syntax(text_, place, Trouble::invalid_clause_composition, "UNION and UNION ALL do not mix in one query");
    }
    query.is_union_all = is_all;
    query.parts.push_back(read_single_query(is_subquery));
  }
  return query;
}

SingleQuery Parser::read_single_query(bool is_subquery) {
  SingleQuery query;
  // EXISTS { (a)-->(b) WHERE ... } says MATCH by itself.
  if (is_subquery && (is_symbol("(") || (is_name() && is_symbol("=", 1)))) {
    query.clauses.push_back(read_match(false));
  }
  while (read_clause(query)) {}
  if (query.clauses.empty()) fail_expected("a clause such as MATCH, RETURN or CREATE", suggest_clause());
  return query;
}

bool Parser::read_clause(SingleQuery& query) {
  auto& out = query.clauses;
  const auto first = at_;
  if (take_keyword("MATCH")) {
    out.push_back(read_match(false));
  } else if (is_keyword("OPTIONAL") && is_keyword("MATCH", 1)) {
    at_ += 2;
    out.push_back(read_match(true));
  } else if (take_keyword("WITH")) {
    out.push_back(read_projection_clause(ClauseKind::with));
  } else if (take_keyword("RETURN")) {
    out.push_back(read_projection_clause(ClauseKind::return_));
  } else if (take_keyword("UNWIND")) {
    out.push_back(read_unwind());
  } else if (take_keyword("CALL")) {
    out.push_back(read_call_clause());
  } else if (take_keyword("CREATE")) {
    out.push_back(read_create());
  } else if (take_keyword("MERGE")) {
    out.push_back(read_merge());
  } else if (take_keyword("SET")) {
    out.push_back(read_set(ClauseKind::set));
  } else if (take_keyword("REMOVE")) {
    out.push_back(read_set(ClauseKind::remove));
  } else if (take_keyword("DELETE")) {
    out.push_back(read_delete(false));
  } else if (is_keyword("DETACH") && is_keyword("DELETE", 1)) {
    at_ += 2;
    out.push_back(read_delete(true));
  } else {
    return false;
  }
  out.back().span = span_from(first);
  return true;
}

Clause Parser::read_match(bool is_optional) {
  Clause clause;
  clause.kind = ClauseKind::match;
  clause.is_optional = is_optional;
  clause.patterns = read_patterns();
  if (take_keyword("WHERE")) clause.where = read_expression();
  return clause;
}

Clause Parser::read_projection_clause(ClauseKind kind) {
  Clause clause;
  clause.kind = kind;
  clause.projection = read_projection(kind);
  if (kind == ClauseKind::with && take_keyword("WHERE")) clause.where = read_expression();
  return clause;
}

Projection Parser::read_projection(ClauseKind kind) {
  Projection projection;
  projection.is_distinct = take_keyword("DISTINCT");
  read_projection_items(kind, projection);
  if (is_keyword("ORDER") && is_keyword("BY", 1)) {
    at_ += 2;
    read_order(projection);
  }
  if (take_keyword("SKIP")) projection.skip = read_expression();
  if (take_keyword("LIMIT")) projection.limit = read_expression();
  return projection;
}

void Parser::read_projection_items(ClauseKind kind, Projection& projection) {
  if (take_symbol("*")) {
    projection.has_star = true;
    if (!take_symbol(",")) return;
  }
  do {
    const auto first = at_;
    ProjectionItem item;
    item.expression = read_expression();
    item.span = span_from(first);
    item.name = text_.substr(item.span.start, item.span.size());
    if (take_keyword("AS")) {
      item.name = expect_name("a name after AS").text;
      item.has_alias = true;
    } else if (out_.expressions[item.expression].kind == ExpressionKind::variable) {
      item.name = out_.expressions[item.expression].name;
    } else {
      item.is_nameless = kind == ClauseKind::with;
    }
    projection.items.push_back(std::move(item));
    item_end_ = at_;
  } while (take_symbol(","));
}

void Parser::read_order(Projection& projection) {
  do {
    SortItem item;
    item.expression = read_expression();
    if (take_keyword("DESC") || take_keyword("DESCENDING")) {
      item.is_descending = true;
    } else if (!take_keyword("ASC")) {
      take_keyword("ASCENDING");
    }
    projection.order.push_back(item);
  } while (take_symbol(","));
}

Clause Parser::read_unwind() {
  Clause clause;
  clause.kind = ClauseKind::unwind;
  clause.expression = read_expression();
  expect_keyword("AS");
  clause.variable = expect_name("a variable after AS");
  return clause;
}

Clause Parser::read_create() {
  Clause clause;
  clause.kind = ClauseKind::create;
  clause.patterns = read_patterns();
  return clause;
}

Clause Parser::read_merge() {
  Clause clause;
  clause.kind = ClauseKind::merge;
  clause.patterns.push_back(read_path());
  while (take_keyword("ON")) {
    const bool is_create = take_keyword("CREATE");
    if (!is_create) expect_keyword("MATCH");
    expect_keyword("SET");
    auto items = read_set_items();
    auto& to = is_create ? clause.items : clause.match_items;
    to.insert(to.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
  }
  return clause;
}

Clause Parser::read_delete(bool is_detach) {
  Clause clause;
  clause.kind = ClauseKind::delete_;
  clause.is_detach = is_detach;
  do clause.deleted.push_back(read_expression());
  while (take_symbol(","));
  return clause;
}

Clause Parser::read_set(ClauseKind kind) {
  Clause clause;
  clause.kind = kind;
  if (kind == ClauseKind::set) {
    clause.items = read_set_items();
    return clause;
  }
  do clause.items.push_back(read_remove_item());
  while (take_symbol(","));
  return clause;
}

std::vector<SetItem> Parser::read_set_items() {
  std::vector<SetItem> items;
  do items.push_back(read_set_item());
  while (take_symbol(","));
  return items;
}

SetItem Parser::read_set_item() {
  const auto first = at_;
  SetItem item;
  item.target = read_postfix();
  const auto target = out_.expressions[item.target];
  if (target.kind == ExpressionKind::has_labels) {
    item.kind = SetItem::Kind::labels;
    item.target = target.children.front();
    for (std::size_t i = 0; i < target.names.size(); ++i) item.labels.push_back({target.names[i], target.name_spans[i]});
  } else if (target.kind == ExpressionKind::property) {
    item.target = target.children.front();
    item.property = target.name;
    expect_symbol("=");
    item.value = read_expression();
  } else {
    item.kind = is_symbol("+=") ? SetItem::Kind::add : SetItem::Kind::replace;
    if (!take_symbol("+=")) expect_symbol("=");
    item.value = read_expression();
  }
  item.span = span_from(first);
  return item;
}

SetItem Parser::read_remove_item() {
  const auto first = at_;
  SetItem item;
  const auto target = out_.expressions[read_postfix()];
  if (target.kind == ExpressionKind::has_labels) {
    item.kind = SetItem::Kind::labels;
    for (std::size_t i = 0; i < target.names.size(); ++i) item.labels.push_back({target.names[i], target.name_spans[i]});
  } else if (target.kind == ExpressionKind::property) {
    item.property = target.name;
  } else {
    fail_expected("a property or a label to remove");
  }
  item.target = target.children.front();
  item.span = span_from(first);
  return item;
}

}  // namespace policygraph::inline v0::detail::query
