package dev.parley.hub.media.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any sequence of calls leaves the store with what a plain map would hold. */
class MediaStoreStateTest {

  private static final Duration KEEP = Duration.ofHours(10);
  private static final MediaLimits LIMITS = new MediaLimits(60, 150, KEEP, 4);

  /** One call. */
  sealed interface Step {
    record Put(int which) implements Step {}

    record Abandon(int which) implements Step {}

    record Wait(int hours) implements Step {}

    record Sweep() implements Step {}

    record Reopen() implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> put = Arbitraries.integers().between(0, 5).map(Step.Put::new);
    Arbitrary<Step> abandon = Arbitraries.integers().between(0, 5).map(Step.Abandon::new);
    Arbitrary<Step> wait = Arbitraries.integers().between(1, 7).map(Step.Wait::new);
    Arbitrary<Step> rest = Arbitraries.of(new Step.Sweep(), new Step.Reopen());
    return Arbitraries.oneOf(put, put, abandon, wait, rest).list().ofMaxSize(25);
  }

  /** What is stored under a number: content of 0, 14, 28, … bytes; the last is too large. */
  private static byte[] content(int which) {
    return String.valueOf(which).repeat(which * 14).getBytes(UTF_8);
  }

  @Property(tries = 60, seed = "7")
  void holdsWhatAMapWouldHold(@ForAll("steps") List<Step> steps) throws IOException {
    Path data = Files.createTempDirectory("media");
    ManualClock clock = new ManualClock();
    MediaStore store = MediaStore.open(data, LIMITS, clock);
    Map<Integer, Long> expected = new HashMap<>();
    Map<Integer, String> names = new HashMap<>();
    try {
      for (Step step : steps) {
        switch (step) {
          case Step.Put(int which) -> put(store, which, clock, expected, names);
          case Step.Abandon(int which) -> abandon(store, which);
          case Step.Wait(int hours) -> clock.advance(Duration.ofHours(hours));
          case Step.Sweep() -> store.sweep();
          case Step.Reopen() -> {
            store.close();
            store = MediaStore.open(data, LIMITS, clock);
          }
        }
        expected.values().removeIf(expires -> expires <= clock.epochMillis());
        compare(store, expected, names);
      }
    } finally {
      store.close();
      Workbench.delete(data);
    }
  }

  private static void put(
      MediaStore store,
      int which,
      ManualClock clock,
      Map<Integer, Long> expected,
      Map<Integer, String> names) {
    byte[] bytes = content(which);
    long held = expected.keySet().stream().mapToLong(each -> content(each).length).sum();
    boolean fits =
        bytes.length <= LIMITS.itemBytesMax() && held + bytes.length <= LIMITS.totalBytesMax();
    try (MediaUpload upload = store.begin(bytes.length)) {
      upload.write(bytes);
      String name = upload.commit(StoredFormat.UNKNOWN, 0).name();
      assertThat(fits).isTrue();
      assertThat(names.getOrDefault(which, name)).isEqualTo(name);
      names.put(which, name);
      expected.put(which, clock.epochMillis() + KEEP.toMillis());
    } catch (HubException e) {
      assertThat(fits).as("%s", e.error()).isFalse();
    }
  }

  private static void abandon(MediaStore store, int which) {
    try (MediaUpload upload = store.begin()) {
      upload.write(content(which));
    } catch (HubException e) {
      // Too large or too much: as good as abandoned.
      assertThat(which).isPositive();
    }
  }

  private static void compare(
      MediaStore store, Map<Integer, Long> expected, Map<Integer, String> names)
      throws IOException {
    for (Map.Entry<Integer, String> known : names.entrySet()) {
      Optional<MediaItem> item = store.find(known.getValue());
      assertThat(item.map(found -> found.expireTime().toEpochMilli()))
          .isEqualTo(Optional.ofNullable(expected.get(known.getKey())));
      if (item.isPresent()) {
        try (SeekableByteChannel content = store.open(known.getValue())) {
          assertThat(Channels.newInputStream(content).readAllBytes())
              .isEqualTo(content(known.getKey()));
        }
      }
    }
    long bytes = expected.keySet().stream().mapToLong(each -> content(each).length).sum();
    assertThat(store.status()).isEqualTo(new MediaStatus(expected.size(), bytes, 0, 0, 0));
  }
}
