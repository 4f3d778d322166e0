package dev.parley.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.http.HttpTransport;
import dev.parley.core.spi.BackendType;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.junit.jupiter.api.Test;

class BackendTypesTest {

  @Test
  void tellsTheUsualConcurrencyWithoutOpeningAnything() {
    try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      assertThat(BackendTypes.all(new HttpTransport(loops)))
          .allSatisfy(type ->
              assertThat(BackendTypes.usualConcurrency(type.name()))
                  .isEqualTo(type.usualConcurrency()));
    }
  }

  @Test
  void alwaysBringsAVoice() {
    assertThat(BackendTypes.builtIn()).startsWith("freetts").isSubsetOf(BackendTypes.NAMES);
  }

  @Test
  void namesEveryType() {
    try (var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      assertThat(BackendTypes.all(new HttpTransport(loops)))
          .extracting(BackendType::name)
          .containsExactlyInAnyOrderElementsOf(BackendTypes.NAMES);
    }
  }
}
