package dev.parley.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.fake.FakeBackend;
import dev.parley.hub.bench.load.Generator;
import dev.parley.hub.bench.load.Measured;
import dev.parley.hub.bench.load.Requests;
import dev.parley.hub.bench.load.Until;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BenchSmokeTest {

  private static final String PATH = "/v1/chat/completions";

  private final FakeBackend backend = new FakeBackend(0);
  private final Generator generator = new Generator();

  @AfterEach
  void close() {
    generator.close();
    backend.close();
  }

  @Test
  void countsEveryCall() {
    Measured seen =
        generator.calls(backend.port(), 7, Requests.call(PATH, ""), Until.requests(500));
    assertThat(seen.count()).isEqualTo(500);
    assertThat(seen.failures()).isZero();
    assertThat(seen.nanos().getTotalCount()).isEqualTo(500);
  }

  @Test
  void countsAnswersThatAreNotSuccesses() {
    Measured seen =
        generator.calls(backend.port(), 2, Requests.call("/nowhere", ""), Until.requests(20));
    assertThat(seen.count()).isZero();
    assertThat(seen.failures()).isEqualTo(20);
  }

  @Test
  void countsEveryDeltaAtFullSpeed() {
    byte[] request = Requests.stream(PATH, "", 37, 0);
    Measured seen = generator.streams(backend.port(), 4, request, 37, Until.requests(20));
    assertThat(seen.count()).isEqualTo(20 * 37);
    assertThat(seen.nanos().getTotalCount()).isEqualTo(20);
    assertThat(seen.lost()).isZero();
    assertThat(seen.failures()).isZero();
  }

  @Test
  void timesEveryDeltaOfPacedStreams() {
    byte[] request = Requests.stream(PATH, "", 5, 1);
    Measured seen = generator.paced(backend.port(), 8, request, 5, Duration.ofMillis(4));
    assertThat(seen.count()).isEqualTo(40);
    assertThat(seen.nanos().getTotalCount()).isEqualTo(40);
    assertThat(seen.lost()).isZero();
  }

  @Test
  void noticesDeltasThatNeverCome() {
    byte[] request = Requests.stream(PATH, "", 3, 0);
    Measured seen = generator.streams(backend.port(), 1, request, 5, Until.requests(2));
    assertThat(seen.lost()).isEqualTo(4);
  }
}
