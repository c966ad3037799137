#pragma once

#include <string>

#include "core.hpp"
#include "policygraph/extract/recognizer.hpp"

namespace policygraph::python {

/// A recogniser whose work a Python object does (policygraph.Recognizer). Any thread may call it: it takes the interpreter's lock.
class PythonRecognizer : public Recognizer {
 public:
  explicit PythonRecognizer(py::object recognizer);
  ~PythonRecognizer() override;
  PythonRecognizer(const PythonRecognizer&) = delete;
  PythonRecognizer& operator=(const PythonRecognizer&) = delete;

  std::string name() const override { return name_; }
  void recognise(const DocumentView& view, Extraction& out) const override;

 private:
  py::object recognizer_;
  std::string name_;
};

}  // namespace policygraph::python
