package dev.parley.hub.edge.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressLimitTest {

  private final AtomicLong nanos = new AtomicLong(5);
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos.get();
        }

        @Override
        public long epochMillis() {
          return nanos.get() / 1_000_000;
        }
      };
  private final AddressLimit limit =
      new AddressLimit(new QuotaConfig(QuotaUnit.REQUESTS, 3, Duration.ofSeconds(30)), clock);

  @Test
  void allowsSoManyAndGivesThemBackEvenly() {
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take(1)).isZero();
    }
    assertThat(limit.take(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(limit.waiting(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(limit.take(2)).isZero();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(limit.waiting(1)).isZero();
    assertThat(limit.take(1)).isZero();
    assertThat(limit.take(1)).isPositive();
  }

  @Test
  void remembersABoundedNumberOfAddresses() {
    for (long address = 0; address < 250_000; address++) {
      limit.take(address);
    }
    assertThat(limit.size()).isBetween(50_000, 100_000);
  }

  @Test
  void countsWhatOneIpv6ConnectionIsGivenAsOne() throws Exception {
    assertThat(CallerAddress.bucket(InetAddress.ofLiteral("2001:db8:1:2::1")))
        .isEqualTo(CallerAddress.bucket(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")))
        .isNotEqualTo(CallerAddress.bucket(InetAddress.ofLiteral("2001:db8:1:3::1")));
  }
}
