package dev.parley.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds in the product, and every rule fails where it is broken on purpose. */
class HouseRulesTest {

  private static final String ROOT = "dev.parley";
  private static final String VIOLATIONS = "dev.parley.arch.violations";
  private static final JavaClasses PRODUCT =
      new ClassFileImporter().withImportOption(HouseRulesTest::isProduct).importPackages(ROOT);
  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(VIOLATIONS);

  private static boolean isProduct(Location location) {
    return !location.contains("/test-classes/")
        && !location.contains("-tests.jar")
        && !location.contains("testkit")
        && !location.contains("/dev/parley/proto/");
  }

  static List<HouseRule> product() {
    return rules(ROOT);
  }

  static List<HouseRule> broken() {
    return rules(VIOLATIONS);
  }

  private static List<HouseRule> rules(String root) {
    return Stream.concat(new Layers(root).rules().stream(), new Conduct(root).rules().stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("product")
  void holdsInTheProduct(HouseRule rule) {
    assertThat(rule.evaluate(PRODUCT).getFailureReport().getDetails()).as("%s", rule).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void isBrokenByItsViolator(HouseRule rule) {
    assertThat(rule.evaluate(BROKEN).getFailureReport().getDetails())
        .as("%s", rule)
        .anyMatch(detail -> detail.contains("." + rule.violator()));
  }

  /** Guards against an importer that reads nothing, of class files too new for it for instance. */
  @Test
  void seesTheWholeProduct() {
    assertThat(PRODUCT)
        .extracting(type -> type.getName())
        .contains(
            "dev.parley.core.error.HubError",
            "dev.parley.adapters.http.BackendClient",
            "dev.parley.hub.resilience.Attempt",
            "dev.parley.hub.edge.error.ErrorMapper",
            "dev.parley.hub.app.Hub");
    assertThat(PRODUCT.get("dev.parley.hub.resilience.Attempt").getMethodCallsFromSelf())
        .isNotEmpty();
  }
}
