package dev.parley.hub.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.KeyConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key says of its caller counts for more than what the caller says. */
class CallerHeadersTest {

  private static KeyConfig key(Priority best) {
    return new KeyConfig(
        "lab",
        "audio",
        Set.of("night"),
        Optional.empty(),
        new Scope(List.of("m"), Set.of(), Set.of(), Scope.Pinning.ALLOWED),
        best,
        KeyConfig.Role.CALLER,
        AllowanceConfig.UNLIMITED);
  }

  private static Caller of(KeyConfig key, String... headers) {
    var builder = RequestHeaders.builder(HttpMethod.POST, "/");
    for (int i = 0; i < headers.length; i += 2) {
      builder.add(headers[i], headers[i + 1]);
    }
    ServiceRequestContext ctx = ServiceRequestContext.of(HttpRequest.of(builder.build()));
    Visitors.note(ctx, key);
    return CallerHeaders.of(ctx);
  }

  @ParameterizedTest
  @CsvSource({
    "INTERACTIVE, interactive, INTERACTIVE",
    "INTERACTIVE, batch,       BATCH",
    "STANDARD,    interactive, STANDARD",
    "BATCH,       interactive, BATCH",
    "BATCH,       standard,    BATCH",
    "STANDARD,    batch,       BATCH"
  })
  void priorityIsCappedByTheKey(Priority best, String said, Priority counts) {
    assertThat(of(key(best), "x-parley-priority", said).priority()).isEqualTo(counts);
  }

  @Test
  void whoSaysNothingIsNoBetterThanItsKey() {
    assertThat(of(key(Priority.BATCH)).priority()).isEqualTo(Priority.BATCH);
    assertThat(of(key(Priority.INTERACTIVE)).priority()).isEqualTo(Priority.STANDARD);
  }

  @Test
  void tagsOfBothCountAndTheRestIsTheKeys() {
    Caller caller = of(key(Priority.INTERACTIVE), "x-parley-tags", "fast");
    assertThat(caller.tags()).containsExactlyInAnyOrder("fast", "night");
    assertThat(caller.key()).isEqualTo("lab");
    assertThat(caller.owner()).isEqualTo("audio");
    assertThat(caller.scope().models()).containsExactly("m");
  }
}
