// A recogniser of one's own: its proposals pass the same validation, under its own name.
#include <iostream>

#include <policygraph/policygraph.hpp>

/// Finds metro lines: "Line 4".
class MetroLines : public policygraph::Recognizer {
 public:
  std::string name() const override { return "metro-lines/1"; }

  void recognise(const policygraph::DocumentView& view, policygraph::Extraction& out) const override {
    const auto tokens = view.tokens();
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      if (view.text(tokens[i]) != "Line" || tokens[i + 1].kind != policygraph::TokenKind::number) continue;
      policygraph::ExtractedMention mention;
      mention.span = policygraph::cover(tokens[i].span, tokens[i + 1].span);
      mention.label = "Project";
      mention.properties.push_back({"name", view.document().cut(mention.span), mention.span, "", 0.9F});
      mention.properties.push_back({"kind", "project", mention.span, "", 0.9F});
      out.mentions.push_back(std::move(mention));
    }
  }
};

int main() {
  auto document = policygraph::read_document_bytes("The city opened Line 4 after Line 12 had closed.", "news.txt");
  policygraph::Extractor extractor;
  extractor.add(std::make_shared<MetroLines>());
  for (const auto& mention : extractor.extract(document).mentions)
    if (mention.extractor == "metro-lines/1") std::cout << mention.label << ": " << document.cut(mention.span) << '\n';
}
