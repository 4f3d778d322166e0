package dev.parley.hub.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class when the guards have found something by its end. A leak shows only after a
 * collection and may be an earlier class's: its stack tells.
 */
public final class ClassGuard implements AfterAllCallback {

  @Override
  public void afterAll(ExtensionContext context) {
    assertThat(Findings.all()).as("found by the guards of the run").isEmpty();
  }
}
