package dev.parley.arch.violations.hub.edge.other;

/** Writes an error of its own. */
public record EdgeSpellsError(int field) {

  public String type() {
    return "invalid_request_error";
  }
}
