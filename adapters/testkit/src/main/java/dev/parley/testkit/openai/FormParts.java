package dev.parley.testkit.openai;

import dev.parley.testkit.backend.Form;
import dev.parley.testkit.backend.RecordedRequest;
import java.util.List;
import java.util.Optional;

/** The form that a request must have, with refusals for what is missing in it. */
record FormParts(Form form) {

  static FormParts of(RecordedRequest request) {
    return new FormParts(
        Form.in(request)
            .orElseThrow(() -> Refusal.invalid("a multipart form is expected", "body")));
  }

  /** A part's text; refused when the part is not there. */
  String text(String name) {
    return form.text(name).orElseThrow(() -> missing(name));
  }

  /** A part's bytes, a file or not; refused when the part is not there. */
  byte[] file(String name) {
    return form.parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name))
        .bytes();
  }

  /** A part that is a file; refused when there is none, or only a text of that name. */
  Form.Part sound(String name) {
    return form.file(name).orElseThrow(() -> missing(name));
  }

  /** A text that may be left out. */
  Optional<String> optional(String name) {
    return form.text(name);
  }

  /** The values of a list. */
  List<String> list(String name) {
    return form.texts(name);
  }

  /** Whether a switch is on. */
  boolean isOn(String name) {
    return form.text(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Refusal missing(String name) {
    return new Refusal(Trouble.INVALID, 422, "Field required: " + name, name);
  }
}
